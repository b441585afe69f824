"""Addresses, as they may be shown in logs and errors."""

import re
from collections.abc import Collection
from urllib.parse import unquote, unquote_plus

from gateway.core.redaction.names import is_sensitive_name
from gateway.core.redaction.text import redact_text

_HIDDEN = "«secret»"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AUTHORITY = re.compile(r"//[^/\\]*")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]")
_PARAMETERS = re.compile(r"([&;])")
_IDENTIFIER = re.compile(
    r"[0-9]{5,}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", re.ASCII
)


def redact_url(url: str, secret_params: Collection[str] = frozenset()) -> str:
    """`url` with scheme, host and route kept and everything that grants or tells something hidden.

    Userinfo and the values of secret parameters (the usual names and `secret_params`, in query,
    fragment and path) become `«secret»`; a path segment that is a number of five or more digits or
    a UUID becomes `{id}`. Other values are kept unless they look like a secret. Never raises.
    """
    extra = {name.lower() for name in secret_params}
    rest, hash_sign, fragment = _CONTROL.sub("", url).partition("#")
    rest, question_mark, query = rest.partition("?")
    scheme = _matched(_SCHEME, rest)
    rest = rest[len(scheme) :]
    authority = _matched(_AUTHORITY, rest)
    if scheme and not authority:  # mailto:, data:, javascript: are all value
        return f"{scheme}{_HIDDEN}"
    path = _path(rest[len(authority) :], extra)
    return (
        f"{scheme}{_without_userinfo(authority)}{path}"
        f"{question_mark}{_parameters(query, extra)}{hash_sign}{_fragment(fragment, extra)}"
    )


def _matched(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match[0] if match else ""


def _without_userinfo(authority: str) -> str:
    userinfo, at, host = authority.removeprefix("//").rpartition("@")
    return f"{authority[:2]}{_HIDDEN if userinfo else ''}{at}{host}"


def _path(path: str, extra: Collection[str]) -> str:
    segments = []
    for segment in path.split("/"):
        name, semicolon, parameters = segment.partition(";")
        shown = "{id}" if _IDENTIFIER.fullmatch(name) else _value(name)
        segments.append(f"{shown}{semicolon}{_parameters(parameters, extra)}")
    return "/".join(segments)


def _fragment(fragment: str, extra: Collection[str]) -> str:
    """Either parameters (an implicit flow) or a route of a page's own with parameters after it."""
    route, mark, query = fragment.partition("?")
    if mark:
        return f"{_path(route, extra)}?{_parameters(query, extra)}"
    return _parameters(fragment, extra) if "=" in fragment else _path(fragment, extra)


def _parameters(query: str, extra: Collection[str]) -> str:
    return "".join(
        part if part in "&;" else _parameter(part, extra) for part in _PARAMETERS.split(query)
    )


def _parameter(parameter: str, extra: Collection[str]) -> str:
    name, equals, value = parameter.partition("=")
    if not equals:
        return _value(name)
    shown = _value(name)
    if value and is_sensitive_name(unquote_plus(name), extra):
        return f"{shown}={_HIDDEN}"
    return f"{shown}={_value(value)}"


def _value(value: str) -> str:
    """A value that is not known to be secret, unless it looks like one, encoded or not."""
    decoded = unquote_plus(value)
    if redact_text(decoded) == decoded and redact_text(unquote(value)) == unquote(value):
        return value
    return _HIDDEN
