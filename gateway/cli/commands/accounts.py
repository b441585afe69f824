"""Who is signed in, and what is wrong with them."""

from typing import Annotated, Any

import typer

from gateway.cli.app import JsonFlag, app, finish, output
from gateway.cli.doctor import Finding, examine
from gateway.cli.exit_codes import ExitCode
from gateway.cli.render import account_fields, show_accounts
from gateway.cli.runtime import opened


@app.command()
def accounts(as_json: JsonFlag = False) -> None:
    """List signed-in accounts."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        async with opened(out) as gateway:
            found = await gateway.accounts()
            if as_json:
                out.document(accounts=[account_fields(item) for item in found])
            else:
                show_accounts(out, found)
        return None

    finish(out, work)


@app.command()
def students(as_json: JsonFlag = False) -> None:
    """List the students of all accounts."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        async with opened(out) as gateway:
            found = await gateway.students()
            if as_json:
                out.document(students=[item.model_dump(mode="json") for item in found])
                return None
            out.table(
                (
                    out.pick("Ученик", "Student"),
                    out.pick("Школа", "School"),
                    out.pick("Класс", "Class"),
                    out.pick("Имя в списке", "Label"),
                    "id",
                ),
                (
                    (
                        item.name,
                        item.school.name if item.school else None,
                        item.class_group.name if item.class_group else None,
                        item.label,
                        item.id,
                    )
                    for item in found
                ),
            )
        return None

    finish(out, work)


@app.command()
def doctor(
    account: Annotated[str | None, typer.Argument(help="Key of one account.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Say what is wrong with the accounts and who can mend it."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        async with opened(out) as gateway:
            findings = await examine(gateway, account)
            if as_json:
                out.document(findings=[_fields(item) for item in findings])
            else:
                _show(findings)
            return ExitCode.OK if all(item.is_good for item in findings) else ExitCode.PARTIAL

    def _fields(item: Finding) -> dict[str, Any]:
        return {
            "subject": item.subject,
            "good": item.is_good,
            "code": item.code,
            "actor": item.actor,
            "text": out.text(item.text),
        }

    def _show(findings: tuple[Finding, ...]) -> None:
        out.table(
            ("", out.pick("Что", "What"), out.pick("Итог", "Finding"), out.pick("Кто", "Who")),
            (
                ("✓" if item.is_good else "✗", item.subject, out.text(item.text), item.actor)
                for item in findings
            ),
        )

    finish(out, work)
