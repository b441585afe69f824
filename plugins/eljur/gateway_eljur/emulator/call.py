"""One request as handlers see it: its parts in every way that clients send them (notes 2.1)."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from gateway.sandbox.web.call import WebCall
from gateway.sandbox.web.fields import BadBodyError, Pairs, collected
from gateway.sandbox.web.files import multipart_pairs
from gateway.sandbox.world import model as m
from gateway_eljur.emulator import doors
from gateway_eljur.emulator.errors import (
    bad_devkey,
    dead_token,
    invalid,
    not_found,
    unknown_vendor,
)
from gateway_eljur.emulator.members import Members, User
from gateway_eljur.emulator.service import Service
from gateway_eljur.emulator.site_sessions import COOKIE
from gateway_eljur.emulator.sites import Site
from gateway_eljur.emulator.vendors import Vendor, keys_at

_KEY: Final = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_INDEX: Final = re.compile(r"\[\w*\]$")
_YES: Final = frozenset({"true", "yes", "__yes", "1", "on"})
_LONGEST: Final = 800
_WEEK: Final = 7


class Call(WebCall[Service, Site]):
    """A request with what it means to this emulator."""

    # -- fields ---------------------------------------------------------------------------------

    @cached_property
    def fields(self) -> Mapping[str, list[str]]:
        """Values of body and query by lower-case name, those of the body first.

        A body is read with any method; array names such as `fid[]` and `fid[0]` lose their tail.
        """
        pairs = (*self.body_pairs(), *self.query_pairs())
        return collected((_INDEX.sub("", name), value) for name, value in pairs)

    def body_pairs(self) -> Pairs:
        """Names and values of the body, which may come in parts too."""
        return [*super().body_pairs(), *multipart_pairs(self.content_type, self.body)]

    def unreadable(self, error: BadBodyError) -> Exception:
        """The refusal of a body that cannot be read."""
        return invalid("body", str(error))

    def many(self, *names: str) -> list[str]:
        """All values under the names as they came: a comma is part of its value."""
        return self.values(*names)

    def has(self, name: str) -> bool:
        """Whether a parameter is sent at all, even empty."""
        return name in self.fields

    def yes(self, name: str) -> bool:
        """A switch in any of its spellings; off for anything else."""
        return self.text(name).strip().lower() in _YES

    def number(self, name: str, default: int) -> int:
        """A whole number that is not negative; refusals name the parameter."""
        value = self.text(name).strip()
        if not value:
            return default
        if not value.isascii() or not value.isdigit():
            raise invalid(name)
        return int(value)

    def days(self) -> tuple[date, date]:
        """`days`: one day or a range, both ends included; the current week if absent."""
        value = self.text("days").strip()
        if not value:
            today = self.service.world.today
            monday = today - timedelta(days=today.weekday())
            return monday, monday + timedelta(days=_WEEK - 1)
        first, _, last = value.partition("-")
        start = _day(first)
        end = _day(last) if last else start
        if end < start or (end - start).days > _LONGEST:
            raise invalid("days", "неверный период")
        return start, end

    # -- where ----------------------------------------------------------------------------------

    @cached_property
    def host_vendors(self) -> tuple[str, ...]:
        """Schools that the host serves."""
        return keys_at(self.site.host, self.service.vendors)

    @cached_property
    def vendor(self) -> Vendor:
        """The school: by the parameter, or by a host that is one school's alone.

        Raises:
            ApiError: No school has this key, or none is named.
        """
        asked = self.text("vendor").strip().lower()
        if asked:
            if asked not in self.host_vendors:
                raise unknown_vendor()
            return self.service.vendors[asked]
        if len(self.host_vendors) != 1:
            raise unknown_vendor()
        return self.service.vendors[self.host_vendors[0]]

    @property
    def members(self) -> Members:
        """The people of the school."""
        return self.service.members[self.user.vendor.key]

    def check_devkey(self) -> None:
        """The application's key: any 32 hex digits but one.

        Raises:
            ApiError: It is missing, malformed or the bad one.
        """
        key = self.text("devkey").strip()
        if _KEY.fullmatch(key) is None or key.lower() == doors.BAD_DEVKEY:
            raise bad_devkey()

    # -- who ------------------------------------------------------------------------------------

    @cached_property
    def user(self) -> User:
        """Who holds the token.

        Raises:
            ApiError: The token is dead, or another school's.
        """
        vendor = self.vendor
        grant = self.service.tokens.find(self.text("auth_token").strip())
        if grant is None or grant.vendor != vendor.key:
            raise dead_token()
        user = self.service.user(grant.vendor, grant.account_key)
        if user is None:
            raise dead_token()
        return user

    @cached_property
    def site_user(self) -> User | None:
        """Who is signed in to the site, as the cookie says; None for a stranger."""
        found = self.service.site.find(self.request.cookies.get(COOKIE, ""))
        if found is None or found[0] not in self.host_vendors:
            return None
        return self.service.user(*found)

    @cached_property
    def students(self) -> tuple[m.Student, ...]:
        """The own pupils that are asked for, all of them by default.

        Somebody else's child is left out, as if there were none.
        """
        asked = self.text("student", "students").strip()
        if not asked:
            return self.user.students
        numbers = [part.strip() for part in asked.split(",")]
        if not all(part.isascii() and part.isdigit() for part in numbers):
            raise invalid("student")
        own = {self.members.student_number(item): item for item in self.user.students}
        return tuple(own[number] for number in numbers if number in own)

    def class_asked(self) -> m.ClassGroup | None:
        """The class that is asked for by its name; it wins over a pupil.

        Raises:
            ApiError: The school has no such class.
        """
        name = self.text("class").strip()
        if not name:
            return None
        schools = self.user.vendor.school_keys
        world = self.service.world
        for item in world.classes:
            if (
                item.name == name
                and item.school_key in schools
                and item.year_key == world.current_year.key
            ):
                return item
        raise not_found("Класс")


def _day(text: str) -> date:
    digits = text.strip().replace(".", "")
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        raise invalid("days") from None
