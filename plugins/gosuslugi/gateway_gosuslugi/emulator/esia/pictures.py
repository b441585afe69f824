"""The captcha and the control question, which live beside the sign-in itself (notes 2.2)."""

from typing import Final

from starlette.responses import Response

from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import ApiError, invalid
from gateway_gosuslugi.emulator.esia.book import book_of
from gateway_gosuslugi.emulator.esia.specials import PICTURE_ANSWER, QUESTION_TEXT
from gateway_gosuslugi.emulator.rules import OPEN, Router

_ROOT: Final = "captcha/api/public/v2"
_HEADER: Final = "captchasession"
_KIND: Final = "esiacaptcha"
_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="60">'
    f'<text x="20" y="40" font-size="32">{PICTURE_ANSWER}</text></svg>'
)


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add(f"{_ROOT}/type", kind, dress=OPEN)
    router.add(f"{_ROOT}/image", image, dress=OPEN)
    router.add(f"{_ROOT}/verify", verify, dress=OPEN, methods=("POST",))
    router.add("anomaly-resolver/api/reaction/question", question, dress=OPEN)


def kind(call: Call) -> object:
    """GET which captcha it is, with a session."""
    session = call.service.draws.letters(32)
    book_of(call).progress.pictures.add(session)
    return {"captchaType": _KIND, "captchaSession": session}


def image(call: Call) -> Response:
    """GET the picture of a session."""
    _session(call)
    return Response(_SVG, media_type="image/svg+xml")


def verify(call: Call) -> object:
    """POST `{answer, captchaType}`."""
    session = _session(call)
    book_of(call).progress.pictures.discard(session)
    if call.text("answer") != PICTURE_ANSWER:
        raise ApiError(400, {"code": "WRONG_ANSWER", "message": "Неверный ответ"})
    token = call.service.draws.letters(32)
    book_of(call).progress.solved.add(token)
    return {"verify_token": token}


def question(call: Call) -> object:
    """GET the control question of an anomaly."""
    if not call.text("guid"):
        raise invalid("guid")
    return {"question_text": QUESTION_TEXT}


def _session(call: Call) -> str:
    session = call.request.headers.get(_HEADER, "")
    if session not in book_of(call).progress.pictures:
        raise invalid(_HEADER)
    return session
