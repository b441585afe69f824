"""What the command prints: tables for people, one JSON document for programs."""

import json
import locale
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gateway.core.errors import GatewayError, Text
from gateway.core.model.base import SCHEMA


def system_language() -> str:
    """`ru` or `en`, by `DIARY_LANGUAGE` or the locale."""
    chosen = os.environ.get("DIARY_LANGUAGE") or os.environ.get("LC_ALL") or ""
    chosen = chosen or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not chosen:
        chosen = locale.getlocale()[0] or ""
    return "ru" if chosen.lower().startswith("ru") else "en"


@dataclass(slots=True)
class Output:
    """Where and how a command prints.

    Attributes:
        as_json: Whether standard output carries one JSON document and nothing else.
        language: `ru` or `en`.
    """

    as_json: bool = False
    language: str = "en"
    console: Console = field(default_factory=lambda: Console(highlight=False))
    errors: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))

    def say(self, ru: str, en: str) -> None:
        """A line for the person; on standard error where standard output is JSON."""
        target = self.errors if self.as_json else self.console
        target.print(escape(ru if self.language == "ru" else en))

    def text(self, text: Text) -> str:
        """A text in the chosen language."""
        return text.in_language(self.language)

    def document(self, **fields: Any) -> None:
        """The JSON document of the command."""
        json.dump({"schema": SCHEMA, **fields}, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")

    def table(
        self, columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None
    ) -> None:
        """A table; cells are shown as they are, never as markup."""
        table = Table(title=escape(title) if title else None, title_justify="left")
        for column in columns:
            table.add_column(escape(column))
        for row in rows:
            table.add_row(*("" if cell is None else escape(str(cell)) for cell in row))
        self.console.print(table)

    def error(self, error: GatewayError) -> None:
        """An error: one sentence for the person, the code for a report."""
        if self.as_json:
            self.document(error=error.to_problem(self.language))
        self.errors.print(escape(self.text(error.text)), style="bold red")
        self.errors.print(escape(str(error)), style="dim")

    def pick(self, ru: str, en: str) -> str:
        """One of two words by language."""
        return ru if self.language == "ru" else en
