"""Wire types of the sign-in page's own calls."""

from typing import Annotated

from msgspec import Struct

from gateway.core.contract.evidence import Assumed, Seen


class CodeDetails(Struct):
    """`otp_details`, `ttp_details`, `otp_max_details`."""

    phone: Annotated[str | None, Seen(2)] = None
    code_length: Annotated[int | None, Seen(2)] = None
    verify_timeout_secs: Annotated[int | None, Seen(2)] = None
    verify_attempts_left: Annotated[int | None, Seen(2)] = None


class PushDetails(Struct):
    """What a push confirmation is asked for by."""

    challenge_id: Annotated[str | None, Assumed("the poll sends it back")] = None
    state: Annotated[str | None, Assumed("the poll sends it back")] = None


class MfaDetails(Struct):
    """`mfa_details`."""

    type: Annotated[str | None, Seen(4)] = None
    otp_details: Annotated[CodeDetails | None, Seen(3)] = None
    ttp_details: Annotated[CodeDetails | None, Seen(2)] = None
    otp_max_details: Annotated[CodeDetails | None, Seen(1)] = None
    push_details: Annotated[PushDetails | None, Assumed("named like the others")] = None
    verify_attempts_left: Annotated[int | None, Seen(1)] = None


class MaxDetails(Struct):
    """`max_details`."""

    skippable: Annotated[bool, Seen(1)] = False


class ReactionDetails(Struct):
    """`reaction_details`."""

    type: Annotated[str | None, Seen(2)] = None
    guid: Annotated[str | None, Seen(2)] = None


class Answer(Struct):
    """The one shape of every answer."""

    failed: Annotated[str | None, Seen(6)] = None
    redirect_url: Annotated[str | None, Seen(6)] = None
    action: Annotated[str | None, Seen(6)] = None
    mfa_details: Annotated[MfaDetails | None, Seen(4)] = None
    max_details: Annotated[MaxDetails | None, Seen(1)] = None
    reaction_details: Annotated[ReactionDetails | None, Seen(2)] = None


class ReactionStart(Struct):
    """A code was sent because of a risk."""

    phone: Annotated[str | None, Seen(1)] = None
    code_length: Annotated[int | None, Seen(1)] = None


class CaptchaKind(Struct, rename="camel"):
    """What a picture is asked by."""

    captcha_type: Annotated[str | None, Seen(2)] = None
    captcha_session: Annotated[str | None, Seen(2)] = None


class CaptchaVerified(Struct):
    """The characters were right."""

    verify_token: Annotated[str | None, Seen(2)] = None


class ControlQuestion(Struct):
    """A control question."""

    question_text: Annotated[str | None, Seen(2)] = None


class QrCode(Struct):
    """A code to scan."""

    signed_token: Annotated[str | None, Seen(2)] = None
    qr_id: Annotated[str | None, Seen(2)] = None


class QrError(Struct):
    """Why a code is over."""

    code: Annotated[str | None, Seen(2)] = None


class QrEvent(Answer):
    """An event of a code's stream: the answer of a sign-in, or why there will be none."""

    error: Annotated[QrError | None, Seen(2)] = None
