"""Walks through answers: every field of every model, however deep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gateway.core.model import NOT_LOADED, Answer, Model

_IDS: Final = frozenset({"id", "replaces", "replaced_by", "about", "created", "target"})
_NOT_IDS: Final = frozenset({"reason_id"})
_ID_LISTS: Final = frozenset({"parents", "students"})


@dataclass(frozen=True, slots=True)
class Spot:
    """One field of one model.

    Attributes:
        owner: The model that it belongs to.
        field: Its name.
        value: What stands there.
    """

    owner: Model
    field: str
    value: Any

    @property
    def name(self) -> str:
        """The field as `Model.field`."""
        return f"{type(self.owner).__name__}.{self.field}"

    @property
    def names(self) -> tuple[str, ...]:
        """The field as `Model.field` for the model and what it inherits from."""
        return tuple(
            f"{cls.__name__}.{self.field}"
            for cls in type(self.owner).__mro__
            if issubclass(cls, Model) and self.field in cls.model_fields
        )

    @property
    def is_told(self) -> bool:
        """Whether anything stands there that the model would not have had by itself."""
        default = type(self.owner).model_fields[self.field].default
        return self.value not in (None, (), NOT_LOADED) and self.value != default


def records_of(answer: Answer[Any]) -> tuple[Model, ...]:
    """The records of an answer, one or many."""
    value = answer.value
    return tuple(value) if isinstance(value, tuple) else (value,)


def spots(value: object) -> Iterator[Spot]:
    """Every field of every model in a value."""
    if isinstance(value, Model):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            yield Spot(value, name, inner)
            yield from spots(inner)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from spots(item)


def ids_in(value: object) -> Iterator[tuple[str, str]]:
    """Every unified id in a value with the field where it stands."""
    for spot in spots(value):
        if is_id_field(spot.field) and isinstance(spot.value, str):
            yield spot.name, spot.value
        elif spot.field in _ID_LISTS and isinstance(spot.value, Sequence):
            yield from ((spot.name, item) for item in spot.value if isinstance(item, str))


def days_of(record: Model) -> tuple[date, date] | None:
    """First and last local day of a record of a dated operation, where it names one."""
    start, end = getattr(record, "start", None), getattr(record, "end", None)
    if isinstance(start, date) and isinstance(end, date):
        return start, end
    day = getattr(record, "due_on", None) or getattr(record, "date", None)
    return (day, day) if isinstance(day, date) else None


def differences(ours: object, theirs: object) -> Iterator[str]:
    """Fields, as `Model.field`, in which two values differ; never the values themselves."""
    if isinstance(ours, Model) and type(ours) is type(theirs):
        for name in type(ours).model_fields:
            one, other = getattr(ours, name), getattr(theirs, name)
            if one != other:
                inner = tuple(differences(one, other))
                yield from (
                    inner if inner and inner != ("value",) else (f"{type(ours).__name__}.{name}",)
                )
    elif isinstance(ours, tuple) and isinstance(theirs, tuple) and len(ours) == len(theirs):
        for one, other in zip(ours, theirs, strict=True):
            yield from differences(one, other)
    elif ours != theirs:
        yield "number of records" if isinstance(ours, tuple) else "value"


def own_id(record: Model) -> str | None:
    """The id of a record, if it has one."""
    found = getattr(record, "id", None)
    return found if isinstance(found, str) else None


def own_ids(answer: Answer[Any]) -> tuple[str, ...]:
    """The ids of an answer's records, in order."""
    return tuple(found for record in records_of(answer) if (found := own_id(record)) is not None)


def is_id_field(field: str) -> bool:
    """Whether a field holds a unified id."""
    return (field in _IDS or field.endswith("_id")) and field not in _NOT_IDS
