"""A token that the person brings (notes 2.2, 2.3)."""

from typing import ClassVar

from pydantic import SecretStr

from gateway.core.contract.flow import Next, SignedIn, StepInput, keys_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import FormField, Step, Words
from gateway.core.errors import TokenRejected
from gateway_eljur.login import words
from gateway_eljur.login.absent import asking_school
from gateway_eljur.login.addresses import pasted
from gateway_eljur.login.base import SchoolFlow, at_school
from gateway_eljur.login.schools import School
from gateway_eljur.login.session import Grant, open_session
from gateway_eljur.login.users import chosen, welcome


class TokenFlow(SchoolFlow):
    """A token of the interface, or one of a sign-in through Gosuslugi, which tells the schools.

    The school may be left out where the token came in an address, or where the host is known and
    the token tells the schools itself.
    """

    title: ClassVar[Words] = words.SIGN_IN
    fields: ClassVar[tuple[FormField, ...]] = (
        FormField(name="token", label=words.TOKEN, secret=True, hint=words.TOKEN_HINT),
    )
    needs_school: ClassVar[bool] = False

    def named(self, fields: dict[str, str]) -> str:
        """The school as it was named, else the address that held the token."""
        token = pasted(fields["token"])
        address = None if token is None else token.address
        return super().named(fields) or address or ""

    def vendor_needed(self, fields: dict[str, str]) -> bool:
        """Whether it is a token that does not tell its school."""
        token = pasted(fields["token"])
        return token is not None and token.auth_token is not None

    async def proceed(self, link: LoginLink, school: School, fields: dict[str, str]) -> Next:
        """Tries the token.

        Raises:
            TokenRejected: There is none, or it opens nothing.
            SchoolUnknown: The diary does not know the school.
        """
        token = pasted(fields["token"])
        if token is None:
            raise TokenRejected("there is no token in the answer", text=words.NO_TOKEN)
        is_named = self.is_named(link, fields)
        with at_school(link, school):
            if token.v_token is not None:
                return await welcome(link, token.v_token, self.method, is_named=is_named)
            grant = Grant(school.vendor or "", SecretStr(token.auth_token or ""))
            with asking_school(is_named=is_named):
                return SignedIn((await open_session(link, grant, self.method),))

    async def further(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Opens the users that the person chose."""
        return await chosen(link, keys_of(answer), self.method)
