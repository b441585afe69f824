"""The fictional school, and a tour of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.cli.app import JsonFlag, app, finish, output
from gateway.cli.exit_codes import ExitCode
from gateway.core.errors import InvalidRequest, MissingExtra

if TYPE_CHECKING:
    from gateway.core.contract.emulator import SandboxAccount
    from gateway.sandbox.server import Sandbox

SeedOption = Annotated[int, typer.Option(help="Which fictional world.")]
TodayOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The world's today.")
]
FaultOption = Annotated[
    list[str] | None, typer.Option("--fault", help="KIND[:RATE], such as 503:0.2; repeatable.")
]

sandbox_app = typer.Typer(help="Serve providers' emulators over a fictional school.")
app.add_typer(sandbox_app, name="sandbox", invoke_without_command=True)


def _sandbox(seed: int, today: datetime | date | None, faults: list[str] | None) -> "Sandbox":
    try:
        from gateway.sandbox.faults import Fault  # noqa: PLC0415 - an extra
        from gateway.sandbox.server import Sandbox  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise MissingExtra(extra="sandbox") from None
    day = today.date() if isinstance(today, datetime) else today
    return Sandbox(seed=seed, today=day, faults=[Fault.parse(item) for item in faults or []])


@sandbox_app.callback()
def serve(
    context: typer.Context,
    provider: Annotated[list[str] | None, typer.Option(help="Provider; repeatable.")] = None,
    port: Annotated[list[int] | None, typer.Option(help="Port for each provider.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Serve every provider.")] = False,
    seed: SeedOption = 1,
    today: TodayOption = None,
    fault: FaultOption = None,
) -> None:
    """Serve until interrupted: --provider NAME --port PORT, repeatable, or --all."""
    if context.invoked_subcommand is not None:
        return
    out = output(as_json=False)

    async def work() -> ExitCode | None:
        box = _sandbox(seed, today, fault)
        ports = _ports(box, provider or [], port or [], everything=everything)
        with box.serving(ports) as served:
            for item in served:
                out.console.print(f"{item.provider}  {item.origin}", markup=False)
            out.say("Ctrl+C — остановить.", "Ctrl+C to stop.")
            _wait()
        return None

    finish(out, work)


def _ports(
    box: "Sandbox", names: list[str], ports: list[int], *, everything: bool
) -> dict[str, int]:
    if everything:
        first = ports[0] if ports else 8801
        return {name: first + index for index, name in enumerate(box.providers)}
    if not names:
        raise InvalidRequest("name a --provider, or --all")
    if ports and len(ports) != len(names):
        raise InvalidRequest("give as many --port as --provider")
    return dict(zip(names, ports or [0] * len(names), strict=True))


def _wait() -> None:
    import signal  # noqa: PLC0415 - only here
    import threading  # noqa: PLC0415 - only here

    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    stopped.wait()


@sandbox_app.command("accounts")
def accounts(
    provider: Annotated[list[str] | None, typer.Option(help="Provider; all by default.")] = None,
    seed: SeedOption = 1,
    today: TodayOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Print the sandbox's accounts without starting anything."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        box = _sandbox(seed, today, None)
        found = [item for name in provider or box.providers for item in box.accounts(name)]
        if as_json:
            out.document(accounts=[_fields(item) for item in found])
            return None
        out.table(
            (
                out.pick("Дневник", "Diary"),
                out.pick("Кто", "Who"),
                out.pick("Состояние", "State"),
                out.pick("Логин", "Login"),
                out.pick("Пароль", "Password"),
                out.pick("Код", "Code"),
            ),
            (
                (item.provider, item.label, item.state, item.login, item.password, item.code)
                for item in found
            ),
        )
        return None

    finish(out, work)


def _fields(account: "SandboxAccount") -> dict[str, Any]:
    return {
        "provider": account.provider,
        "label": account.label,
        "state": account.state,
        "roles": list(account.roles),
        "login": account.login,
        "password": account.password,
        "code": account.code,
        "token": account.token,
        "region": account.region,
        "school": account.school,
        "config": dict(account.config) or None,
        "methods": list(account.methods),
        "students": [
            {"id": item.id, "gateway_id": item.gateway_id, "name": item.name}
            for item in account.students
        ],
    }


@app.command()
def demo(
    seed: SeedOption = 1,
    today: TodayOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Log in to every provider by every method and print a child's week from each."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        from gateway.cli.demo import DEMO_DAY, tour  # noqa: PLC0415 - an extra

        box = _sandbox(seed, today or DEMO_DAY, None)
        return await tour(out, box)

    finish(out, work)
