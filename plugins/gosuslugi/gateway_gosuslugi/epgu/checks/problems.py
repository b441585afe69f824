"""How a mistake is told: which error, of which field, in which words."""

from gateway.core.errors import ApplicationRefused, Text


def problem(
    kind: type[ApplicationRefused], field: str, ru: str = "", en: str = ""
) -> ApplicationRefused:
    """The error of one field; its words, where given, replace those of the kind."""
    text = Text(ru, en) if ru else None
    return kind(en, context={"field": field}, text=text)
