"""A partner's XML with `{{placeholders}}`, and what becomes of it."""

import re
from collections.abc import Collection, Mapping
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from gateway.core.errors import ConfigurationError

LARGEST: Final = 1_000_000
"""Bytes of a template."""

SANDBOX_MARK: Final = "<?diary-gateway sandbox-only?>"
"""Stands in a template that no real portal may see."""

_PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_BRACES: Final = re.compile(r"\{\{|\}\}")
_CHILD: Final = "child_"


class Template:
    """An XML template that was checked.

    Args:
        text: The template.
        known: Placeholders that it may have.
        about_child: Whether it must ask for something about the child.

    Raises:
        ConfigurationError: It is no XML, declares a document type, or asks for what nobody knows.
    """

    def __init__(self, text: str, known: Collection[str], *, about_child: bool) -> None:
        asked = set(_PLACEHOLDER.findall(text))
        if unknown := sorted(asked - set(known)):
            raise ConfigurationError(f"the template asks for unknown fields: {', '.join(unknown)}")
        if about_child and not any(name.startswith(_CHILD) for name in asked):
            raise ConfigurationError("the template asks for nothing about the child")
        self._text = text
        self.asked = frozenset(asked)
        self.is_sandbox = SANDBOX_MARK in text
        _check_xml(self.filled(dict.fromkeys(asked, "1")))

    def filled(self, values: Mapping[str, str]) -> str:
        """The XML with values in place of placeholders.

        Raises:
            ConfigurationError: A placeholder has no value, or one is malformed.
        """
        lacking = self.asked - values.keys()
        if lacking or _BRACES.search(_PLACEHOLDER.sub("", self._text)):
            raise ConfigurationError("the template has placeholders that nothing fills")
        return _PLACEHOLDER.sub(lambda found: _quoted(values[found[1]]), self._text)


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;", "'": "&apos;"})


def _check_xml(text: str) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise ConfigurationError("the template declares a document type")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise ConfigurationError(f"the template is no XML: line {error.lineno}") from None
