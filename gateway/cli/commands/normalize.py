"""Reading captured payloads offline."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.app import app, finish, output
from gateway.cli.exit_codes import ExitCode
from gateway.core.errors import InvalidRequest
from gateway.core.registry.plugins import Registry
from gateway.core.replay.normalize import normalize as normalize_payloads
from gateway.core.replay.normalize import operations


@app.command()
def normalize(
    provider: Annotated[str, typer.Argument(help="Provider that the payloads come from.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Bodies, fixtures of request and response; - for standard input."),
    ] = None,
    operation: Annotated[
        str | None, typer.Option("--operation", "-o", help="Unified operation, see --list.")
    ] = None,
    har: Annotated[
        list[Path] | None, typer.Option(help="HAR capture; requests are matched by URL.")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="List the operations.")] = False,
    instance: Annotated[str | None, typer.Option(help="Installation of the provider.")] = None,
    zone: Annotated[str | None, typer.Option(help="IANA zone of the school.")] = None,
    student: Annotated[
        list[str] | None, typer.Option(help="Native key of the student as KEY=VALUE.")
    ] = None,
    school_year: Annotated[
        int | None, typer.Option(help="Year in which the school year began.")
    ] = None,
) -> None:
    """Turn payloads captured elsewhere into the model, offline, as JSON."""
    out = output(as_json=True)

    async def work() -> ExitCode | None:
        registry = Registry()
        if list_them:
            out.document(operations=[item.name for item in operations(registry, provider)])
            return None
        if operation is None:
            raise InvalidRequest("name the --operation; --list shows them")
        found = normalize_payloads(
            provider,
            operation,
            _contents([*(files or []), *(har or [])]),
            instance=instance,
            zone=zone,
            student=_keys(student or []),
            school_year=school_year,
            registry=registry,
        )
        out.document(**{key: item for key, item in found.to_json().items() if key != "schema"})
        return ExitCode.OK if found.complete else ExitCode.PARTIAL

    finish(out, work)


def _contents(files: list[Path]) -> dict[str, bytes]:
    if not files:
        raise InvalidRequest("give at least one file")
    found: dict[str, bytes] = {}
    for file in files:
        if str(file) == "-":
            found["-"] = sys.stdin.buffer.read()
            continue
        try:
            found[str(file)] = file.read_bytes()
        except OSError as error:
            raise InvalidRequest(f"{file}: {error.strerror}") from None
    return found


def _keys(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        key, separator, value = pair.partition("=")
        if not separator:
            raise InvalidRequest("--student takes KEY=VALUE, such as person=1000")
        found[key] = value
    return found
