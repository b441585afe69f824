"""Signing in to МЭШ and to the regional nodes, and staying so (protocol notes 2)."""

from gateway_mos_ru.login.methods import end_session, flow_for, refresh_session

__all__ = ["end_session", "flow_for", "refresh_session"]
