"""Registration with an invite code of the school (notes 2.6); its wire form is assumed."""

from enum import StrEnum
from typing import ClassVar, Final
from urllib.parse import parse_qsl, urlsplit

from pydantic import SecretStr

from gateway.core.contract.flow import Next, StepInput, fields_of, keys_of, text_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import (
    Choice,
    CodeMedium,
    Form,
    FormField,
    OneTimeCode,
    Option,
    Step,
    StepAction,
    Words,
)
from gateway.core.errors import EmailNotConfirmed, FlowError, PasswordRejected
from gateway_eljur.login import invite_wire, words
from gateway_eljur.login.absent import asking_school
from gateway_eljur.login.base import STAGE, SchoolFlow, at_school, keep_fields, kept_fields
from gateway_eljur.login.password import check_password, sign_in
from gateway_eljur.login.schools import School
from gateway_eljur.places import Place

NEW, MINE = "new", "mine"
"""Keys of the choice between a new account and one's own."""

_SCHOOL: Final = "invited_to"
_WORD: Final = "registration"
_ACCOUNT: Final = "account"
_SIGN_IN: Final = "password"
_LONGEST_CODE: Final = 64


class _Stage(StrEnum):
    WAY = "way"
    NEW = "new"
    MINE = "mine"
    LETTER = "letter"
    FIRST_SIGN_IN = "first_sign_in"


class InviteFlow(SchoolFlow):
    """School and code, an account of one's own or a further child for it, the first sign-in.

    The account is opened by its password in the end, and its session says so: a code works once,
    so nobody can sign in by it again.
    """

    title: ClassVar[Words] = words.INVITATION
    fields: ClassVar[tuple[FormField, ...]] = (
        FormField(name="invite_code", label=words.INVITE_CODE, hint=words.INVITE_HINT),
    )

    def check_place(self, place: Place) -> None:
        """Checks that there are passwords at a host."""
        check_password(place)

    async def proceed(self, link: LoginLink, school: School, fields: dict[str, str]) -> Next:
        """Checks the code at once.

        Raises:
            InviteCodeUnknown: There is no such code.
            InviteCodeUsed: It was used.
            InviteCodeExpired: It is too old.
        """
        code = fields["invite_code"].strip()
        with at_school(link, school), asking_school(is_named=self.is_named(link, fields)):
            found = await invite_wire.check_code(link, school.vendor or "", code)
        link.state[_SCHOOL] = school.instance
        link.secrets[_WORD] = SecretStr(found.registration or "")
        if found.role != invite_wire.PARENT:
            return _new_account(link)
        link.state[STAGE] = _Stage.WAY.value
        note = ", ".join(item for item in (found.student, found.class_name) if item) or None
        return Choice(
            title=words.NEW_OR_MINE,
            options=(
                Option(key=NEW, label=words.OPTION_NEW, note=note),
                Option(key=MINE, label=words.OPTION_MINE, note=note),
            ),
        )

    async def further(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Goes on with the way, the account, the code of the letter, or the first sign-in."""
        match link.state[STAGE]:
            case _Stage.WAY:
                return _new_account(link) if keys_of(answer) == (NEW,) else _own_account(link)
            case _Stage.NEW:
                return await self._described(link, fields_of(answer))
            case _Stage.MINE:
                return await self._added(link, fields_of(answer))
            case _Stage.LETTER:
                return await self._confirmed(link, code_in(text_of(answer)))
            case _:
                return await self._first_sign_in(link)

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        """Asks for another letter."""
        if action is not StepAction.RESEND or link.state.get(STAGE) != _Stage.LETTER:
            return await super().act(link, step, action)
        with at_school(link, _school(link)):
            return _letter(link, await invite_wire.resend(link, _word(link)))

    async def _described(self, link: LoginLink, fields: dict[str, str]) -> Next:
        """Sends the new account's data, which bring a letter.

        Raises:
            LoginTaken: Somebody has the login.
            PasswordRejected: The password breaks the rules.
            EmailRejected: The address does not do.
        """
        if fields["password"] != fields["password2"]:
            raise PasswordRejected("the passwords differ", text=words.PASSWORDS_DIFFER)
        login = fields.pop("new_login").strip()
        account = {"middlename": "", **fields, "login": login}
        with at_school(link, _school(link)):
            sent_to = await invite_wire.describe(link, _word(link), account)
        keep_fields(link, _ACCOUNT, {"login": login, "password": fields["password"]})
        return _letter(link, sent_to)

    async def _confirmed(self, link: LoginLink, code: str) -> Next:
        """Gives the code of the letter and opens the account.

        Raises:
            EmailNotConfirmed: There is none.
            WrongCode: It is wrong.
            CodeExpired: It is too old.
        """
        if not code:
            raise EmailNotConfirmed("the letter was not answered")
        with at_school(link, _school(link)):
            await invite_wire.confirm(link, _word(link), code)
        return await self._first_sign_in(link)

    async def _added(self, link: LoginLink, fields: dict[str, str]) -> Next:
        """Adds the child to the person's own account and opens it.

        Raises:
            WrongCredentials: Login and password do not do.
            AlreadyRegistered: The child is there already.
        """
        login, password = fields["login"].strip(), fields["password"]
        with at_school(link, _school(link)):
            await invite_wire.add_child(link, _word(link), login, password)
        keep_fields(link, _ACCOUNT, {"login": login, "password": password})
        return await self._first_sign_in(link)

    async def _first_sign_in(self, link: LoginLink) -> Next:
        """Opens the account; from here on any answer tries that again."""
        link.state[STAGE] = _Stage.FIRST_SIGN_IN.value
        account = kept_fields(link, _ACCOUNT)
        return await sign_in(
            link, _school(link), account["login"], account["password"], _SIGN_IN, is_named=False
        )


def code_in(text: str) -> str:
    """The code in what a person pasted: bare, or in the link of the letter."""
    text = text.strip()
    if "://" not in text:
        return text[:_LONGEST_CODE]
    try:
        parts = urlsplit(text)
        query = dict(parse_qsl(parts.query, max_num_fields=50))
    except ValueError:
        return ""
    return (query.get("code") or parts.path.rstrip("/").rpartition("/")[2])[:_LONGEST_CODE]


def _new_account(link: LoginLink) -> Form:
    link.state[STAGE] = _Stage.NEW.value
    return Form(
        title=words.NEW_ACCOUNT,
        fields=(
            FormField(name="new_login", label=words.LOGIN, hint=words.LOGIN_RULES),
            FormField(
                name="password", label=words.PASSWORD, hint=words.PASSWORD_RULES, secret=True
            ),
            FormField(name="password2", label=words.REPEAT, secret=True),
            FormField(name="lastname", label=words.SURNAME),
            FormField(name="firstname", label=words.GIVEN_NAME),
            FormField(name="middlename", label=words.PATRONYMIC, required=False),
            FormField(name="email", label=words.EMAIL),
        ),
    )


def _own_account(link: LoginLink) -> Form:
    link.state[STAGE] = _Stage.MINE.value
    return Form(title=words.MY_ACCOUNT, fields=words.credential_fields())


def _letter(link: LoginLink, sent_to: str | None) -> OneTimeCode:
    link.state[STAGE] = _Stage.LETTER.value
    return OneTimeCode(
        title=words.LETTER,
        medium=CodeMedium.EMAIL,
        sent_to=sent_to,
        actions=(StepAction.SUBMIT, StepAction.RESEND, StepAction.CANCEL),
    )


def _school(link: LoginLink) -> School:
    place, _, vendor = link.state[_SCHOOL].partition(".")
    return School(place, vendor)


def _word(link: LoginLink) -> str:
    try:
        return link.secrets[_WORD].get_secret_value()
    except KeyError:
        raise FlowError("no registration has begun") from None
