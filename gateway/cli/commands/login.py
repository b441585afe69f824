"""Signing in."""

import asyncio
from typing import Annotated

import typer

from gateway.cli.app import JsonFlag, app, finish, output
from gateway.cli.exit_codes import ExitCode
from gateway.cli.prompts import TerminalAsker
from gateway.cli.render import account_fields, show_accounts
from gateway.cli.runtime import opened
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.steps import ShowQr, StepAction, WaitForApproval
from gateway.core.errors import InteractionRequired
from gateway.core.login.status import Login


@app.command()
def login(
    provider: Annotated[str | None, typer.Argument(help="Provider; found by --region.")] = None,
    method: Annotated[str | None, typer.Option(help="Login method; the first by default.")] = None,
    region: Annotated[str | None, typer.Option(help="Two-digit region code.")] = None,
    instance: Annotated[str | None, typer.Option(help="Installation of the provider.")] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Send everything to this origin, such as a sandbox.")
    ] = None,
    label: Annotated[str | None, typer.Option(help="Your own name for the account.")] = None,
    remember: Annotated[
        bool, typer.Option(help="Keep the secret, encrypted, for unattended sign-ins.")
    ] = False,
    browser: Annotated[
        bool, typer.Option(help="Open redirects in a browser that finishes them by itself.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Sign in; secrets come from DIARY_LOGIN, DIARY_PASSWORD, DIARY_CODE, DIARY_TOKEN or stdin."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        async with opened(out, provider=provider, base_url=base_url) as gateway:
            begun = await gateway.begin_login(
                provider,
                method=method,
                instance=instance,
                region=region,
                label=label,
                remember=remember,
            )
            ended = await drive(gateway, begun, TerminalAsker(out, browser=browser))
            ended.raise_if_failed()
            accounts = [await gateway.account(key) for key in ended.accounts]
            if as_json:
                out.document(accounts=[account_fields(item) for item in accounts])
            elif accounts:
                out.say("Вход выполнен.", "Signed in.")
                show_accounts(out, accounts)
            else:
                out.say("Готово. Теперь войдите.", "Done. Now sign in.")
        return None

    finish(out, work)


async def drive(gateway: AsyncGateway, login: Login, asker: TerminalAsker) -> Login:
    """Goes through a login's steps to its end.

    Raises:
        InteractionRequired: A step waits and nobody sits at the terminal.
        LoginError: The last answer was refused and nobody can be asked for another.
    """
    while (step := login.step) is not None:
        if isinstance(step, ShowQr | WaitForApproval):
            asker.show(step)
            await asyncio.sleep(step.poll_after or 1.0)
            login = await gateway.poll(login.id)
        else:
            try:
                answer = await asker(step)
            except InteractionRequired:
                await gateway.act(login.id, StepAction.CANCEL)
                if step.error is None:
                    raise
                raise step.error.to_error(login.provider) from None
            login = await gateway.submit(login.id, answer)
    return login


@app.command()
def logout(
    account: Annotated[str, typer.Argument(help="Key of the account, from `diary accounts`.")],
) -> None:
    """End a session and erase all that is kept of the account."""
    out = output(as_json=False)

    async def work() -> ExitCode | None:
        async with opened(out) as gateway:
            await gateway.sign_out(account)
            out.say("Учётная запись удалена.", "The account was removed.")
        return None

    finish(out, work)
