"""Whether an address or a set of cookies is the end of a sign-in; pure."""

import re
from typing import Final
from urllib.parse import urlsplit

from gateway.core.contract.flow import StepInput, fields_of, text_of
from gateway.core.contract.identity import SignInRequest, SignInResult
from gateway.core.contract.steps import CompletedBy
from gateway.core.errors import IllegalAnswer
from gateway.core.wire.jar import Cookie, CookieJar
from gateway_gosuslugi.esia.identity import words

_LONGEST: Final = 16 * 1024


def is_end(request: SignInRequest, url: str) -> bool:
    """Whether an address is the one that a sign-in ends at; never for one that ends by cookies."""
    if request.completes_by is CompletedBy.COOKIES or len(url) > _LONGEST:
        return False
    if request.completes_by is CompletedBy.LOOPBACK:
        return _without_query(url) == _without_query(request.pattern or "")
    return request.pattern is None or re.match(request.pattern, url) is not None


def has_cookies(request: SignInRequest, jar: CookieJar) -> bool:
    """Whether a jar holds all that a sign-in by cookies is to bring."""
    if request.completes_by is not CompletedBy.COOKIES or not request.cookie_names:
        return False
    found = {item.name for item in jar if item.value and _is_of(request, item.domain)}
    return found.issuperset(request.cookie_names)


def result_of(request: SignInRequest, answer: StepInput) -> SignInResult:
    """What the person's browser came back with.

    Raises:
        IllegalAnswer: It is not the end of this sign-in.
    """
    if request.completes_by is CompletedBy.COOKIES:
        return SignInResult(request.start_url, _jar_of(request, fields_of(answer)))
    url = text_of(answer).strip()
    if not is_end(request, url):
        raise IllegalAnswer("this is not the last address of the sign-in", text=words.NOT_THE_END)
    return SignInResult(url, CookieJar())


def _jar_of(request: SignInRequest, told: dict[str, str]) -> CookieJar:
    missing = [name for name in request.cookie_names if not told.get(name, "").strip()]
    if missing:
        raise IllegalAnswer(f"the cookie {missing[0]!r} is missing", text=words.NOT_THE_END)
    domain = request.cookie_domain or urlsplit(request.start_url).hostname or ""
    return CookieJar(
        tuple(
            Cookie(name, told[name].strip(), domain.lstrip("."), host_only=False, secure=True)
            for name in request.cookie_names
        )
    )


def _is_of(request: SignInRequest, domain: str) -> bool:
    wanted = (request.cookie_domain or "").lstrip(".")
    return domain == wanted or domain.endswith(f".{wanted}") or wanted.endswith(f".{domain}")


def _without_query(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ("", "", url)
    return parts.scheme.lower(), parts.netloc.lower(), parts.path or "/"
