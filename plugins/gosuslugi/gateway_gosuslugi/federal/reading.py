"""A document of the published contract as records of our model (notes 4.5)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from gateway.core.contract.reading import Record
from gateway.core.errors import GatewayError, InvalidRequest, NotFound, Refused
from gateway.core.ids import Ids
from gateway.core.marks import read_sign
from gateway.core.model.attendance import AttendanceStatus
from gateway.core.model.grading import GradingScale
from gateway.core.model.lessons import LessonStatus
from gateway.core.model.marks import MarkStatus
from gateway.core.model.schools import GroupKind, OrganizationKind
from gateway_gosuslugi.federal.wire import ClassLessons, Lesson, Schedule, SchoolLessons, Score

_SCALES: Final = {
    "5": GradingScale.FIVE_POINT,
    "6": GradingScale.SIX_POINT,
    "7": GradingScale.SEVEN_POINT,
    "10": GradingScale.TEN_POINT,
    "12": GradingScale.TWELVE_POINT,
    "100": GradingScale.HUNDRED_POINT,
}
_STATUSES: Final = {
    "н": AttendanceStatus.ABSENT,
    "б": AttendanceStatus.ILLNESS,
    "у": AttendanceStatus.EXCUSED,
    "о": AttendanceStatus.TARDY,
    "осв": AttendanceStatus.EXEMPT,
}
_ERRORS: Final[dict[str, type[GatewayError]]] = {
    "not-found": NotFound,
    "structure": InvalidRequest,
    "expired": Refused,
}
_WEEK: Final = 7

Note = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """A lesson with its local day."""

    lesson: Lesson
    day: date
    starts_at: datetime
    ends_at: datetime


class Reader:
    """Reads one document.

    Args:
        ids: Makes identifiers.
        zone: The school's time zone.
        document: The document.
        note: Takes what could not be read.

    Raises:
        GatewayError: The document says why there is no timetable.
    """

    def __init__(self, ids: Ids, zone: ZoneInfo, document: Schedule, note: Note) -> None:
        if document.resource_type != "Schedule":
            raise _refusal(document)
        self._ids = ids
        self._zone = zone
        self._schools = document.school or []
        self._note = note

    def lessons(self, start: date, end: date) -> list[Record]:
        """Lessons between two days."""
        return [self._lesson(item) for item in self._placed(start, end)]

    def homework(self, start: date, end: date) -> list[Record]:
        """Homework due between two days."""
        return [
            {
                "id": self._ids.of("homework", item.day.isoformat(), item.lesson.id),
                "subject": {"name": item.lesson.subject},
                "text": item.lesson.homework,
                "due_on": item.day,
                "lesson_id": self._lesson_id(item),
            }
            for item in self._placed(start, end)
            if item.lesson.homework
        ]

    def marks(self, start: date, end: date) -> list[Record]:
        """Marks for lessons between two days; two values of a cell are two marks."""
        return [
            record
            for item in self._placed(start, end)
            for index, score in enumerate(item.lesson.score or (), 1)
            for record in self._cell(item, index, score)
        ]

    def attendance(self, start: date, end: date) -> list[Record]:
        """Absences between two days."""
        return [
            {
                "id": self._ids.of("attendance", item.day.isoformat(), item.lesson.id),
                "date": item.day,
                "lesson_id": self._lesson_id(item),
                "subject": {"name": item.lesson.subject},
                "status": _STATUSES.get(code.casefold(), AttendanceStatus.UNKNOWN),
                "status_text": code,
            }
            for item in self._placed(start, end)
            if item.lesson.attendance is not None and (code := item.lesson.attendance.code)
        ]

    def week(self, monday: date) -> Record:
        """Everything of seven days."""
        days = []
        for offset in range(_WEEK):
            day = monday + timedelta(days=offset)
            parts = {
                "lessons": self.lessons(day, day),
                "homework": self.homework(day, day),
                "marks": self.marks(day, day),
                "attendance": self.attendance(day, day),
            }
            if any(parts.values()):
                days.append({"date": day, **parts})
        return {"start": monday, "end": monday + timedelta(days=_WEEK - 1), "days": days}

    def school(self) -> Record:
        """The pupil's school, the first that the document names.

        Raises:
            NotFound: It names none.
        """
        for school in self._schools:
            return {
                "id": self._ids.of("school", school.id),
                "kind": OrganizationKind.SCHOOL,
                "name": school.name,
                "zone": self._zone.key,
            }
        raise NotFound("the document names no school")

    def groups(self) -> list[Record]:
        """Classes of the pupil."""
        return [
            {
                "id": self._ids.of("class", school.id, group.name),
                "kind": GroupKind.HOMEROOM,
                "name": group.name,
                "grade_level": _number(group.grade),
                "school_year": _first_year(school),
            }
            for school, group in self._classes()
        ]

    def _classes(self) -> Iterator[tuple[SchoolLessons, ClassLessons]]:
        for school in self._schools:
            for group in school.classes:
                yield school, group

    def _placed(self, start: date, end: date) -> list[Placed]:
        found = []
        for _, group in self._classes():
            for index, lesson in enumerate(group.lesson):
                placed = self._place(lesson)
                if placed is None:
                    self._note(f"$.school[].class[].lesson[{index}].period", "not a time")
                elif start <= placed.day <= end:
                    found.append(placed)
        return sorted(found, key=lambda item: item.starts_at)

    def _place(self, lesson: Lesson) -> Placed | None:
        try:
            starts, ends = map(datetime.fromisoformat, (lesson.period.start, lesson.period.end))
        except ValueError:
            return None
        starts, ends = (
            item if item.tzinfo is not None else item.replace(tzinfo=self._zone)
            for item in (starts, ends)
        )
        # The day on the school's wall, whatever offset the document counts in.
        return Placed(lesson, starts.astimezone(self._zone).date(), starts, ends)

    def _lesson_id(self, item: Placed) -> str:
        return self._ids.of("lesson", item.day.isoformat(), item.lesson.id)

    def _lesson(self, item: Placed) -> Record:
        lesson = item.lesson
        return {
            "id": self._lesson_id(item),
            "date": item.day,
            "starts_at": item.starts_at,
            "ends_at": item.ends_at,
            "subject": {"name": lesson.subject},
            "room": lesson.classroom or None,
            "topic": lesson.topic,
            "status": LessonStatus.SUBSTITUTED if lesson.instead_of else None,
            "status_text": lesson.instead_of,
            "is_remote": lesson.distant,
            "comment": lesson.note,
        }

    def _cell(self, item: Placed, index: int, score: Score) -> Iterator[Record]:
        values = [text for text in (score.score, score.score2) if text]
        cell = self._ids.of("cell", item.day.isoformat(), item.lesson.id, index)
        scale = _SCALES.get((score.score_system or "").strip(), GradingScale.UNKNOWN)
        for place, text in enumerate(values, 1):
            sign = read_sign(text, scale)
            several = len(values) > 1
            yield {
                "id": self._ids.of("mark", item.day.isoformat(), item.lesson.id, index, place),
                "subject": {"name": item.lesson.subject},
                "text": text,
                "scale": scale,
                "scale_text": score.score_system,
                "value": sign.value,
                "normalized": sign.normalized,
                "weight": None if score.weight is None else Decimal(str(score.weight)),
                "status": sign.status,
                "status_text": text if sign.status is MarkStatus.UNKNOWN else None,
                "date": item.day,
                "lesson_id": self._lesson_id(item),
                "assignment": None if score.code is None else {"category_short": score.code},
                "cell": cell if several else None,
                "cell_text": "/".join(values) if several else None,
            }


def _first_year(school: SchoolLessons) -> int | None:
    return _number((school.academic_year or "")[:4])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _refusal(document: Schedule) -> GatewayError:
    code = next((item.code for item in document.issue or () if item.code), "") or ""
    return _ERRORS.get(code, Refused)(f"the document says: {code or 'no reason'}")
