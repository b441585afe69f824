"""Asks the person at the terminal whatever a login step wants to know.

Secrets come from `DIARY_LOGIN`, `DIARY_PASSWORD`, `DIARY_CODE`, `DIARY_TOKEN`, from a prompt or
from standard input, never from the command line.
"""

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import typer
from pydantic import SecretStr

from gateway.cli.browser import complete
from gateway.cli.loopback import wait_for_redirect
from gateway.cli.output import Output
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import (
    Captcha,
    Choice,
    CompletedBy,
    Confirm,
    Form,
    FormField,
    OneTimeCode,
    Question,
    Redirect,
    ShowQr,
    Step,
    WaitForApproval,
    Words,
)
from gateway.core.errors import InteractionRequired

VARIABLES: Final[Mapping[str, str]] = {
    "login": "DIARY_LOGIN",
    "password": "DIARY_PASSWORD",
    "code": "DIARY_CODE",
    "token": "DIARY_TOKEN",
}


class TerminalAsker:
    """Answers steps from the environment once, then asks the person."""

    def __init__(self, output: Output, *, browser: bool = False) -> None:
        self._output = output
        self._browser = browser
        self._environ = {
            name: os.environ[variable]
            for name, variable in VARIABLES.items()
            if os.environ.get(variable)
        }

    async def __call__(self, step: Step) -> StepInput:
        """The answer to a step.

        Raises:
            InteractionRequired: Nobody sits at the terminal.
        """
        if step.title is not None:
            self._tell(step.title)
        if step.error is not None:
            self._tell(step.error.words, style="bold red")
        match step:
            case Form():
                return {item.name: self._field(item) for item in step.fields}
            case Choice():
                return self._choice(step)
            case OneTimeCode():
                where = f" → {step.sent_to}" if step.sent_to else ""
                return self._ask("code", self._pick("Код", "Code") + where, secret=False)
            case Captcha():
                return self._captcha(step)
            case Redirect():
                return await self._redirect(step)
            case Confirm():
                self._tell(step.question)
                self._need_person(step.type)
                return typer.confirm(self._pick("Согласны?", "Do you agree?"), err=True)
            case Question():
                return self._ask("", step.question, secret=step.secret)
            case ShowQr() | WaitForApproval():
                raise InteractionRequired(f"{step.type} is waited for, not answered")

    def show(self, step: ShowQr | WaitForApproval) -> None:
        """Shows what is waited for."""
        if step.title is not None:
            self._tell(step.title)
        text = step.content if isinstance(step, ShowQr) else step.device or ""
        self._output.errors.print(text, markup=False)

    def _field(self, field: FormField) -> str | SecretStr:
        label = self._words(field.label)
        if field.hint is not None:
            self._tell(field.hint)
        value = self._ask(field.name, label, secret=field.secret, required=field.required)
        return SecretStr(value) if field.secret else value

    def _ask(self, name: str, label: str, *, secret: bool, required: bool = True) -> str:
        given = self._environ.pop(name, None)
        if given is not None:
            return given
        if not sys.stdin.isatty():
            line = sys.stdin.readline().rstrip("\n")
            if not line and required:
                self._need_person(name or "question")
            return line
        default = None if required else ""
        answer: str = typer.prompt(label, hide_input=secret, default=default, err=True)
        return answer

    def _choice(self, step: Choice) -> StepInput:
        for number, option in enumerate(step.options, 1):
            note = f" — {option.note}" if option.note else ""
            self._output.errors.print(f"{number}. {option.label}{note}", markup=False)
        several = self._pick(" (через запятую)", " (comma-separated)") if step.multiple else ""
        text = self._ask("", self._pick("Номер", "Number") + several, secret=False)
        keys = []
        for part in re.split(r"[,\s]+", text.strip()):
            known = part.isdecimal() and 0 < int(part) <= len(step.options)
            keys.append(step.options[int(part) - 1].key if known else part)
        return keys if step.multiple else keys[0]

    def _captcha(self, step: Captcha) -> str:
        suffix = "." + step.media_type.rpartition("/")[2]
        with tempfile.NamedTemporaryFile(suffix=suffix, delete=False) as file:
            file.write(step.image)
        try:
            self._output.errors.print(
                self._pick("Картинка: ", "Picture: ") + file.name, markup=False
            )
            return self._ask("", self._pick("Символы с картинки", "Characters"), secret=False)
        finally:
            Path(file.name).unlink(missing_ok=True)

    async def _redirect(self, step: Redirect) -> StepInput:
        if self._browser:
            return await complete(step)
        self._output.errors.print(step.url, markup=False, soft_wrap=True)
        if step.completes_by is CompletedBy.LOOPBACK:
            return await wait_for_redirect(step)
        if step.completes_by is CompletedBy.COOKIES:
            return {name: self._ask("", name, secret=True) for name in step.cookie_names}
        label = self._pick("Адрес, на котором вход закончился", "Address where it ended")
        return self._ask("", label, secret=False)

    def _need_person(self, what: str) -> None:
        if not sys.stdin.isatty():
            raise InteractionRequired(f"somebody has to answer: {what}", reason=what)

    def _tell(self, words: Words, style: str | None = None) -> None:
        self._output.errors.print(self._words(words), style=style, markup=False)

    def _words(self, words: Words) -> str:
        return words.ru if self._output.language == "ru" else words.en

    def _pick(self, ru: str, en: str) -> str:
        return self._output.pick(ru, en)
