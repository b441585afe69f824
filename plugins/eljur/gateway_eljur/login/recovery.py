"""A letter for those who have forgotten their password (notes 2.5)."""

from typing import ClassVar

from gateway.core.contract.flow import Finished, Next
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import FormField, Words
from gateway.core.errors import EmailRejected
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_eljur.login import words
from gateway_eljur.login.absent import asking_school, check_stayed
from gateway_eljur.login.base import SchoolFlow, at_school
from gateway_eljur.login.password import check_password
from gateway_eljur.login.schools import School
from gateway_eljur.login.wire import Recovery
from gateway_eljur.places import Place
from gateway_eljur.routes import RECOVER, WEB


class RecoveryFlow(SchoolFlow):
    """The school's site sends a letter, if the e-mail is bound to an account."""

    title: ClassVar[Words] = words.RECOVERY
    fields: ClassVar[tuple[FormField, ...]] = (FormField(name="email", label=words.EMAIL),)
    needs_devkey: ClassVar[bool] = False
    needs_vendor: ClassVar[bool] = False

    def check_place(self, place: Place) -> None:
        """Checks that there are passwords at a host."""
        check_password(place)

    async def proceed(self, link: LoginLink, school: School, fields: dict[str, str]) -> Next:
        """Asks for the letter.

        Raises:
            EmailRejected: No account is bound to the address.
        """
        with at_school(link, school), asking_school(is_named=self.is_named(link, fields)):
            response = await link.request(
                WEB,
                "POST",
                RECOVER,
                kind=RequestKind.AUTH,
                headers={"Accept": "application/json"},
                body=Body.of_form({"email": fields["email"].strip()}),
                template=RECOVER,
            )
            check_stayed(response)
            found = decode(response, Recovery, link.note)
        if found.result is not True:
            raise EmailRejected("the site sends no letter", text=words.EMAIL_NOT_BOUND)
        return Finished()
