"""Activation: a fresh token must be shown here before services take it (notes 2.2, step 10)."""

from typing import Final

from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.access import PARENT_ROLE, STUDENT_ROLE, Access
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.errors import invalid, session_over
from gateway_mos_ru.emulator.login.rules import WITH_TOKEN
from gateway_mos_ru.emulator.rules import Router
from gateway_mos_ru.emulator.service import Service

_TYPES: Final = {STUDENT_ROLE: "StudentProfile", PARENT_ROLE: "ParentProfile"}
_SOURCE: Final = "MOBILE"
_STAFF: Final = "TeacherProfile"


def register(router: Router) -> None:
    """Add the path of this part."""
    router.add("acl/api/users/profile_info", profile_info, dress=WITH_TOKEN)


def profile_info(call: Call) -> object:
    """GET `/acl/api/users/profile_info` with `Auth-Token`.

    Not every client in use sends `partner-source-id`; the application's is the only one known.
    """
    headers = call.request.headers
    if headers.get("auth-token", "") != call.grant.token:
        raise session_over()
    if headers.get("partner-source-id", _SOURCE) != _SOURCE:
        raise invalid("partner-source-id")
    call.service.tokens.activate(call.grant)
    access = call.access
    if not has_profile(call.service, access):
        return []
    return [{"id": access.profile_id, "type": type_of(access)}]


def has_profile(service: Service, access: Access) -> bool:
    """Whether the diary knows the account; also staff and pupils who left keep their profiles."""
    return service.state.state_of(access.account) is not m.AccountState.UNLINKED


def type_of(access: Access) -> str:
    """The kind of the profile, as it is called now."""
    return _TYPES.get(access.role or "", _STAFF)
