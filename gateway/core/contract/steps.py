"""The steps of a login, typed so that any user interface can drive them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.core.errors import ERRORS, GatewayError, LoginError, Text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Words(_Part):
    """A sentence for the person in both languages."""

    ru: str = Field(description="In Russian.")
    en: str = Field(description="In English.")

    @classmethod
    def of(cls, text: Text) -> "Words":
        """The same sentence as a step carries it."""
        return cls(ru=text.ru, en=text.en)


class StepError(_Part):
    """Why the last answer did not do."""

    code: str = Field(description="Stable code of the error tree.")
    words: Words = Field(description="What to tell the person.")

    @classmethod
    def of(cls, error: LoginError) -> "StepError":
        """What a step shows of an error."""
        return cls(code=error.code, words=Words.of(error.text))

    def to_error(self, provider: str | None = None) -> GatewayError:
        """The error again, with the words that the step shows: they may say more than its kind."""
        text = Text(self.words.ru, self.words.en)
        return ERRORS[self.code](text.en, provider=provider, text=text)


class StepAction(StrEnum):
    """What a person may do at a step besides answering."""

    SUBMIT = "submit"
    RESEND = "resend"
    SWITCH = "switch"
    CANCEL = "cancel"


class _Step(_Part):
    title: Words | None = Field(None, description="What this step is for.")
    actions: tuple[StepAction, ...] = Field(
        (StepAction.SUBMIT, StepAction.CANCEL), description="What may be done."
    )
    poll_after: float | None = Field(
        None, description="Seconds after which to call `poll()`; None where nothing is awaited."
    )
    expires_at: datetime | None = Field(None, description="UTC end of this step.")
    error: StepError | None = Field(None, description="Why the last answer did not do.")
    attempts_left: int | None = Field(None, description="Tries left, where the provider tells.")


class FormField(_Part):
    """One field of a form."""

    name: str = Field(description="Key of the answer.")
    label: Words = Field(description="What to write beside it.")
    secret: bool = Field(False, description="Whether it must not be shown or logged.")
    required: bool = Field(True, description="Whether it may stay empty.")
    pattern: str | None = Field(None, description="Regular expression of valid answers.")
    hint: Words | None = Field(None, description="Rules or an example.")


class Form(_Step):
    """Fields to fill in; answered by a mapping of names to text."""

    type: Literal["form"] = "form"
    fields: tuple[FormField, ...] = Field(description="Fields in order.")


class Option(_Part):
    """One thing to choose."""

    key: str = Field(description="Key of the answer.")
    label: str = Field(description="What to show.")
    note: str | None = Field(None, description="Second line, such as the school.")


class Choice(_Step):
    """Something to choose; answered by a key or, with `multiple`, by several."""

    type: Literal["choice"] = "choice"
    options: tuple[Option, ...] = Field(description="What there is.")
    multiple: bool = Field(False, description="Whether several may be chosen at once.")


class CodeMedium(StrEnum):
    """How a one-time code travels."""

    SMS = "sms"
    EMAIL = "email"
    APP = "app"
    CALL = "call"
    MESSENGER = "messenger"
    UNKNOWN = "unknown"


class OneTimeCode(_Step):
    """A code to enter; answered by text."""

    type: Literal["one_time_code"] = "one_time_code"
    medium: CodeMedium = Field(description="How it travels.")
    sent_to: str | None = Field(None, description="Masked address or phone.")
    length: int | None = Field(None, description="Number of characters.")


class Captcha(_Step):
    """Characters on a picture, solved by the person and nobody else; answered by text."""

    type: Literal["captcha"] = "captcha"
    image: bytes = Field(description="The picture.")
    media_type: str = Field("image/png", description="Its media type.")

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


class CompletedBy(StrEnum):
    """What ends a redirect."""

    LOOPBACK = "loopback"
    APP_SCHEME_URL = "app_scheme_url"
    FINAL_URL = "final_url"
    COOKIES = "cookies"


class Redirect(_Step):
    """An address to open in the person's own browser.

    Answered by the final address, or for `cookies` by a mapping of their names to values.
    """

    type: Literal["redirect"] = "redirect"
    url: str = Field(description="Address to open.")
    completes_by: CompletedBy = Field(description="What ends it.")
    pattern: str | None = Field(
        None, description="Regular expression of the final address, or the loopback path."
    )
    cookie_domain: str | None = Field(None, description="Domain whose cookies are wanted.")
    cookie_names: tuple[str, ...] = Field((), description="Cookies that are wanted.")


class ShowQr(_Step):
    """Something to scan with a phone; then poll."""

    type: Literal["show_qr"] = "show_qr"
    content: str = Field(description="Text of the code.")


class WaitForApproval(_Step):
    """An approval on another device; then poll."""

    type: Literal["wait_for_approval"] = "wait_for_approval"
    device: str | None = Field(None, description="Masked name of the device or phone.")


class Confirm(_Step):
    """A consent or a linking that only the person may decide; answered by true or false."""

    type: Literal["confirm"] = "confirm"
    question: Words = Field(description="What is asked.")
    url: str | None = Field(None, description="Where the full text stands.")


class Question(_Step):
    """A control question; answered by text."""

    type: Literal["question"] = "question"
    question: str = Field(description="The question in the provider's words.")
    secret: bool = Field(False, description="Whether the answer must not be shown.")


Step = Annotated[
    Form
    | Choice
    | OneTimeCode
    | Captcha
    | Redirect
    | ShowQr
    | WaitForApproval
    | Confirm
    | Question,
    Field(discriminator="type"),
]
