"""Writes the reference pages that are drawn from the code's own records."""

import inspect
from collections.abc import Iterable
from pathlib import Path

import gateway.core.model as diary_model
from gateway.core import hooks
from gateway.core.contract.capability import Capability, SupportInfo
from gateway.core.contract.declaration import Declaration
from gateway.core.contract.operation import OPERATIONS
from gateway.core.errors import ERRORS
from gateway.core.model import Model
from gateway.core.regions import load_directory
from gateway.core.registry.plugins import Registry

SIGNS = {"native": "●", "emulated": "◐", "unknown": "?", "unsupported": "–"}


def write_reference(folder: Path) -> None:
    """Writes all generated pages."""
    registry = Registry()
    providers = tuple(registry.providers.values())
    pages = {
        "capabilities.md": capabilities(providers),
        "errors.md": errors(),
        "hooks.md": hook_page(),
        "model.md": model(),
        "operations.md": operations(),
        "regions.md": regions(),
        "providers.md": provider_index(providers),
        **{f"provider-{item.name}.md": provider(item) for item in providers},
    }
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; cells never break it."""
    head = list(header)
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        cells = (str(cell).replace("|", "\\|").replace("\n", " ") for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def capabilities(providers: tuple[Declaration, ...]) -> str:
    """The capability matrix."""
    head = ("Capability", "Operation", *(f"`{item.name}`" for item in providers))
    by_capability = {item.capability: name for name, item in OPERATIONS.items()}
    by_capability[Capability.ATTACHMENTS] = "open_attachment"
    rows = (
        (
            f"`{capability.value}`",
            f"`{by_capability[capability]}`",
            *(SIGNS[item.supports(capability).support.value] for item in providers),
        )
        for capability in Capability
    )
    legend = "● native, ◐ composed from other calls, ? known but unverified, – none.\n"
    return f"# Capabilities\n\n{legend}\n{table(head, rows)}"


def errors() -> str:
    """The error tree."""
    rows = (
        (
            f"`{code}`",
            item.__name__,
            item.actor.value,
            "yes" if item.retryable else "no",
            item.text.en,
            item.text.ru,
        )
        for code, item in sorted(ERRORS.items())
    )
    head = ("Code", "Class", "Who can mend it", "Retryable", "English", "Russian")
    intro = (
        "Every error that leaves the gateway is a `GatewayError`. Codes are never renamed; "
        "`actor` and `retryable` are attributes, so a reclassification breaks nobody.\n"
    )
    return f"# Errors\n\n{intro}\n{table(head, rows)}"


def hook_page() -> str:
    """The hooks of plugins."""
    parts = [
        "# Hooks\n",
        (
            f"Plugins join through the entry-point group `{hooks.ENTRY_POINT_GROUP}` and "
            "implement some of these with `gateway.hookimpl`.\n"
        ),
    ]
    for name, hook in inspect.getmembers(hooks, inspect.isfunction):
        if name.startswith("gateway_"):
            signature = inspect.signature(hook)
            parts.append(f"## `{name}`\n\n```python\n{name}{signature}\n```\n\n{hook.__doc__}\n")
    return "\n".join(parts)


def model() -> str:
    """Every model with every field."""
    parts = [
        "# Model\n",
        (
            "`None` means that there is none or that the provider never tells it; `NOT_LOADED` "
            "that another request would tell; beside an enumeration stands the provider's word.\n"
        ),
    ]
    models = {
        item
        for item in vars(diary_model).values()
        if isinstance(item, type) and issubclass(item, Model) and item is not Model
    }
    for item in sorted(models, key=lambda kind: kind.__name__):
        rows = (
            (f"`{name}`", f"`{_annotation(field.annotation)}`", field.description or "")
            for name, field in item.model_fields.items()
        )
        doc = inspect.cleandoc(item.__doc__ or "")
        parts.append(f"## {item.__name__}\n\n{doc}\n\n{table(('Field', 'Type', 'Meaning'), rows)}")
    return "\n".join(parts)


def _annotation(annotation: object) -> str:
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    for module in ("gateway.core.model.", "datetime.", "decimal.", "typing."):
        text = text.replace(module, "")
    parts = text.split(".")
    return text if " " in text else parts[-1] if "[" not in text else text


def operations() -> str:
    """Every operation."""
    rows = (
        (
            f"`{name}`",
            f"`{item.value}`" + (" …" if item.many else ""),
            item.kind,
            f"`{item.capability.value}`",
            _age(item.soft_age),
            _age(item.hard_age),
        )
        for name, item in OPERATIONS.items()
    )
    head = ("Operation", "Value", "Kind", "Capability", "Fresh for", "Served stale for")
    return f"# Operations\n\n{table(head, rows)}"


def _age(seconds: float) -> str:
    if not seconds:
        return "–"
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"


def regions() -> str:
    """Who runs what where."""
    directory = load_directory()
    rows = (
        (
            item.code,
            item.iso or "",
            item.name.en,
            item.name.ru,
            directory.platforms[item.platform].en,
            item.zone,
        )
        for item in directory
    )
    head = ("Code", "ISO", "Region", "Регион", "Platform", "Zone of the capital")
    return f"# Regions\n\n{table(head, rows)}"


def provider_index(providers: tuple[Declaration, ...]) -> str:
    """The list of providers."""
    links = "\n".join(f"provider-{item.name}" for item in providers)
    return f"# Providers\n\n```{{toctree}}\n:maxdepth: 1\n\n{links}\n```\n"


def provider(declaration: Declaration) -> str:
    """One provider's page."""
    hosts = table(
        ("Instance", "Role", "Address", "How sure", "Regions"),
        (
            (
                f"`{place.key}`",
                f"`{role}`",
                f"<{url}>",
                place.certainty.value,
                " ".join(place.regions),
            )
            for place in declaration.instances
            for role, url in place.hosts.items()
        ),
    )
    ways = table(
        ("Method", "What it is", "Needs", "How sure"),
        (
            (
                f"`{item.name}`",
                item.title.en,
                ", ".join(item.needs_settings) or "–",
                item.certainty.value,
            )
            for item in declaration.login_methods
        ),
    )
    can = table(
        ("Capability", "Support", "Limits and reasons"),
        (
            (
                f"`{name.value}`",
                declaration.supports(name).support.value,
                _limits(declaration.supports(name)),
            )
            for name in Capability
        ),
    )
    return (
        f"# {declaration.title.en}\n\n`{declaration.name}`, quality {declaration.quality.value}, "
        f"renewal of sessions: {declaration.renewal.value}.\n\n## Hosts\n\n{hosts}\n"
        f"## Ways to sign in\n\n{ways}\n## Capabilities\n\n{can}"
    )


def _limits(info: SupportInfo) -> str:
    parts = []
    if info.reason is not None:
        parts.append(info.reason.en)
    if info.max_days is not None:
        parts.append(f"at most {info.max_days} days a request")
    if info.methods:
        parts.append("only by " + ", ".join(sorted(info.methods)))
    if info.current_year_only:
        parts.append("current school year only")
    if info.side_effect:
        parts.append("reading changes something at the provider")
    if info.absent_fields:
        parts.append("never tells " + ", ".join(f"`{item}`" for item in sorted(info.absent_fields)))
    return "; ".join(parts)
