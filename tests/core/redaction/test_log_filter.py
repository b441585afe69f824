import io
import logging
from collections.abc import Iterator

import pytest

from gateway.core.redaction import RedactingFilter


class Log:
    """A logger whose only handler has the filter."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.records: list[logging.LogRecord] = []
        self.logger = logging.getLogger("example")
        self.logger.setLevel(logging.DEBUG)
        self.logger.propagate = False
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        handler.addFilter(RedactingFilter())
        handler.addFilter(self._keep)
        self.logger.handlers = [handler]

    def _keep(self, record: logging.LogRecord) -> bool:
        self.records.append(record)
        return True

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def log() -> Iterator[Log]:
    log = Log()
    yield log
    log.logger.handlers = []


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError("password=hunter2")


def test_messages_and_arguments_are_cleaned_together(log: Log) -> None:
    log.logger.info("password=%s of %s", "hunter2", "ivan@example.org")
    assert log.text == "INFO password=«secret» of «email»\n"
    assert log.records[0].args == ()
    assert log.records[0].getMessage() == "password=«secret» of «email»"


def test_ordinary_messages_pass(log: Log) -> None:
    log.logger.info("%s: %d ms, 100 %%", "list_marks", 12)
    assert log.text == "INFO list_marks: 12 ms, 100 %\n"


def test_tracebacks_are_cleaned(log: Log) -> None:
    try:
        int("https://example.org/?access_token=abc")
    except ValueError:
        log.logger.exception("failed")
    assert "access_token=«secret»" in log.text
    assert "Traceback" in log.text
    assert "=abc" not in log.text
    assert log.records[0].exc_info is None


def test_stacks_are_cleaned(log: Log) -> None:
    record = log.logger.makeRecord("example", 20, __file__, 1, "x", (), None)
    record.stack_info = "at token=abc"
    log.logger.handle(record)
    assert "token=«secret»" in log.text
    assert "abc" not in log.text


def test_only_allowed_extra_fields_stay_and_are_cleaned(log: Log) -> None:
    extra = {"status": 200, "route": "/x?token=abc", "name_of_child": "Иван", "cookies": {"a": "b"}}
    log.logger.info("x", extra=extra)
    record = vars(log.records[0])
    assert record["status"] == 200
    assert record["route"] == "/x?token=«secret»"
    assert not record.keys() & {"name_of_child", "cookies"}


def test_the_allowlist_can_be_replaced() -> None:
    record = logging.makeLogRecord({"msg": "x", "mine": ["token=abc"], "status": 200})
    assert RedactingFilter(allowed_extra={"mine"}).filter(record)
    assert vars(record)["mine"] == "['token=«secret»"
    assert not hasattr(record, "status")


@pytest.mark.parametrize(
    "message, args",
    [
        ("%d", ("x",)),
        ("%s %s", ("one",)),
        ("%s", (Unprintable(),)),
        (Unprintable(), ()),
        ("%(a)s", ({},)),
    ],
)
def test_a_record_that_cannot_be_cleaned_loses_its_content(
    log: Log, message: object, args: tuple[object, ...]
) -> None:
    log.logger.info(message, *args, extra={"child": "Иван"})
    assert log.text == "INFO «a record that could not be cleaned»\n"
    assert not hasattr(log.records[0], "child")


def test_a_record_that_cannot_be_cleaned_loses_its_traceback_and_stack(log: Log) -> None:
    try:
        int("token=abc")
    except ValueError:
        log.logger.exception("%s", Unprintable(), stack_info=True)
    assert log.text == "ERROR «a record that could not be cleaned»\n"


def test_a_bad_extra_field_empties_the_record(log: Log) -> None:
    log.logger.info("token=abc", extra={"route": Unprintable()})
    assert log.text == "INFO «a record that could not be cleaned»\n"


def test_a_second_filter_changes_nothing(log: Log) -> None:
    log.logger.info("password=%s 100%%", "hunter2")
    record = log.records[0]
    before = dict(vars(record))
    assert RedactingFilter().filter(record)
    assert vars(record) == before


def test_a_message_formatted_earlier_is_cleaned_too() -> None:
    record = logging.makeLogRecord({"msg": "token=%s", "args": ("abc",)})
    logging.Formatter().format(record)
    RedactingFilter().filter(record)
    assert record.message == "token=«secret»"


def test_an_endless_message_is_cut_after_redaction() -> None:
    record = logging.makeLogRecord({"msg": "x " * 20_000 + "token=abc"})
    RedactingFilter().filter(record)
    assert len(record.getMessage()) < 20_100
    assert record.getMessage().endswith("«cut»")
