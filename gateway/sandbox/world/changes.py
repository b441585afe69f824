"""Changes of the timetable: substitutions, cancellations, moves, other rooms, remote lessons."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from gateway.sandbox.world.model import (
    ChangeKind,
    Lesson,
    LessonChange,
    LessonForm,
    LessonStatus,
    School,
)
from gateway.sandbox.world.rng import Bag, stream
from gateway.sandbox.world.school_year import monday_of
from gateway.sandbox.world.topics import CHANGE_REASONS

_PER_WEEK = 2
_KINDS = ("teacher", "subject", "room", "cancelled", "moved", "remote")


class Changer:
    """Applies a few changes a week to one class, those that were announced by ``today``.

    What is drawn does not depend on ``today``, so a later day shows the same changes and more.
    """

    def __init__(self, seed: int, slug: str, school: School, today: datetime, deputy: str) -> None:
        self._rng: Random = stream(seed, "changes", slug)
        self._bag = Bag(_KINDS, self._rng)
        self._school = school
        self._today = today
        self._deputy = deputy
        self._lengthened: set[date] = set()  # days that already got a moved lesson
        self._last_numbers: dict[date, int] = {}

    def apply(self, lessons: list[Lesson]) -> list[Lesson]:
        """The lessons with their changes, in time order."""
        weeks: dict[date, list[Lesson]] = {}
        for lesson in lessons:
            number = max(lesson.number or 0, self._last_numbers.get(lesson.date, 0))
            self._last_numbers[lesson.date] = number
            if (
                lesson.form is LessonForm.CLASSROOM
                and lesson.group_key is None
                and not lesson.is_control
            ):
                weeks.setdefault(monday_of(lesson.date), []).append(lesson)
        changed: dict[str, Lesson] = {}
        added: list[Lesson] = []
        for week in weeks.values():
            chosen = self._rng.sample(week, min(_PER_WEEK, len(week)))
            for lesson in chosen:
                self._change(lesson, week, changed, added)
        result = [changed.get(lesson.key, lesson) for lesson in lessons] + added
        return sorted(result, key=lambda lesson: (lesson.starts_at, lesson.key))

    def _change(
        self, lesson: Lesson, week: list[Lesson], changed: dict[str, Lesson], added: list[Lesson]
    ) -> None:
        rng = self._rng
        kind = self._bag.draw()
        reason = rng.choice(CHANGE_REASONS[kind])
        lead = timedelta(days=rng.randint(0, 3))
        announced = lesson.starts_at - lead - timedelta(hours=1, minutes=rng.randrange(50))
        other = self._other(kind, lesson, week)
        if announced > self._today:
            return
        change = LessonChange(
            kind=ChangeKind.TEACHER,
            reason=reason,
            announced_at=announced,
            subject_key=lesson.subject_key,
            teacher_key=lesson.teacher_key,
            room=lesson.room,
            date=lesson.date,
            number=lesson.number,
        )
        match kind:
            case "subject" if other:
                changed[lesson.key] = replace(
                    lesson,
                    subject_key=other.subject_key,
                    teacher_key=other.teacher_key,
                    topic=other.topic,
                    change=replace(change, kind=ChangeKind.SUBJECT),
                )
            case "room":
                changed[lesson.key] = replace(
                    lesson, room="Библиотека", change=replace(change, kind=ChangeKind.ROOM)
                )
            case "cancelled":
                changed[lesson.key] = replace(
                    lesson,
                    status=LessonStatus.CANCELLED,
                    change=replace(change, kind=ChangeKind.CANCELLED),
                )
            case "remote":
                changed[lesson.key] = replace(
                    lesson,
                    form=LessonForm.REMOTE,
                    room=None,
                    building=None,
                    floor=None,
                    remote_url=f"https://meet.example.org/{lesson.key}",
                    change=replace(change, kind=ChangeKind.REMOTE),
                )
            case "moved" if other:
                changed[lesson.key], moved = self._move(lesson, other.date, change)
                added.append(moved)
            case _:
                changed[lesson.key] = replace(lesson, teacher_key=self._deputy, change=change)

    def _other(self, kind: str, lesson: Lesson, week: list[Lesson]) -> Lesson | None:
        """The lesson that lends its subject and teacher, or one of the day to move to."""
        if kind == "subject":
            others = [item for item in week if item.subject_key != lesson.subject_key]
        elif kind == "moved":
            room = self._school.bell_schedules[0].bells[-1].number
            others = [
                item
                for item in week
                if item.date > lesson.date
                and item.date not in self._lengthened
                and self._last_numbers[item.date] < room
            ]
        else:
            others = []
        found = self._rng.choice(others) if others else None
        if found and kind == "moved":
            self._lengthened.add(found.date)
        return found

    def _move(self, lesson: Lesson, day: date, change: LessonChange) -> tuple[Lesson, Lesson]:
        """Move a lesson to the end of a later day: the empty slot and the lesson in its place."""
        number = self._last_numbers[day] + 1
        bells = self._school.bell_schedules
        schedule = next((b for b in bells if day.isoweekday() in b.weekdays), bells[0])
        bell = schedule.lesson(number)
        starts_at = datetime.combine(day, bell.starts, lesson.starts_at.tzinfo)
        key = f"{lesson.key.rsplit('-', 2)[0]}-{day:%Y%m%d}-{number}m"
        moved = replace(
            lesson,
            key=key,
            date=day,
            number=number,
            starts_at=starts_at,
            ends_at=datetime.combine(day, bell.ends, lesson.starts_at.tzinfo),
            status=LessonStatus.HELD if starts_at <= self._today else LessonStatus.PLANNED,
            change=replace(change, kind=ChangeKind.MOVED_HERE, other_lesson_key=lesson.key),
        )
        slot = replace(
            lesson,
            status=LessonStatus.MOVED,
            change=replace(change, kind=ChangeKind.MOVED_AWAY, other_lesson_key=key),
        )
        return slot, moved
