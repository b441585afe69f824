"""What all ways in share: first the school is found, then the way's own requests are sent there."""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import ClassVar, Final

import msgspec
from pydantic import SecretStr

from gateway.core.config import required
from gateway.core.contract.flow import LoginFlow, Next, StepInput, fields_of, keys_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Choice, Form, FormField, Option, Step, StepError, Words
from gateway.core.errors import (
    ConfigurationError,
    EmailRejected,
    FlowError,
    InviteCodeExpired,
    InviteCodeUnknown,
    InviteCodeUsed,
    SchoolUnknown,
    TokenRejected,
    UnknownRegion,
    WrongCredentials,
)
from gateway.core.regions import load_directory
from gateway_eljur.login import words
from gateway_eljur.login.schools import School, is_address, school_at, school_of
from gateway_eljur.login.search import search
from gateway_eljur.places import BY_KEY, BY_REGION, CLOUD, Place
from gateway_eljur.settings import EljurSettings

STAGE: Final = "stage"
"""Key of the flow's state: which step it is at."""

_REGION: Final = "region"
_HOST: Final = "host"
_ANSWER: Final = "answer"
_SCHOOL: Final = "school"
_KEY: Final = "school_key"
_MENDED_IN_THE_FORM: Final = (
    WrongCredentials,
    TokenRejected,
    EmailRejected,
    InviteCodeUnknown,
    InviteCodeUsed,
    InviteCodeExpired,
)


class Stage(StrEnum):
    """Steps after the first form: about the school, at Gosuslugi, and whom to open."""

    KEY = "school_key"
    FOUND = "schools_found"
    BROWSER = "browser"
    IDENTITY = "identity"
    USERS = "users"


class SchoolFlow(LoginFlow):
    """From the first form to the school, and on with the rest of the answer.

    The school's own instance is entered for the length of a request only: a login stays where it
    began, so that the records of refused passwords know it when it is tried again.
    """

    title: ClassVar[Words]
    """What the first form is for."""

    fields: ClassVar[tuple[FormField, ...]]
    """What it asks for beside the school."""

    needs_devkey: ClassVar[bool] = True
    """Whether the application's key goes along."""

    needs_vendor: ClassVar[bool] = True
    """Whether the school itself must be known where a host keeps several."""

    needs_school: ClassVar[bool] = True
    """Whether the form's question for the school must be answered."""

    def __init__(self, settings: EljurSettings, method: str) -> None:
        self.settings = settings
        self.method = method

    @abstractmethod
    async def proceed(self, link: LoginLink, school: School, fields: dict[str, str]) -> Next:
        """What follows from the school and the other fields of the form."""

    def check_place(self, place: Place) -> None:
        """Checks that a host has this way in at all.

        Raises:
            LoginError: It has not.
        """

    def named(self, fields: dict[str, str]) -> str:
        """What the form's answer says of the school."""
        return fields.get(_SCHOOL, "")

    def is_named(self, link: LoginLink, fields: dict[str, str]) -> bool:
        """Whether a person has just named the school, and may have mistaken it."""
        return bool(self.named(fields)) and link.person_present

    def vendor_needed(self, fields: dict[str, str]) -> bool:
        """Whether this answer needs the school itself, not its host alone."""
        return self.needs_vendor

    async def start(self, link: LoginLink) -> Next:
        """Asks for the school, unless it is known, and for what the way needs.

        Raises:
            MissingSetting: The operator has no key of an application.
            LoginError: The region's host has no such way in.
        """
        if self.needs_devkey:
            required(self.settings, link.declaration.name, "devkey")
        place = _place_in(link.state.get(_REGION))
        if place is not None and link.instance.key == CLOUD:
            link.move_to(place.key)
        self._check(place_of(link))
        return await self.first(link)

    async def first(self, link: LoginLink) -> Next:
        """The first step."""
        return self.form(link)

    def form(self, link: LoginLink, error: StepError | None = None) -> Form:
        """The form of the first step.

        A remembered answer names the school once more although the account's instance fixes it.
        """
        asked = self.known(link) is None
        school = words.school_field(required=asked and self.needs_school)
        own = (school,) if asked or not link.person_present else ()
        return Form(title=self.title, fields=(*own, *self.fields), error=error)

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """What follows an answer."""
        match link.state.get(STAGE):
            case Stage.KEY:
                host = School(link.state[_HOST])
                school = school_at(host, fields_of(answer)[_KEY])
            case Stage.FOUND:
                (key,) = keys_of(answer)
                school = school_of(key)
            case None:
                return await self._answered(link, fields_of(answer))
            case _:
                return await self.further(link, step, answer)
        self._check(school.place)
        try:
            following = await self.proceed(link, school, kept_fields(link, _ANSWER))
        except _MENDED_IN_THE_FORM as error:
            link.state.pop(STAGE)
            following = self.form(link, StepError.of(error))
        link.secrets.pop(_ANSWER)
        return following

    async def further(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """What follows an answer to one of the way's own later steps."""
        raise FlowError("there is nothing to answer at this step")

    async def _answered(self, link: LoginLink, fields: dict[str, str]) -> Next:
        known = self.known(link)
        if known is not None:
            return await self.proceed(link, known, fields)
        text, place = self.named(fields), place_of(link)
        try:
            is_here = place in BY_KEY and not text
            school = School(place) if is_here else school_of(text, at=place)
        except SchoolUnknown:
            found = await self._search(link, text)
            if not found:
                raise
            step: Step = Choice(title=words.WHICH_SCHOOL, options=found)
            return _waiting(link, Stage.FOUND, fields, step)
        self._check(school.place)
        if school.vendor is None and self.vendor_needed(fields):
            link.state[_HOST] = school.place
            return _waiting(link, Stage.KEY, fields, _KEY_FORM)
        return await self.proceed(link, school, fields)

    async def _search(self, link: LoginLink, text: str) -> tuple[Option, ...]:
        """Schools by name, where the operator lets calls of unverified shape be sent."""
        is_name = place_of(link) == CLOUD and text and not is_address(text)
        return await search(link, text) if is_name and self.settings.allow_unverified else ()

    def known(self, link: LoginLink) -> School | None:
        """The school, where instance or operator fix it or the way does without."""
        place = place_of(link)
        if link.instance.vendor is not None:
            return School(place, link.instance.vendor)
        if self.settings.vendor is not None:
            return School(place, self.settings.vendor)
        if place in BY_KEY and not self.needs_vendor:
            return School(place)
        return None

    def _check(self, place: str) -> None:
        if place in BY_KEY:
            self.check_place(BY_KEY[place])


def place_of(link: LoginLink) -> str:
    """Key of the installation that the flow is at."""
    return link.instance.key.partition(".")[0]


@contextmanager
def at_school(link: LoginLink, school: School) -> Iterator[None]:
    """Sends what stands inside to the school's own instance.

    Raises:
        SchoolUnknown: There cannot be such a school.
    """
    before = link.instance.key
    enter(link, school)
    try:
        yield
    finally:
        link.move_to(before)


def enter(link: LoginLink, school: School) -> None:
    """Goes on at the school's own instance.

    Raises:
        SchoolUnknown: There cannot be such a school.
    """
    try:
        link.move_to(school.instance)
    except ConfigurationError as error:
        raise SchoolUnknown("no school has such a key") from error


def kept_fields(link: LoginLink, name: str) -> dict[str, str]:
    """Fields that an earlier step has kept among the secrets; empty if there are none."""
    found = link.secrets.get(name)
    return (
        {} if found is None else msgspec.json.decode(found.get_secret_value(), type=dict[str, str])
    )


def keep_fields(link: LoginLink, name: str, fields: dict[str, str]) -> None:
    """Keeps fields among the secrets until the flow ends."""
    link.secrets[name] = SecretStr(msgspec.json.encode(fields).decode())


def _waiting(link: LoginLink, stage: Stage, fields: dict[str, str], step: Step) -> Step:
    keep_fields(link, _ANSWER, fields)
    link.state[STAGE] = stage.value
    return step


def _place_in(region: str | None) -> Place | None:
    """The host of a region, by any of its codes."""
    if region is None:
        return None
    try:
        return BY_REGION.get(load_directory().get(region).code)
    except UnknownRegion:
        return None


_KEY_FORM: Final = Form(
    title=words.SCHOOL_KEY,
    fields=(FormField(name=_KEY, label=words.SCHOOL_KEY, hint=words.SCHOOL_KEY_HINT),),
)
