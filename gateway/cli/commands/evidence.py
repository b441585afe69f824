"""How sure the facts are that a provider's code relies on."""

from collections.abc import Iterator
from typing import Annotated

import typer

from gateway.cli.app import JsonFlag, app, finish, output
from gateway.cli.exit_codes import ExitCode
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.evidence import Assumed, Documented, Seen, evidence_of, wire_structs
from gateway.core.contract.loading import load
from gateway.core.registry.plugins import Registry

Fact = tuple[str, str, str, int | str | None]
"""Wire type, field, how sure, and how many clients or why."""


@app.command()
def evidence(
    provider: Annotated[str, typer.Argument(help="Provider.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Also fields that several clients were seen to read.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show which fields of a provider's answers are least sure, and so may break."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        adapter = load(Registry().provider(provider).adapter, Adapter)
        facts = list(_facts(adapter))
        shown = [fact for fact in facts if everything or not _is_sure(fact)]
        if as_json:
            out.document(
                provider=provider,
                fields=[
                    {"type": kind, "field": name, "evidence": mark, "detail": detail}
                    for kind, name, mark, detail in (facts if everything else shown)
                ],
            )
            return None
        out.table(
            (
                out.pick("Тип", "Type"),
                out.pick("Поле", "Field"),
                out.pick("Уверенность", "Evidence"),
                out.pick("Клиентов или почему", "Clients or why"),
            ),
            shown,
        )
        out.say(
            f"Показано {len(shown)} из {len(facts)}.", f"{len(shown)} of {len(facts)} are shown."
        )
        return None

    finish(out, work)


def _facts(adapter: type[Adapter]) -> Iterator[Fact]:
    for struct in wire_structs(adapter.wire_models):
        for name, mark in evidence_of(struct).items():
            match mark:
                case Seen(clients):
                    yield struct.__name__, name, "seen", clients
                case Documented():
                    yield struct.__name__, name, "documented", None
                case Assumed(why):
                    yield struct.__name__, name, "assumed", why


def _is_sure(fact: Fact) -> bool:
    return fact[2] == "seen" and isinstance(fact[3], int) and fact[3] > 1
