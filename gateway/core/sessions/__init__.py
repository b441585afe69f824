"""Signed-in accounts and where they are kept."""
