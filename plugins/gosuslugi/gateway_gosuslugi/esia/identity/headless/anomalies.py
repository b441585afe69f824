"""What ЕСИА asks when a sign-in looks risky; a person answers, nothing is solved here."""

from typing import Final

from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Captcha, CodeMedium, OneTimeCode, Question, Step, StepError
from gateway.core.errors import CaptchaRequired, LoginError, WrongCaptcha
from gateway_gosuslugi.esia.identity import words
from gateway_gosuslugi.esia.identity.headless import wire
from gateway_gosuslugi.esia.identity.headless.calls import API, ask, post, send
from gateway_gosuslugi.esia.identity.headless.factors import code_step
from gateway_gosuslugi.esia.identity.stages import KEY, Stage, enter

PICTURE, QUESTION = "О.ЗД1", "О.ЗИ1"
_OWN_PICTURE: Final = "esiacaptcha"
_MOST_PICTURE: Final = 256 * 1024
_CAPTCHA: Final = "/captcha/api/public/v2"
_GUID, _SESSION = f"{KEY}guid", f"{KEY}captcha_session"


async def react(link: LoginLink, details: wire.ReactionDetails) -> Step:
    """The step of an anomaly.

    Raises:
        LoginError: It is of a kind that only the page knows.
    """
    if not details.guid:
        raise LoginError("ЕСИА asks for something unknown", text=words.USE_BROWSER)
    link.state[_GUID] = details.guid
    if details.type == PICTURE:
        return await picture(link)
    if details.type == QUESTION:
        return await _question(link)
    return await _code(link)


async def picture(link: LoginLink, error: LoginError | None = None) -> Captcha:
    """A picture for the person.

    Raises:
        CaptchaRequired: It is a captcha of somebody else's, which only the page can show.
    """
    kind = await ask(link, "GET", f"{_CAPTCHA}/type", shape=wire.CaptchaKind)
    if kind.captcha_type != _OWN_PICTURE or not kind.captcha_session:
        raise CaptchaRequired("ЕСИА shows another kind of captcha", text=words.USE_BROWSER)
    session = kind.captcha_session
    answer = await send(link, "GET", f"{_CAPTCHA}/image", session=session)
    if not answer.media_type.startswith("image/") or len(answer.body) > _MOST_PICTURE:
        raise CaptchaRequired("ЕСИА shows no picture", text=words.USE_BROWSER)
    enter(link, Stage.CAPTCHA)
    link.state[_SESSION] = session
    return Captcha(
        title=words.CAPTCHA,
        image=answer.body,
        media_type=answer.media_type,
        error=None if error is None else StepError.of(error),
    )


async def picture_solved(link: LoginLink, text: str) -> wire.Answer | Captcha:
    """What follows the characters: the sign-in goes on, or another picture."""
    told = await ask(
        link,
        "POST",
        f"{_CAPTCHA}/verify",
        shape=wire.CaptchaVerified,
        body={"answer": text.strip(), "captchaType": _OWN_PICTURE},
        session=link.state[_SESSION],
    )
    if not told.verify_token:
        return await picture(link, WrongCaptcha())
    params = {"guid": link.state[_GUID], "verify_token": told.verify_token}
    return await post(link, "/anomaly/captcha/verify", params=params)


async def question_answered(link: LoginLink, text: str) -> wire.Answer:
    """What follows the answer to a control question."""
    body = {"answer": text.strip(), "guid": link.state[_GUID]}
    return await post(link, "/anomaly/question/answer", body=body)


async def code_entered(link: LoginLink, code: str) -> wire.Answer:
    """What follows the code of a risk check."""
    body = {"code": code, "guid": link.state[_GUID]}
    return await post(link, "/login/anomaly-reaction/verify", body=body)


async def _question(link: LoginLink) -> Question:
    found = await ask(
        link,
        "GET",
        "/anomaly-resolver/api/reaction/question",
        shape=wire.ControlQuestion,
        params={"guid": link.state[_GUID]},
    )
    if not found.question_text:
        raise LoginError("ЕСИА asks an empty question", text=words.USE_BROWSER)
    enter(link, Stage.QUESTION)
    return Question(title=words.QUESTION, question=found.question_text, secret=True)


async def _code(link: LoginLink) -> OneTimeCode:
    found = await ask(
        link,
        "POST",
        f"{API}/login/anomaly-reaction/start",
        shape=wire.ReactionStart,
        body={"guid": link.state[_GUID]},
    )
    if found.phone is None and found.code_length is None:
        raise LoginError("ЕСИА asks for something unknown", text=words.USE_BROWSER)
    enter(link, Stage.RISK_CODE)
    details = wire.CodeDetails(phone=found.phone, code_length=found.code_length)
    return code_step(CodeMedium.SMS, details, link.now())
