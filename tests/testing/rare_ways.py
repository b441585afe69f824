"""The example provider with the two ways in that are unlike the others: a code that works once,
and recovery of access, which opens nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from gateway.core.contract.declaration import LoginMethod
from gateway.core.contract.emulator import ASGIApp, SandboxAccount
from gateway.core.contract.flow import Finished, LoginFlow, Next, StepInput, fields_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Form, FormField, Step, Words
from gateway.core.errors import BadResponse, InviteCodeUsed, Text
from gateway.sandbox.world import World, WorldState
from gateway.testing.bench import Bench
from gateway_lighthouse.adapter import LighthouseAdapter
from gateway_lighthouse.declaration import LIGHTHOUSE
from gateway_lighthouse.emulator import site_token
from gateway_lighthouse.login import ask, open_session
from tests.testing.mutants import FewAccounts, bench_of

_INVITED = {"account-student": "4100", "account-second-factor": "4200"}
"""Accounts with an invite code, which share no child."""


def _form(name: str) -> Form:
    return Form(fields=(FormField(name=name, label=Words(ru="Поле", en="Field")),))


class InviteLogin(LoginFlow):
    """Opens an account by a code; from then on its person has a password."""

    named: ClassVar[str] = "password"

    async def start(self, link: LoginLink) -> Next:
        return _form("invite")

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        tokens = await ask(link, "/v1/invite", fields_of(answer))
        if tokens.access_token is None:
            raise InviteCodeUsed
        return await open_session(link, tokens, self.named)


class RecoveryLogin(LoginFlow):
    """Asks for a letter and ends."""

    async def start(self, link: LoginLink) -> Next:
        return _form("email")

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        letter = await ask(link, "/v1/recover", fields_of(answer))
        if letter.sent_to is None:
            raise BadResponse("nobody knows whether a letter was sent")
        return Finished()


class RareWays(LighthouseAdapter):
    """Knows both of them."""

    flows: ClassVar[dict[str, type[LoginFlow]]] = {
        "invite_code": InviteLogin,
        "recovery": RecoveryLogin,
    }

    def login_flow(self, method: str) -> LoginFlow:
        return self.flows[method]() if method in self.flows else super().login_flow(method)


class NamesTheCode(RareWays):
    """Leaves sessions that could be renewed only by the used code."""

    class _Flow(InviteLogin):
        named = "invite_code"

    flows: ClassVar[dict[str, type[LoginFlow]]] = {**RareWays.flows, "invite_code": _Flow}


class RecoversIntoTheAccount(RareWays):
    """Calls recovery what signs in."""

    class _Flow(InviteLogin):
        async def start(self, link: LoginLink) -> Next:
            return _form("invite")

    flows: ClassVar[dict[str, type[LoginFlow]]] = {**RareWays.flows, "recovery": _Flow}


class RecoversFromAnything(RareWays):
    """Ends recovery well whatever comes back."""

    class _Flow(RecoveryLogin):
        async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
            await link.request("api", "POST", "/v1/recover")
            return Finished()

    flows: ClassVar[dict[str, type[LoginFlow]]] = {**RareWays.flows, "recovery": _Flow}


class RareEmulator(FewAccounts):
    """«Маяк» whose codes work once, and who sends letters."""

    def app(self, world: World, state: WorldState, *, origin: str) -> ASGIApp:
        tokens = {
            _INVITED[item.key]: site_token(item) for item in world.accounts if item.key in _INVITED
        }

        async def invite(request: Request) -> Response:
            token = tokens.pop((await request.json())["invite"], None)
            return JSONResponse({"access_token": token})

        async def recover(_request: Request) -> Response:
            return JSONResponse({"sent_to": "п***@example.org"})

        routes = [
            Route("/v1/invite", invite, methods=["POST"]),
            Route("/v1/recover", recover, methods=["POST"]),
            Mount("/", super().app(world, state, origin=origin)),
        ]
        return Starlette(routes=routes)

    def accounts(self, world: World) -> tuple[SandboxAccount, ...]:
        known = super(FewAccounts, self).accounts(world)
        invited = tuple(
            replace(item, key=f"{item.key}-invited", methods=("invite_code",))
            for item in known
            if item.key in _INVITED
        )
        few = tuple(
            replace(item, methods=(*item.methods, "recovery")) for item in super().accounts(world)
        )
        return (*few, *invited)

    def answer(self, step: Step, account: SandboxAccount, *, origin: str) -> StepInput:
        fields = {field.name for field in step.fields} if isinstance(step, Form) else set()
        if "email" in fields:
            return {"email": f"{account.login}@example.org"}
        if "invite" in fields:
            return {"invite": _INVITED.get(account.key.removesuffix("-invited"), "none")}
        return super().answer(step, account, origin=origin)


@contextmanager
def rare_bench(adapter: type[RareWays] = RareWays) -> Iterator[Bench]:
    """A bench of the example provider with both ways."""
    title = Text("Способ", "Way")
    methods = (
        *LIGHTHOUSE.login_methods,
        LoginMethod(name="invite_code", title=title),
        LoginMethod(name="recovery", title=title),
    )
    secret = LIGHTHOUSE.secret_params | {"invite", "email"}
    changes: dict[str, Any] = {"login_methods": methods, "secret_params": secret}
    with bench_of(adapter=adapter, emulator=RareEmulator, **changes) as bench:
        yield bench
