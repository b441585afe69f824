"""Answers of signing in, as msgspec structs; every field tells how sure it is.

Accounts and persons stand in `gateway_dnevnik_ru.wire`; here is what only a login reads.
"""

from typing import Annotated

from gateway.core.contract.evidence import Assumed, Seen
from gateway_dnevnik_ru.wire.base import Wire
from gateway_dnevnik_ru.wire.mobile import MobilePerson


class Tokens(Wire, frozen=True):
    """What a sign-in gives; the interfaces name user and end differently (notes 2.3, 2.4)."""

    access_token: Annotated[str | None, Seen(5)] = None
    refresh_token: Annotated[str | None, Seen(5)] = None
    expires_in: Annotated[int | None, Seen(3)] = None
    expires_date: Annotated[str | None, Seen(1)] = None
    user: Annotated[int | None, Seen(5)] = None
    user_id: Annotated[int | None, Seen(5)] = None


class Grant(Tokens, frozen=True):
    """A grant of the partner interface, a refresh of either, or their refusal (notes 2.3, 2.6)."""

    type: Annotated[str | None, Seen(5)] = None


class ActivationData(Wire, frozen=True):
    """What the service knows of somebody who signs in for the first time (notes 2.4)."""

    person_id: Annotated[int, Seen(2)]
    token: Annotated[str | None, Seen(2)] = None
    username: Annotated[str | None, Seen(2)] = None
    password: Annotated[str | None, Seen(2)] = None
    is_phone_required: Annotated[bool | None, Seen(2)] = None
    terms_link: Annotated[str | None, Seen(2)] = None


class ValidationRule(Wire, frozen=True):
    """One rule for a field: expressions, and what to say where they do not hold."""

    message: Annotated[str | None, Seen(1)] = None
    regexs: Annotated[list[str] | None, Seen(1)] = None


class ValidationRules(Wire, frozen=True):
    """Rules for the fields of a first sign-in."""

    email_validation_rules: Annotated[list[ValidationRule | None] | None, Seen(1)] = None
    phone_validation_rules: Annotated[list[ValidationRule | None] | None, Seen(1)] = None
    password_unacceptable_rules: Annotated[list[ValidationRule | None] | None, Seen(1)] = None


class MobileSignIn(Wire, frozen=True):
    """An answer to a password in the app's interface, HTTP 200 in all cases (notes 2.4)."""

    type: Annotated[str | None, Seen(5)] = None
    description: Annotated[str | None, Seen(3)] = None
    reason: Annotated[str | None, Seen(3)] = None
    credentials: Annotated[Tokens | None, Seen(5)] = None
    activation_data: Annotated[ActivationData | None, Seen(2)] = None
    validation_rules: Annotated[ValidationRules | None, Seen(1)] = None


class EsiaRegion(Wire, frozen=True):
    """A region with a door through Gosuslugi; the number is the service's own (notes 2.5)."""

    region_id: Annotated[int, Seen(2)]
    name: Annotated[str | None, Seen(2)] = None
    esia_url: Annotated[str | None, Seen(2)] = None


class EsiaRegions(Wire, frozen=True):
    """All of them."""

    type: Annotated[str | None, Seen(2)] = None
    regions: Annotated[list[EsiaRegion] | None, Seen(2)] = None


class LinkedSchool(Wire, frozen=True):
    """The school of a linked account."""

    name: Annotated[str | None, Seen(1)] = None


class LinkedUser(Wire, frozen=True):
    """A diary account that hangs on a person of Gosuslugi."""

    user_id: Annotated[int, Seen(2)]
    first_name: Annotated[str | None, Seen(1)] = None
    middle_name: Annotated[str | None, Seen(1)] = None
    last_name: Annotated[str | None, Seen(1)] = None
    school: Annotated[LinkedSchool | None, Seen(1)] = None


class LinkedUsers(Wire, frozen=True):
    """All of them, or a refusal of the task."""

    type: Annotated[str | None, Seen(1)] = None
    description: Annotated[str | None, Assumed("a part of every answer of this interface")] = None
    users: Annotated[list[LinkedUser] | None, Seen(2)] = None


class EsiaStatus(Wire, frozen=True):
    """How the choice of an account ended; v6.0 says `type` for `code`."""

    code: Annotated[str | None, Seen(1)] = None
    type: Annotated[str | None, Seen(1)] = None


class EsiaSignIn(Wire, frozen=True):
    """Credentials of a chosen account; v6.0 says `loginResponse` for `authorization`."""

    type: Annotated[str | None, Seen(1)] = None
    status: Annotated[EsiaStatus | None, Seen(2)] = None
    authorization: Annotated[Tokens | None, Seen(1)] = None
    login_response: Annotated[Tokens | None, Seen(1)] = None


class MobileInfo(Wire, frozen=True):
    """The signed-in person themselves."""

    user_id: Annotated[int, Seen(3)]
    person_id: Annotated[int, Seen(3)]


class MobileAccount(Wire, frozen=True):
    """Who is signed in, by the app's interface: `users/{userId}/context` (notes 3)."""

    info: Annotated[MobileInfo, Seen(3)]
    context_persons: Annotated[list[MobilePerson] | None, Seen(5)] = None


class Account(Wire, frozen=True):
    """The part of `users/me` that tells the time zone (notes 3)."""

    timezone: Annotated[str | None, Seen(1)] = None


class SchoolPlace(Wire, frozen=True):
    """What kind of school it is, and its time (notes 3): whole hours from UTC, it is assumed."""

    education_type: Annotated[str | None, Seen(3)] = None
    time_zone: Annotated[int | None, Seen(4)] = None


class WebGroup(Wire, frozen=True):
    """A class on the page of marks (notes 4.12)."""

    group_id: Annotated[int | None, Seen(1)] = None
    id: Annotated[int | None, Assumed("the page's history of groups says id")] = None


class WebMembership(Wire, frozen=True):
    """One pupil in one school, on the page of marks (notes 4.12)."""

    person_id: Annotated[int, Seen(4)]
    school_id: Annotated[int, Seen(4)]
    first_name: Annotated[str | None, Seen(1)] = None
    last_name: Annotated[str | None, Seen(1)] = None
    school_type: Annotated[str | None, Seen(1)] = None
    groups: Annotated[list[WebGroup] | None, Seen(1)] = None


class WebContext(Wire, frozen=True):
    """Who is signed in, on the page of marks."""

    user_id: Annotated[int, Seen(1)]
    role: Annotated[str | None, Seen(1)] = None
    school_memberships: Annotated[list[WebMembership] | None, Seen(4)] = None


class WebState(Wire, frozen=True):
    """State embedded in the page of marks: `window.__MARKS__INITIAL__STATE__`."""

    context: Annotated[WebContext, Seen(4)]
