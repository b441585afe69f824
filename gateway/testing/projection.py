"""What two providers say of the same child, made comparable.

`project()` drops what cannot be equal (identity, provenance, markup) and what is not declared by
both, and orders by time; `assert_equal_diaries()` compares two projections and fails also when it
had less to compare than both declare to tell.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, Final, get_args

import msgspec

from gateway.core.contract.capability import SupportInfo
from gateway.core.model import NOT_LOADED, Answer, Model, NotLoaded
from gateway.testing.findings import findings
from gateway.testing.walking import is_id_field

_IDENTITY: Final = frozenset({"cell", "account", "label", "parents", "students"})
_PROVENANCE: Final = frozenset({"uploaded_at", "fetched_at"})
_MARKUP: Final = frozenset({"html"})
_DROPPED: Final = _IDENTITY | _PROVENANCE | _MARKUP

_TIMES: Final = ("date", "start", "due_on", "starts_at", "at", "sent_at", "happened_at")
_PLACES: Final = ("number", "lesson_number", "name", "text")
_NOTHING: Final[tuple[object, ...]] = (None, [])

Subject = Answer[Any] | Model | Sequence[Model]


@dataclass(frozen=True, slots=True)
class Projection:
    """Records as plain data that two providers can be compared by.

    Attributes:
        records: The records by time; values are text, numbers, dictionaries and lists.
        told: Fields, as `Model.field`, that at least one record tells.
    """

    records: tuple[object, ...] = field(repr=False)
    told: frozenset[str]

    def __str__(self) -> str:
        return f"{len(self.records)} records by {', '.join(sorted(self.told))}"


def project(subject: Subject, *, declared: Collection[str] | None = None) -> Projection:
    """The comparable part of a model, of several, or of an answer; prints what it keeps.

    Dropped are identity, provenance (the provider's own words and the gateway's data), markup,
    and fields that are not declared. Moments become UTC, numbers lose trailing zeros.

    Args:
        subject: What to project.
        declared: Fields, as `Model.field`, that both providers tell; every comparable field of
            the models if absent.
    """
    made = _projected(subject, declared)
    print(f"projected: {made}")  # noqa: T201 - the reader of a test wants to know
    return made


def declared_fields(model: type[Model], *support: SupportInfo) -> frozenset[str]:
    """Comparable fields of a model, and of the models in it, that no provider is said to lack.

    Args:
        model: Model of the records.
        *support: What each provider declares of the capability.
    """
    absent = {name for info in support for name in info.absent_fields}
    found: set[str] = set()
    seen: set[type[Model]] = set()
    waiting = [model]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        for names in _own_names(here):
            if absent.isdisjoint(names):
                found.add(names[0])
                waiting.extend(_models_in(here.model_fields[_field(names)].annotation))
    return frozenset(found)


def assert_equal_diaries(
    ours: Subject,
    theirs: Subject,
    *,
    support: tuple[SupportInfo, SupportInfo],
    exceptions: Mapping[str, str] | None = None,
) -> None:
    """Checks that two providers tell the same of the same child; prints what was compared.

    Args:
        ours: What one provider answers.
        theirs: What the other answers.
        support: What each declares of the capability.
        exceptions: Fields, as `Model.field`, that are left out though both declare them, each
            with the reason why they cannot be equal or do not occur.

    Raises:
        AssertionError: The answers differ, or fewer fields could be compared than both declare.
    """
    reasons = exceptions or {}
    records = (*_records(ours), *_records(theirs))
    if not records:
        raise AssertionError("there is nothing to compare")
    declared = declared_fields(type(records[0]), *support)
    wanted = declared - set(reasons)
    left, right = _projected(ours, wanted), _projected(theirs, wanted)
    comparison = _Comparison()
    comparison.compare(left.records, right.records, "$")
    fields = ", ".join(sorted(comparison.fields))
    print(f"compared {len(left.records)} records by {fields}")  # noqa: T201 - as above
    for name, reason in reasons.items():
        print(f"not compared: {name}: {reason}")  # noqa: T201 - as above
    with findings() as found:
        for name, reason in reasons.items():
            found.check(name in declared, f"{name} is excepted, but not declared by both")
            found.check(bool(reason.strip()), f"{name} is excepted without a reason")
        for difference in comparison.differences:
            found.add(difference)
        for name in sorted(wanted - comparison.fields):
            found.add(f"{name} is declared by both, and there was nothing to compare")


def _projected(subject: Subject, declared: Collection[str] | None) -> Projection:
    told: set[str] = set()
    plain = [_plain(record, declared, told) for record in _records(subject)]
    return Projection(tuple(sorted(plain, key=_order)), frozenset(told))


def _records(subject: Subject) -> tuple[Model, ...]:
    value = subject.value if isinstance(subject, Answer) else subject
    return (value,) if isinstance(value, Model) else tuple(value)


def _plain(value: object, declared: Collection[str] | None, told: set[str]) -> object:
    if isinstance(value, Model):
        kept = _Plain(type(value).__name__)
        for names in _own_names(type(value)):
            name = _field(names)
            inner = getattr(value, name)
            if (
                declared is None or not set(names).isdisjoint(declared)
            ) and inner is not NOT_LOADED:
                kept[name] = _plain(inner, declared, told)
                if inner is not None and inner != ():
                    told.add(names[0])
        return kept
    if isinstance(value, tuple):
        return sorted((_plain(item, declared, told) for item in value), key=_order)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, date | time):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


class _Plain(dict[str, object]):
    """A projected model: its kept fields, and what it was."""

    def __init__(self, model: str) -> None:
        super().__init__()
        self.model = model


class _Comparison:
    """Walks two projections side by side.

    Attributes:
        fields: Fields, as `Model.field`, that were compared: told by one at least.
        differences: What differs, with its path.
    """

    def __init__(self) -> None:
        self.fields: set[str] = set()
        self.differences: list[str] = []

    def compare(self, ours: object, theirs: object, path: str) -> None:
        """Compares two values and all that is in them."""
        if isinstance(ours, _Plain) and isinstance(theirs, _Plain):
            for name in ours.keys() & theirs.keys():  # what is not loaded is not compared
                if ours[name] not in _NOTHING or theirs[name] not in _NOTHING:
                    self.fields.add(f"{ours.model}.{name}")
                self.compare(ours[name], theirs[name], f"{path}.{name}")
        elif isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
            if len(ours) != len(theirs):
                self.differences.append(f"{path}: {len(ours)} against {len(theirs)}")
            for index, (one, other) in enumerate(zip(ours, theirs, strict=False)):
                self.compare(one, other, f"{path}[{index}]")
        elif ours != theirs:
            self.differences.append(f"{path}: {ours!r} against {theirs!r}")


def _order(record: object) -> tuple[str, ...]:
    """By time, then by place, then by everything."""
    if not isinstance(record, dict):
        return (str(record),)
    keys = [f"{record.get(name) or '':>20}" for name in (*_TIMES, *_PLACES)]
    return (*keys, msgspec.json.encode(record, order="sorted").decode())


def _own_names(model: type[Model]) -> Iterator[tuple[str, ...]]:
    """Names of comparable fields, as `Model.field` of the model and of what it inherits from."""
    for name in model.model_fields:
        is_word = name.endswith("_text") and name.removesuffix("_text") in model.model_fields
        own_word = is_word and name != "cell_text"
        if name in _DROPPED or is_id_field(name) or own_word:
            continue
        yield tuple(
            f"{cls.__name__}.{name}"
            for cls in model.__mro__
            if issubclass(cls, Model) and name in cls.model_fields
        )


def _field(names: tuple[str, ...]) -> str:
    return names[0].partition(".")[2]


def _models_in(annotation: object) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for inner in get_args(annotation):
        if inner is not NotLoaded:
            yield from _models_in(inner)
