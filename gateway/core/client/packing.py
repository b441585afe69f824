"""Answers as bytes, for the compressed layer of the cache."""

from datetime import datetime
from typing import Any, Final

import msgspec

from gateway.core.contract.operation import OPERATIONS
from gateway.core.model.answer import Answer, DateRange, Issue
from gateway.core.pipeline.validation import adapter_for


class _Packed(msgspec.Struct):
    operation: str
    provider: str
    fetched_at: datetime
    value: msgspec.Raw
    covered: DateRange | None
    complete: bool
    issues: tuple[Issue, ...]
    next_cursor: str | None


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(_Packed)


def pack(cached: "tuple[str, Answer[Any]]") -> bytes:
    """An operation's name and answer as JSON bytes."""
    operation, answer = cached
    value = adapter_for(OPERATIONS[operation]).dump_json(answer.value, exclude_defaults=True)
    return _ENCODER.encode(
        _Packed(
            operation=operation,
            provider=answer.provider,
            fetched_at=answer.fetched_at,
            value=msgspec.Raw(value),
            covered=answer.covered,
            complete=answer.complete,
            issues=answer.issues,
            next_cursor=answer.next_cursor,
        )
    )


def unpack(packed: bytes) -> "tuple[str, Answer[Any]]":
    """The name and answer that `pack()` wrote."""
    found = _DECODER.decode(packed)
    value = adapter_for(OPERATIONS[found.operation]).validate_json(bytes(found.value))
    answer: Answer[Any] = Answer(
        value=value,
        provider=found.provider,
        fetched_at=found.fetched_at,
        covered=found.covered,
        complete=found.complete,
        issues=found.issues,
        next_cursor=found.next_cursor,
    )
    return found.operation, answer
