"""One request as handlers see it: its parts in every way that clients send them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final

from gateway.sandbox.web.call import WebCall
from gateway.sandbox.web.fields import BadBodyError, json_body
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator.access import PARENT_ROLE, Access
from gateway_mos_ru.emulator.errors import (
    closed_to_role,
    forbidden,
    invalid,
    no_subsystem,
    no_user,
    not_activated,
    session_over,
)
from gateway_mos_ru.emulator.rules import Rules
from gateway_mos_ru.emulator.service import Service
from gateway_mos_ru.emulator.sites import Site
from gateway_mos_ru.emulator.tokens import Grant

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TOKEN_HEADERS: Final = ("authorization", "auth-token")
_TOKEN_COOKIES: Final = ("aupd_token", "auth_token", "aupdtoken")
_BEARER: Final = "bearer "
_LONGEST: Final = 800


class Call(WebCall[Service, Site]):
    """A request with what it means to this emulator."""

    @property
    def is_mobile(self) -> bool:
        """Whether the application's interface is asked, whose answers are a little richer."""
        path: str = self.request.scope["path"]
        return path.lstrip("/").startswith("api/family/mobile/")

    # -- fields ---------------------------------------------------------------------------------

    def unreadable(self, error: BadBodyError) -> Exception:
        """The refusal of a body that cannot be read."""
        return invalid("body", str(error))

    @cached_property
    def json(self) -> Mapping[str, object]:
        """The body, which must be a JSON object.

        Raises:
            ApiError: It is none.
        """
        try:
            value = json_body(self.body)
        except BadBodyError as error:
            raise self.unreadable(error) from error
        if not isinstance(value, dict):
            raise invalid("body")
        return value

    def number(self, name: str, default: int, *, most: int) -> int:
        """A whole number from 1 to `most`; refusals name the parameter."""
        text = self.text(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
            raise invalid(name)
        return int(text)

    def day(self, *names: str) -> date:
        """A date that must be there."""
        return day_of(self.text(*names), names[0])

    def days(self, start: str = "from", end: str = "to") -> tuple[date, date]:
        """A range with both ends included; refuses what ends before it starts."""
        found = self.day(start), self.day(end)
        if found[1] < found[0] or (found[1] - found[0]).days > _LONGEST:
            raise invalid(end, "неверный период")
        return found

    # -- who ------------------------------------------------------------------------------------

    @property
    def sent_token(self) -> str:
        """The token of the request, in whichever of the known places it stands."""
        headers = self.request.headers
        for name in _TOKEN_HEADERS:
            value = headers.get(name, "").strip()
            if value.lower().startswith(_BEARER):
                value = value[len(_BEARER) :].strip()
            if value and not value.lower().startswith("basic "):
                return value
        cookies = self.request.cookies
        return next((cookies[name] for name in _TOKEN_COOKIES if cookies.get(name)), "")

    @cached_property
    def grant(self) -> Grant:
        """The living token of the request.

        Raises:
            ApiError: There is none, or it is dead.
        """
        token = self.sent_token
        grant = self.service.tokens.find(token) if token else None
        if grant is None:
            raise session_over()
        return grant

    @cached_property
    def access(self) -> Access:
        """What the caller reaches."""
        return self.service.access(self.grant.account_key)

    def check(self, rules: Rules) -> None:
        """Refuse what the rules of a route refuse.

        Raises:
            ApiError: The request breaks one.
        """
        headers = self.request.headers
        if rules.token:
            if headers.get("cookie") is not None and not headers["cookie"].strip():
                raise no_user()
            self.need_token()
        if rules.activated and not self.grant.activated:
            raise not_activated()
        if rules.subsystem and not headers.get("x-mes-subsystem"):
            raise no_subsystem()
        if rules.role and not headers.get("x-mes-role"):
            raise no_user()
        if rules.family and not self.access.has_profile:
            raise closed_to_role()
        if rules.parent and not self.access.is_guardian:
            raise closed_to_role()
        if rules.profile:
            self._check_profile()

    def need_token(self) -> Grant:
        """Refuse requests without a living token."""
        return self.grant

    def _check_profile(self) -> None:
        """A parent must name the own profile: the child's is refused."""
        sent = self.request.headers.get("profile-id")
        if sent and self.access.role == PARENT_ROLE and sent != str(self.access.profile_id):
            raise forbidden("Профиль не принадлежит пользователю")

    @cached_property
    def student(self) -> m.Student:
        """The child that is asked for."""
        return self.access.child(self.text("student_id", "student_profile_id"))

    @cached_property
    def person_student(self) -> m.Student:
        """The child that is asked for by UUID."""
        return self.access.child_by_person(self.text("personId", "person_id"))


def day_of(text: str, name: str) -> date:
    """A date as `YYYY-MM-DD`.

    Raises:
        ApiError: It is none.
    """
    if not text:
        raise invalid(name, "обязательный параметр")
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise invalid(name, "ожидается дата YYYY-MM-DD")
