"""Signing in to «Дневник.ру» and its sisters, and staying so (protocol notes 2)."""

from gateway_dnevnik_ru.login.methods import flow_for, refresh_session
from gateway_dnevnik_ru.login.verdict import sign_in_verdict

__all__ = ["flow_for", "refresh_session", "sign_in_verdict"]
