"""A token that the person brings (protocol notes 2.5)."""

from pydantic import SecretStr

from gateway.core.contract.flow import Next, StepInput, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Step
from gateway.core.errors import TokenRejected
from gateway_mos_ru.login import words
from gateway_mos_ru.login.base import MosFlow
from gateway_mos_ru.login.claims import claims_of, other_node, token_of
from gateway_mos_ru.login.grants import Family, Grant
from gateway_mos_ru.nodes import BY_PROVIDER, Node


class TokenFlow(MosFlow):
    """A pasted token. Those of a regional node renew themselves, those of Moscow do not."""

    async def start(self, link: LoginLink) -> Next:
        """Asks for the token."""
        return words.token_form()

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Tries the token.

        Raises:
            TokenRejected: There is none, it is too old or of another region, or opens nothing.
        """
        token = checked(link, fields_of(answer)["token"])
        if node_of(link).is_moscow:
            grant = Grant(family=Family.PASTED, access_token=SecretStr(token))
        else:
            grant = Grant.of_itself(Family.PASTED, token)
        return await self.welcome(link, grant)


def checked(link: LoginLink, text: str) -> str:
    """The token in a text, if it is alive and of this installation.

    Raises:
        TokenRejected: It is not; the error says whose it is.
    """
    token = token_of(text)
    claims = None if token is None else claims_of(token)
    if token is None or claims is None:
        raise TokenRejected("there is no token in the answer", text=words.NO_TOKEN)
    other = other_node(claims, node_of(link))
    if isinstance(other, Node):
        raise TokenRejected(f"the token is of {other.provider}", text=words.of_another(other.title))
    if other is not None:
        raise TokenRejected("the token is of another region", text=words.of_region(other))
    if claims.expires_at is not None and claims.expires_at <= link.now():
        raise TokenRejected("the token has expired", text=words.EXPIRED_TOKEN)
    return token


def node_of(link: LoginLink) -> Node:
    """The installation that is signed in to."""
    return BY_PROVIDER[link.declaration.name]
