"""The JSON calls of the sign-in page (notes 2.2), with what they ask of special identities."""

from collections.abc import Callable
from typing import Final

from starlette.responses import Response

from gateway.sandbox.esia.headless import answer as standing_answer
from gateway.sandbox.esia.sign_ins import SignIn
from gateway.sandbox.esia.stand_in import Stage, Standing
from gateway.sandbox.web.encoding import encode
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import JSON_TYPE
from gateway_gosuslugi.emulator.esia.arrivals import arrived
from gateway_gosuslugi.emulator.esia.authorize import SESSION
from gateway_gosuslugi.emulator.esia.book import Purpose, book_of
from gateway_gosuslugi.emulator.esia.progress import Progress, special_of
from gateway_gosuslugi.emulator.esia.refusals import RefusedError
from gateway_gosuslugi.emulator.esia.specials import CODE, MAX, MAX_QUIZ, PUSH, QUESTION_ANSWER
from gateway_gosuslugi.emulator.rules import OPEN, Router

API: Final = "aas/oauth2/api"
_TRIES: Final = 3
_ACCEPTED: Final = 202
_LIFE: Final = 300

Told = dict[str, object]
Step = Callable[[Call, SignIn[Purpose], Progress], Told | None]


def register(router: Router) -> None:
    """Add the paths of this part."""
    for name, step in (
        ("login", _password),
        ("login/otp/verify", _by_stand_in("sms")),
        ("login/totp/verify", _by_stand_in("totp")),
        ("login/otp-max/verify", _messenger),
        ("login/poll", _push),
        ("login/promo-mfa/fill-mfa", _declined("FILL_MFA")),
        ("login/quiz-max/skip", _declined(MAX_QUIZ)),
        ("login/change-password/skip", _declined("CHANGE_PASSWORD")),
        ("scope/allow", _allow),
        ("login/anomaly-reaction/start", _risk_code),
        ("login/anomaly-reaction/verify", _risk_verified),
        ("anomaly/question/answer", _question_answered),
        ("anomaly/captcha/verify", _picture_verified),
    ):
        router.add(f"{API}/{name}", _guarded(step), dress=OPEN, methods=("POST",))
    router.add(f"{API}/login/next-step", _guarded(_nothing), dress=OPEN)


def go_on(call: Call, sign_in: SignIn[Purpose]) -> Told:
    """What is asked next of a person whose password was right; `DONE` with the way back."""
    book = book_of(call)
    progress, special = book.progress.of(sign_in.id), special_of(sign_in.identity_key)
    identity = book.stand_in.identity(sign_in)
    stage = book.stand_in.stage(sign_in)
    if stage is not Stage.DONE:
        return standing_answer(Standing(stage), identity, None)
    if special.factor is not None and not progress.factor_given:
        return _special_factor(call, special.factor, progress)
    if special.consent and not progress.consented:
        return {"action": "GRANT_SCOPE_ACCESS"}
    for offer in special.offers:
        if offer not in progress.declined:
            told: Told = {"action": offer}
            if offer == MAX_QUIZ:
                told["max_details"] = {"skippable": not special.stubborn}
            return told
    try:
        return {"action": "DONE", "redirect_url": arrived(call, sign_in)}
    except RefusedError as refusal:
        return {"failed": "ACCESS_DENIED", "message": refusal.description}


def _guarded(step: Step) -> Callable[[Call], object]:
    def handler(call: Call) -> Response:
        sign_in = book_of(call).sign_ins.find(call.request.cookies.get(SESSION, ""))
        if sign_in is None:
            return _json({"failed": "SESSION_NOT_FOUND"}, 401)
        told = step(call, sign_in, book_of(call).progress.of(sign_in.id))
        if told is not None:
            return _json(told)
        # A right answer that leads on was seen to come with 202.
        return _json(go_on(call, sign_in), _ACCEPTED)

    return handler


def _password(call: Call, sign_in: SignIn[Purpose], progress: Progress) -> Told | None:
    book, login = book_of(call), call.text("login")
    identity = call.service.world.esia_by_login(login)
    special = special_of(None if identity is None else identity.key)
    if identity is not None and special.anomaly is not None:
        if identity.key not in progress.cleared:
            progress.guid, progress.anomaly_of = call.service.draws.guid(), identity.key
            return _anomaly(special.anomaly, progress.guid)
    elif book.stand_in.is_suspicious(login) and login not in progress.cleared:
        progress.guid, progress.anomaly_of = call.service.draws.guid(), login
        return _anomaly("О.ЗД1", progress.guid)
    standing = book.stand_in.give_password(sign_in, login, call.text("password"))
    if standing.refusal is not None:
        return standing_answer(standing, None, None)
    return go_on(call, sign_in)


def _by_stand_in(factor: str) -> Step:
    def step(call: Call, sign_in: SignIn[Purpose], progress: Progress) -> Told | None:
        book = book_of(call)
        identity = book.stand_in.identity(sign_in)
        if identity is None or identity.second_factor is None:
            return {"failed": "UNEXPECTED_STEP"}
        if identity.second_factor.value != factor:  # another path costs a try all the same
            return _wrong(progress, factor)
        standing = book.stand_in.give_code(sign_in, call.text("code"))
        return _wrong(progress, factor) if standing.refusal is not None else None

    return step


def _messenger(call: Call, sign_in: SignIn[Purpose], progress: Progress) -> Told | None:
    if special_of(sign_in.identity_key).factor != MAX:
        return _wrong(progress, "MAX")
    if call.text("code") != CODE:
        return _wrong(progress, "MAX")
    progress.factor_given = True
    return None


def _wrong(progress: Progress, factor: str) -> Told:
    progress.codes_wrong += 1
    left = max(_TRIES - progress.codes_wrong, 0)
    name = {"sms": "otp_details", "totp": "ttp_details"}.get(factor, "otp_max_details")
    kind = {"sms": "SMS", "totp": "TTP"}.get(factor, "MAX")
    return {
        "failed": "INVALID_OTP",
        "mfa_details": {"type": kind, name: {"verify_attempts_left": left}},
    }


def _push(call: Call, _: SignIn[Purpose], progress: Progress) -> Told | None:
    if progress.challenge is None or call.text("challenge_id") != progress.challenge:
        return {"failed": "CHALLENGE_NOT_FOUND"}
    if not progress.approved:
        return _pushed(progress.challenge)
    progress.factor_given = True
    return None


def _special_factor(call: Call, factor: str, progress: Progress) -> Told:
    if factor == PUSH:
        progress.challenge = progress.challenge or call.service.draws.guid()
        return _pushed(progress.challenge)
    details = {"phone": "+7(9**)***-**-16", "code_length": len(CODE), "verify_timeout_secs": _LIFE}
    details["verify_attempts_left"] = _TRIES
    return {"action": "ENTER_MFA", "mfa_details": {"type": MAX, "otp_max_details": details}}


def _pushed(challenge: str) -> Told:
    details = {"challenge_id": challenge, "state": "sandbox"}
    return {"action": "ENTER_MFA", "mfa_details": {"type": PUSH, "push_details": details}}


def _declined(offer: str) -> Step:
    def step(call: Call, sign_in: SignIn[Purpose], progress: Progress) -> Told | None:
        if special_of(sign_in.identity_key).stubborn:
            return go_on(call, sign_in)
        progress.declined.add(offer)
        return None

    return step


def _allow(_: Call, __: SignIn[Purpose], progress: Progress) -> Told | None:
    progress.consented = True
    return None


def _nothing(call: Call, sign_in: SignIn[Purpose], _: Progress) -> Told | None:
    if sign_in.identity_key is None:
        return {"action": "ENTER_LOGIN"}
    return go_on(call, sign_in)


# -- anomalies ----------------------------------------------------------------------------------


def _anomaly(kind: str, guid: str) -> Told:
    details = {"type": kind, "guid": guid}
    return {"action": "SOLVE_ANOMALY_REACTION", "reaction_details": details}


def _cleared(call: Call, progress: Progress) -> bool:
    if progress.guid is None or call.text("guid") != progress.guid:
        return False
    progress.cleared.add(progress.anomaly_of or "")
    progress.guid = None
    return True


def _risk_code(call: Call, _: SignIn[Purpose], progress: Progress) -> Told | None:
    if call.text("guid") != progress.guid:
        return {"failed": "GUID_NOT_FOUND"}
    return {"phone": "+7(9**)***-**-03", "code_length": len(CODE)}


def _risk_verified(call: Call, _: SignIn[Purpose], progress: Progress) -> Told | None:
    if call.text("code") != CODE:
        return {"failed": "INVALID_OTP"}
    return {"action": "ENTER_LOGIN"} if _cleared(call, progress) else {"failed": "GUID_NOT_FOUND"}


def _question_answered(call: Call, _: SignIn[Purpose], progress: Progress) -> Told | None:
    if call.text("answer").casefold() != QUESTION_ANSWER.casefold():
        return {"failed": "INVALID_ANSWER"}
    return {"action": "ENTER_LOGIN"} if _cleared(call, progress) else {"failed": "GUID_NOT_FOUND"}


def _picture_verified(call: Call, _: SignIn[Purpose], progress: Progress) -> Told | None:
    solved = book_of(call).progress.solved
    if call.text("verify_token") not in solved or not _cleared(call, progress):
        return {"failed": "CAPTCHA_NOT_VERIFIED"}
    solved.discard(call.text("verify_token"))
    return {"action": "ENTER_LOGIN"}


def _json(told: Told, status: int = 200) -> Response:
    return Response(encode(told), status, media_type=JSON_TYPE)
