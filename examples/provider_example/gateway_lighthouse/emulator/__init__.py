"""«Маяк» over the fictional world: to try the plugin without the real service."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from gateway.core.contract.emulator import ASGIApp, Emulator, SandboxAccount, SandboxStudent
from gateway.core.contract.flow import StepInput
from gateway.core.contract.steps import Form, OneTimeCode, Step
from gateway.core.errors import IllegalAnswer
from gateway.core.ids import Ids
from gateway.sandbox.world import model as m

if TYPE_CHECKING:
    from gateway.sandbox.world import World, WorldState

EXPIRED_CODE: Final = "111111"
"""A code that was good an hour ago."""

_OBSTACLES: Final = {
    m.AccountState.LOCKED,
    m.AccountState.TEMPORARY_PASSWORD,
    m.AccountState.NO_CHILDREN,
    m.AccountState.UNLINKED,
    m.AccountState.NO_LONGER_STUDENT,
    m.AccountState.SECOND_FACTOR,
}
"""States that «Маяк» knows; it asks for no captcha and has no link with Gosuslugi."""


class LighthouseEmulator(Emulator):
    """The service itself, its accounts, and the people who answer its questions."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The one host."""
        return ("api.mayak.example",)

    def app(self, world: "World", state: "WorldState", *, origin: str) -> ASGIApp:
        """The ASGI application."""
        from gateway_lighthouse.emulator.app import build_app  # noqa: PLC0415 - Starlette is an extra

        return build_app(world, state)

    def accounts(self, world: "World") -> tuple[SandboxAccount, ...]:
        """Everybody with a password of the diary."""
        return tuple(
            self._account(world, account)
            for account in world.accounts
            if account.password is not None
        )

    def settings(self, origin: str) -> Mapping[str, object]:
        """Small pages, so that letters take several."""
        return {"base_url": origin, "page_size": 3}

    def answer(self, step: Step, account: SandboxAccount, *, origin: str) -> StepInput:
        """What the person types."""
        if isinstance(step, OneTimeCode):
            return account.code or ""
        if isinstance(step, Form):
            known = {
                "login": account.login,
                "password": account.password,
                "token": account.token,
            }
            return {field.name: known[field.name] or "" for field in step.fields}
        raise IllegalAnswer(f"«Маяк» has no step {step.type}")

    def _account(self, world: "World", account: m.Account) -> SandboxAccount:
        ids = Ids(self.declaration.name)
        opens = account.state not in _OBSTACLES or account.state is m.AccountState.SECOND_FACTOR
        return SandboxAccount(
            provider=self.declaration.name,
            label=account.label,
            state=account.state.value if account.state in _OBSTACLES else m.AccountState.OK.value,
            roles=(account.role.value,),
            key=account.key,
            login=account.login,
            password=account.password,
            code=account.one_time_code,
            expired_code=EXPIRED_CODE if account.one_time_code else None,
            token=site_token(account) if opens else None,
            region=account.region_code,
            students=tuple(
                SandboxStudent(
                    id=key,
                    gateway_id=ids.of("student", key),
                    name=world.person_of(key).full_name,
                    key=key,
                )
                for key in account.student_keys
            ),
            methods=("password", "token") if opens else ("password",),
        )


def site_token(account: m.Account) -> str:
    """The token that the site shows to a person, the same in every run."""
    return f"site-token-of-{account.login}"
