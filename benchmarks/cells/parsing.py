"""Bytes to validated models: wire decoding, mapping and validation, without a network."""

import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, cast

from benchmarks import accounts, expected, payloads
from benchmarks.canned import CannedLink
from benchmarks.measure import Meter, Metrics, check_all
from benchmarks.run import Run
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.operation import OPERATIONS
from gateway.core.contract.reading import Reading
from gateway.core.pipeline.validation import validate
from gateway_dnevnik_ru.adapter import DnevnikAdapter
from gateway_dnevnik_ru.declaration import DNEVNIK_RU
from gateway_dnevnik_ru.settings import DnevnikSettings

_KEPT_EVERY = 16


class Parser:
    """The provider's adapter over canned bytes."""

    def __init__(self, bodies: dict[str, bytes]) -> None:
        self._adapter = DnevnikAdapter(DNEVNIK_RU, DNEVNIK_RU.instances[0], DnevnikSettings())
        self._session = accounts.session(0, "http://127.0.0.1")
        self._student = self._session.students[0]
        self._bodies = bodies

    def week(self) -> Any:
        """Everything of the diary bundle: lessons, homework, marks and absences."""
        link = self._link()
        return self._value(
            "get_week", self._adapter.get_week(link, self._student, monday=payloads.MONDAY)
        )

    def lessons(self) -> Any:
        """The lessons of the diary bundle."""
        first, last = expected.FIRST, expected.LAST
        link = self._link()
        reading = self._adapter.list_lessons(link, self._student, start=first, end=last)
        return self._value("list_lessons", reading)

    def marks(self) -> Any:
        """The marks of a term, with their lessons and works."""
        first, last = expected.FIRST, payloads.MONDAY + timedelta(days=120)
        link = self._link()
        reading = self._adapter.list_marks(link, self._student, start=first, end=last)
        return self._value("list_marks", reading)

    def _link(self) -> DiaryLink:
        return cast("DiaryLink", CannedLink(self._adapter, self._session, self._bodies))

    def _value(self, operation: str, reading: Coroutine[Any, Any, Reading]) -> Any:
        value, dropped = validate(OPERATIONS[operation], at_once(reading), strict=False)
        if dropped:
            raise AssertionError("records were dropped")
        return value


def at_once(work: Coroutine[Any, Any, Reading]) -> Reading:
    """The result of a coroutine that never suspends."""
    try:
        work.send(None)
    except StopIteration as done:
        return cast("Reading", done.value)
    raise AssertionError("it suspended")


def parse(run: Run) -> Metrics:
    """Parses one payload over and over."""
    action: Callable[[], Any]
    check: Callable[[Any], None]
    if run.variant == "term":
        parser = Parser(
            {
                "/lessons/many": payloads.term_lessons(),
                "/work-types/": payloads.work_types(),
                "/marks/": payloads.term_marks(),
            }
        )
        action, check = parser.marks, expected.check_marks
    else:
        parser = Parser({"/schedules": payloads.week()})
        action = parser.lessons if run.variant == "lessons" else parser.week
        check = expected.check_lessons if run.variant == "lessons" else expected.check_week
    first = action()
    check(first)
    for _ in range(20):
        action()
    kept = []
    times = []
    with Meter(run.calls) as meter:
        for number in range(run.calls):
            started = time.perf_counter_ns()
            value = action()
            times.append(time.perf_counter_ns() - started)
            if number % _KEPT_EVERY == 0:
                kept.append(value)
    check_all(kept, first)
    return meter.metrics(p50_us=sorted(times)[len(times) // 2] / 1e3)
