"""What all models of the diary share."""

from datetime import date
from typing import Annotated, Final, Literal, TypeVar, final

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

MODEL_VERSION: Final = 1
"""Raised when a field is removed or retyped; stands in cache keys and JSON documents."""

SCHEMA: Final = f"diary-gateway/{MODEL_VERSION}"
"""Value of `schema` in every JSON document that the gateway writes."""


@final
class NotLoaded:
    """The type of `NOT_LOADED`: another request would tell. Falsy, one instance."""

    _only: "NotLoaded | None" = None

    def __new__(cls) -> "NotLoaded":
        """The one instance."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "NOT_LOADED"

    def __reduce__(self) -> str:
        return "NOT_LOADED"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"not": {}}


NOT_LOADED: Final = NotLoaded()

T = TypeVar("T")


def _is_not_loaded(value: object) -> bool:
    return value is NOT_LOADED


Loadable = Annotated[
    T | NotLoaded,
    Field(default=NOT_LOADED, exclude_if=_is_not_loaded, union_mode="left_to_right"),
]
"""A field that may cost another request: `NOT_LOADED` by default, left out of JSON."""

LocalDate = date
"""A day on the school's calendar."""

Id = Annotated[
    str,
    Field(
        description="Unified identifier `provider[@instance]:kind:key[/key…]`, stable between "
        "polls and equal for every account that sees the thing."
    ),
]


class Model(BaseModel):
    """Base of every model: frozen, closed, built on first use."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        ser_json_timedelta="iso8601",
        use_enum_values=False,
        hide_input_in_errors=True,
    )


class Reference(Model):
    """A pointer to a thing together with its name, so that most readers need no look-up."""

    id: Id | None = Field(None, description="None where the provider gives only a name.")
    name: str = Field(description="Name to show.")
