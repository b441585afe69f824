"""Signing in to ЭлЖур, registration and recovery of access (notes 2)."""

from gateway_eljur.login.methods import flow_for

__all__ = ["flow_for"]
