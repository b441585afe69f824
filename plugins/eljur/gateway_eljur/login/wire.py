"""What signing in sends and gets, as msgspec structs; every field tells how sure it is.

PHP writes an empty map as a list: wherever a map may be empty, a list is taken too.
"""

from typing import Annotated, Generic, TypeVar

from msgspec import Struct, field

from gateway.core.contract.evidence import Assumed, Seen

T = TypeVar("T")


class Wire(Struct, frozen=True, gc=False):
    """A JSON object whose missing keys mean the same as null."""


class Body(Struct, Generic[T], frozen=True, gc=False):
    """State, error and result of a method (notes 4, 5)."""

    state: Annotated[int | str | None, Seen(3)] = None
    error: Annotated[str | None, Seen(3)] = None
    result: Annotated[T | list[object] | None, Seen(8)] = None


class Envelope(Struct, Generic[T], frozen=True, gc=False):
    """What every method but `getusersvendors` answers with."""

    response: Annotated[Body[T], Seen(8)]


class Grant(Wire, frozen=True):
    """`auth`: a token, or why there is none (notes 2.2)."""

    token: Annotated[str | None, Seen(8)] = None
    expires: Annotated[str | None, Seen(4)] = None
    error_code: Annotated[str | None, Seen(2)] = field(default=None, name="errorCode")
    error_text: Annotated[str | None, Seen(1)] = field(default=None, name="errorText")


class UserVendor(Wire, frozen=True):
    """One user in one school, whom a person of Gosuslugi is (notes 2.3)."""

    vendor: Annotated[str, Seen(1)]
    token: Annotated[str | None, Seen(1)] = None
    expires: Annotated[str | None, Seen(1)] = None
    vendor_title: Annotated[str | None, Seen(1)] = None
    user_title: Annotated[str | None, Seen(1)] = None
    login: Annotated[str | None, Seen(1)] = None


class UsersVendors(Wire, frozen=True):
    """`getusersvendors`: `result` is false beside an error."""

    result: Annotated[list[UserVendor] | bool | None, Seen(1)] = None
    error: Annotated[str | None, Seen(1)] = None


class Recovery(Wire, frozen=True):
    """`/ajaxrecover`: whether a letter is on its way (notes 2.5)."""

    result: Annotated[bool | None, Seen(2)] = None
    error: Annotated[str | None, Seen(2)] = None


class SiteAction(Wire, frozen=True):
    """What the site's script does after a sign-in."""

    type: Annotated[str | None, Seen(6)] = None
    url: Annotated[str | None, Seen(6)] = None


class SiteSignIn(Wire, frozen=True):
    """`/ajaxauthorize`: whether the cookies are good (notes 2.4)."""

    result: Annotated[bool | None, Seen(6)] = None
    error: Annotated[str | None, Seen(6)] = None
    actions: Annotated[list[SiteAction] | None, Seen(6)] = None


class FoundSchool(Wire, frozen=True):
    """A school of the search by name, of whose answer nobody has seen the shape (notes 3)."""

    vendor: Annotated[str | None, Assumed("what every other method calls a school")] = None
    domain: Annotated[str | None, Assumed("what the site calls it")] = None
    title: Annotated[str | None, Assumed("what other answers call it")] = None
    city: Annotated[str | None, Assumed("the search takes a city")] = None
