"""The cookies of a signed-in browser (protocol notes 2.2)."""

from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.sessions import WebSession

_GONE = "; Expires=Thu, 01 Jan 1970 00:00:00 GMT"


def session_cookies(call: Call, session: WebSession) -> tuple[str, ...]:
    """All eight; `t0` is the number of the school."""
    prefix, tail = call.site.family.cookie_prefix, call.site.cookie_tail
    now = call.service.now()
    return (
        f"{prefix}_a={session.auth_a}{tail}; HttpOnly",
        f"{prefix}_l={session.auth_l}{tail}; HttpOnly",
        school_cookie(call, session),
        f"t1={session.account_key.count('-')}{tail}",
        f"t2=1{tail}",
        f"dnevnik_sst={call.service.draw_guid()}|{now:%d/%m/%Y %H:%M:%S}{tail}",
        f"a_r_p_i=1{tail}",
        f"c_e_a_p=0{tail}",
    )


def school_cookie(call: Call, session: WebSession) -> str:
    """`t0` alone: the start page sets it again."""
    service = call.service
    school = service.school_of(service.account(session.account_key))
    return f"t0={service.ids.of(ids.SCHOOL, school.key)}{call.site.cookie_tail}"


def gone_cookies(call: Call) -> tuple[str, ...]:
    """What signs a browser out."""
    prefix, tail = call.site.family.cookie_prefix, call.site.cookie_tail
    return tuple(f"{name}={_GONE}{tail}" for name in (f"{prefix}_a", f"{prefix}_l", "t0"))
