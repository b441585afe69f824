"""The filter behind the allowlist of log fields."""

import logging
from collections.abc import Collection
from typing import Final

from gateway.core.redaction.text import redact_text

DEFAULT_EXTRA: Final = frozenset(
    {
        "account",  # a pseudonym
        "attempt",
        "attempts",
        "bytes",
        "capability",
        "code",  # of an error
        "elapsed",
        "event",
        "host",
        "host_role",
        "instance",
        "kind",
        "method",
        "operation",
        "outcome",
        "provider",
        "region",
        "retry_after",
        "route",  # a template, never a path with ids
        "stale",
        "status",
    }
)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"asctime", "message", "taskName"}
_LONGEST = 20_000  # characters of a message or a traceback
_FORMATTER = logging.Formatter()


class RedactingFilter(logging.Filter):
    """Cleans every record that passes: message, arguments, traceback and extra fields.

    The message is formatted here, because a template and its arguments may be harmless apart and
    not together. Extra fields that are not allowed are removed. It lets every record through and
    never raises: a record that cannot be cleaned loses its content. Attach it to handlers (a
    filter on a logger does not see what its children log).
    """

    def __init__(self, allowed_extra: Collection[str] = DEFAULT_EXTRA) -> None:
        super().__init__()
        self._kept = _STANDARD | frozenset(allowed_extra)

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean `record` in place; always true."""
        try:
            self._clean(record)
        except Exception:  # noqa: BLE001 - whatever an argument's __str__ raises, logging goes on
            _empty(record)
        return True

    def _clean(self, record: logging.LogRecord) -> None:
        message = _cleaned(record.getMessage())
        trace = record.exc_text or ""
        if record.exc_info and not trace:
            trace = _FORMATTER.formatException(record.exc_info)
        stack = record.stack_info
        extra = {
            name: _field(value) for name, value in vars(record).items() if name not in _STANDARD
        }
        record.msg, record.args = message, ()
        if "message" in vars(record):  # an earlier handler has formatted it
            record.message = message
        # Formatters print exc_text as it is; without exc_info nobody formats the original again.
        record.exc_text = _cleaned(trace) if trace else None
        record.exc_info = None
        record.stack_info = _cleaned(stack) if stack else None
        for name, value in extra.items():
            if name in self._kept:
                setattr(record, name, value)
            else:
                delattr(record, name)


def _cleaned(text: str) -> str:
    text = redact_text(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… «cut»"


def _field(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float) else _cleaned(str(value))


def _empty(record: logging.LogRecord) -> None:
    record.msg, record.args = "«a record that could not be cleaned»", ()
    record.exc_info = record.exc_text = record.stack_info = None
    for name in [name for name in vars(record) if name not in _STANDARD]:
        delattr(record, name)
