"""Steps are answered from the environment once, then by the person."""

import asyncio
import io
import sys

import pytest
from pydantic import SecretStr

from gateway.cli.commands.login import drive
from gateway.cli.loopback import wait_for_redirect
from gateway.cli.output import Output
from gateway.cli.prompts import TerminalAsker
from gateway.core.contract.steps import (
    Captcha,
    Choice,
    CodeMedium,
    CompletedBy,
    Confirm,
    Form,
    FormField,
    OneTimeCode,
    Option,
    Question,
    Redirect,
    ShowQr,
    StepError,
    Words,
)
from gateway.core.errors import (
    InteractionRequired,
    SignInCancelled,
    Text,
    TokenRejected,
    WrongCode,
)
from tests.core.scripted import PasswordFlow, ScriptedCarrier, gateway

WORDS = Words(ru="Слово", en="Word")
FORM = Form(
    fields=(
        FormField(name="login", label=WORDS),
        FormField(name="password", label=WORDS, secret=True),
        FormField(name="more", label=WORDS, required=False),
    )
)
CHOICE = Choice(options=(Option(key="a", label="A"), Option(key="b", label="B", note="school")))


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> "pytest.MonkeyPatch":
    for name in ("DIARY_LOGIN", "DIARY_PASSWORD", "DIARY_CODE", "DIARY_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def stdin(patch: pytest.MonkeyPatch, text: str) -> None:
    patch.setattr(sys, "stdin", io.StringIO(text))


async def test_secrets_come_from_the_environment_and_only_once(typed: pytest.MonkeyPatch) -> None:
    typed.setenv("DIARY_LOGIN", "parent")
    typed.setenv("DIARY_PASSWORD", "secret")
    stdin(typed, "\nother\nwrong\n\n")
    asker = TerminalAsker(Output())
    first = await asker(FORM)
    second = await asker(FORM)
    assert first == {"login": "parent", "password": SecretStr("secret"), "more": ""}
    assert second == {"login": "other", "password": SecretStr("wrong"), "more": ""}


async def test_every_kind_of_step_is_answered(typed: pytest.MonkeyPatch) -> None:
    stdin(typed, "2\n1, 2\n123456\nxyz\nblue\nhttps://done.example/?code=1\n")
    asker = TerminalAsker(Output())
    assert await asker(CHOICE) == "b"
    assert await asker(CHOICE.model_copy(update={"multiple": True})) == ["a", "b"]
    code = OneTimeCode(medium=CodeMedium.SMS, sent_to="+7***00", error=StepError.of(WrongCode()))
    assert await asker(code) == "123456"
    assert await asker(Captcha(image=b"picture")) == "xyz"
    assert await asker(Question(question="Цвет?")) == "blue"
    step = Redirect(url="https://start.example", completes_by=CompletedBy.FINAL_URL)
    assert await asker(step) == "https://done.example/?code=1"


async def test_cookies_are_asked_by_name(typed: pytest.MonkeyPatch) -> None:
    stdin(typed, "one\ntwo\n")
    step = Redirect(
        url="https://start.example",
        completes_by=CompletedBy.COOKIES,
        cookie_names=("a", "b"),
    )
    assert await TerminalAsker(Output())(step) == {"a": "one", "b": "two"}


async def test_a_consent_is_never_given_without_a_person(typed: pytest.MonkeyPatch) -> None:
    stdin(typed, "yes\n")
    with pytest.raises(InteractionRequired):
        await TerminalAsker(Output())(Confirm(question=WORDS))


async def test_what_is_waited_for_is_not_answered() -> None:
    with pytest.raises(InteractionRequired):
        await TerminalAsker(Output())(ShowQr(content="code", poll_after=1))


async def test_a_loopback_redirect_is_caught(unused_tcp_port: int) -> None:

    place = f"http://127.0.0.1:{unused_tcp_port}/done"
    step = Redirect(url="https://start.example", completes_by=CompletedBy.LOOPBACK, pattern=place)
    waiting = asyncio.create_task(wait_for_redirect(step))

    async def come_back() -> bytes:
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
            except ConnectionRefusedError:
                await asyncio.sleep(0)
                continue
            writer.write(b"GET /done?code=1&state=2 HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = await reader.read()
            writer.close()
            return answer

    assert b"200 OK" in await come_back()
    assert await waiting == f"{place}?code=1&state=2"


async def test_a_loopback_step_without_an_address_is_refused() -> None:
    step = Redirect(url="https://start.example", completes_by=CompletedBy.LOOPBACK)
    with pytest.raises(SignInCancelled):
        await wait_for_redirect(step)


async def test_a_refusal_that_nobody_can_answer_keeps_its_own_words(
    typed: pytest.MonkeyPatch,
) -> None:
    words = Text("Ключ другого региона.", "The token is of another region.")

    async def refuse(*_: object) -> None:
        raise TokenRejected("of another region", text=words)

    typed.setattr(PasswordFlow, "submit", refuse)
    typed.setenv("DIARY_LOGIN", "parent")
    typed.setenv("DIARY_PASSWORD", "secret")
    stdin(typed, "")
    async with gateway(ScriptedCarrier()) as made:
        begun = await made.begin_login("sample")
        with pytest.raises(TokenRejected) as caught:
            await drive(made, begun, TerminalAsker(Output()))
    assert caught.value.text == words
