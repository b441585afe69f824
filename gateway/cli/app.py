"""The command line: its commands, its options for all of them, its exit codes."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import typer

from gateway.cli.exit_codes import ExitCode, exit_code
from gateway.cli.output import Output, system_language
from gateway.core.errors import GatewayError
from gateway.core.version import VERSION

app = typer.Typer(
    name="diary",
    help="Russia's school e-diaries through one command. / Электронные дневники одной командой.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
StudentOption = Annotated[
    str | None, typer.Option("--student", "-s", help="Student: id, label or part of the name.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(VERSION)
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Russia's school e-diaries through one command."""


def output(as_json: bool) -> Output:
    """Where a command prints."""
    return Output(as_json=as_json, language=system_language())


def finish(out: Output, work: Callable[[], Coroutine[Any, Any, ExitCode | None]]) -> None:
    """Runs a command's work and turns its end into an exit code."""
    try:
        code = asyncio.run(work()) or ExitCode.OK
    except GatewayError as error:
        out.error(error)
        code = exit_code(error)
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    raise typer.Exit(int(code))
