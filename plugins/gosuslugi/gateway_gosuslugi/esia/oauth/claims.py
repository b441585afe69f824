"""What markers say: wire types of their header and payload (protocol notes 2.1)."""

from typing import Annotated

from msgspec import Struct, field

from gateway.core.contract.evidence import Documented, Seen


class Header(Struct):
    """First part of a marker."""

    alg: Annotated[str, Seen(3)]
    typ: Annotated[str | None, Seen(3)] = None
    sbt: Annotated[str | None, Seen(2)] = None


class Subject(Struct):
    """`urn:esia:sbj` of an id marker."""

    kind: Annotated[str | None, Documented()] = field(default=None, name="urn:esia:sbj:typ")
    oid: Annotated[int | None, Seen(3)] = field(default=None, name="urn:esia:sbj:oid")
    level: Annotated[str | None, Documented()] = field(default=None, name="urn:esia:sbj:lvl")
    # Absent where the account is not confirmed.
    is_trusted: Annotated[bool, Documented()] = field(default=False, name="urn:esia:sbj:is_tru")


class Claims(Struct):
    """Second part of a marker, of any kind."""

    iss: Annotated[str | None, Seen(3)] = None
    iat: Annotated[float | None, Seen(3)] = None
    nbf: Annotated[float | None, Seen(3)] = None
    exp: Annotated[float | None, Seen(3)] = None
    client_id: Annotated[str | None, Seen(3)] = None
    scope: Annotated[str | None, Seen(3)] = None
    session: Annotated[str | None, Seen(2)] = field(default=None, name="urn:esia:sid")
    subject_id: Annotated[int | None, Seen(3)] = field(default=None, name="urn:esia:sbj_id")
    permissions_url: Annotated[str | None, Documented()] = None
    aud: Annotated[str | list[str] | None, Seen(3)] = None
    sub: Annotated[int | None, Seen(3)] = None
    auth_time: Annotated[float | None, Documented()] = None
    amr: Annotated[str | list[str] | None, Documented()] = None
    methods: Annotated[str | list[str] | None, Documented()] = field(
        default=None, name="urn:esia:amd"
    )
    acr: Annotated[dict[str, str] | str | None, Documented()] = None
    subject: Annotated[Subject | None, Seen(3)] = field(default=None, name="urn:esia:sbj")


class Wrapped(Struct):
    """One sample of the official text wraps the payload; recorded markers are flat."""

    claims: Annotated[Claims | None, Documented()] = None
