"""How one cell of the register is filled: plain marks and every special one in turn."""

from bisect import bisect_left, bisect_right
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from gateway.sandbox.world.mark_draft import MarkDraft
from gateway.sandbox.world.mark_texts import (
    COMMENTS,
    EXEMPT_COMMENT,
    NOT_COUNTED_COMMENT,
    RETAKE_COMMENT,
)
from gateway.sandbox.world.model import (
    AcademicPeriod,
    Assignment,
    Lesson,
    Mark,
    MarkStatus,
    Student,
)
from gateway.sandbox.world.rng import Bag
from gateway.sandbox.world.subjects import (
    FIVE,
    HUNDRED,
    PASS,
    SUBJECT_BY_KEY,
    TEN,
    WORK_KIND_BY_KEY,
)

_SPECIALS = (
    *("comment", "sign", "double", "not_assessed", "exempt", "debt"),
    *("retake", "not_counting", "corrected"),
)
_SPECIAL_EVERY = 3  # every third mark of a pupil is a special one
_DEBT_DAYS, _RETAKE_DAYS = timedelta(days=10), timedelta(days=6)
_LOWEST_FIVE, _HIGHEST_FIVE = 2, 5
_AFTERNOON = time(15, 10)


@dataclass(slots=True)
class Pupil:
    """A pupil as the register sees them: ability from 2 to 5, the bag of special marks."""

    student: Student
    ability: float
    bag: Bag
    marks_so_far: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Study days and periods of a school, to put dates of debts and retakes in."""

    days: tuple[date, ...]
    periods: tuple[AcademicPeriod, ...]

    def due_after(self, day: date, delay: timedelta) -> date | None:
        """The first study day after the delay, within the period; None when none is left."""
        ends = next((item.ends for item in self.periods if item.ends >= day), day)
        index = min(bisect_left(self.days, day + delay), bisect_right(self.days, ends) - 1)
        return self.days[index] if self.days[index] > day else None


def new_bag(rng: Random) -> Bag:
    """The special marks, to be drawn in turn."""
    return Bag(_SPECIALS, rng)


class Marker:
    """Fills cells as seen at the end of ``today`` (aware); draws do not depend on it."""

    def __init__(self, rng: Random, terms: Terms, today: datetime) -> None:
        self._rng = rng
        self._terms = terms
        self._today = today

    def absent(self, pupil: Pupil, lesson: Lesson, work: Assignment) -> list[Mark]:
        """«н» instead of a mark."""
        draft = MarkDraft(pupil.student.key, lesson, work, lesson.starts_at + timedelta(minutes=5))
        draft.say("н", MarkStatus.ABSENT)
        return self._seen(draft)

    def debt(
        self, pupil: Pupil, lesson: Lesson, work: Assignment, *, missed: bool = False
    ) -> list[Mark]:
        """«Точка»: with its term, after which it is a mark, or nothing for some who ``missed`` it.

        Where no term is left in the period it is a plain mark at once, or «н» for who missed it.
        """
        value = self._value(pupil, SUBJECT_BY_KEY[lesson.subject_key].scale_key)
        vanishes = self._rng.random() < 0.25  # noqa: PLR2004 - a quarter is forgiven
        draft = MarkDraft(pupil.student.key, lesson, work, self._given(lesson, work))
        draft.grade(value)
        due = self._terms.due_after(lesson.date, _DEBT_DAYS)
        if due is None or due <= draft.given_at.date():
            if missed:
                draft.say("н", MarkStatus.ABSENT)
            return self._seen(draft)
        settled_at = datetime.combine(due, _AFTERNOON, lesson.starts_at.tzinfo)
        if settled_at > self._today:
            draft.say(".", MarkStatus.DEBT)
            draft.debt_due_on = due
            return self._seen(draft)
        if missed and vanishes:
            return []
        draft.correct(settled_at, ".")
        return self._seen(draft)

    def mark(self, pupil: Pupil, lesson: Lesson, work: Assignment) -> list[Mark]:
        """The marks of one cell that can be seen by now."""
        scale = SUBJECT_BY_KEY[lesson.subject_key].scale_key
        special = "plain"
        pupil.marks_so_far += 1
        if scale == FIVE and pupil.marks_so_far >= _SPECIAL_EVERY:
            pupil.marks_so_far = 0
            special = pupil.bag.draw()
        if special == "debt":
            return self.debt(pupil, lesson, work)
        value = self._value(pupil, scale)
        draft = MarkDraft(pupil.student.key, lesson, work, self._given(lesson, work))
        draft.grade(value)
        if special == "plain":
            return self._seen(draft)
        other = self._value(pupil, scale)
        if special == "double":
            return self._double(draft, value, other)
        if special == "retake":
            return self._retaken(draft, max(value, _LOWEST_FIVE + 1))
        self._touch(draft, special, value, other)
        return self._seen(draft)

    def _touch(self, draft: MarkDraft, special: str, value: int, other: int) -> None:
        """What makes one single mark special."""
        match special:
            case "comment":
                draft.comment = self._rng.choice(COMMENTS)
            case "sign":
                minus = value > other or value == _HIGHEST_FIVE
                draft.say(f"{value}{'-' if minus else '+'}", MarkStatus.GRADED)
            case "not_assessed":
                draft.say("н/а", MarkStatus.NOT_ASSESSED)
            case "exempt":
                draft.say("осв", MarkStatus.EXEMPT)
                draft.comment = EXEMPT_COMMENT
            case "not_counting":
                draft.counts = False
                draft.comment = NOT_COUNTED_COMMENT
            case "corrected":
                self._correct(draft, value, other)

    def _seen(self, *drafts: MarkDraft) -> list[Mark]:
        return [draft.finish() for draft in drafts if draft.given_at <= self._today]

    def _double(self, first: MarkDraft, value: int, other: int) -> list[Mark]:
        second = copy(first)
        second.index = 1
        second.grade(other)
        for draft in (first, second):
            draft.cell_size = 2
            draft.cell_text = f"{value}/{other}"
            draft.criteria = ()
        return self._seen(first, second)

    def _retaken(self, old: MarkDraft, better: int) -> list[Mark]:
        """A bad mark, and a better one some days later; both stay, the later one counts."""
        new = copy(old)
        new.grade(better)
        old.grade(_LOWEST_FIVE)
        day = self._terms.due_after(old.lesson.date, _RETAKE_DAYS)
        if day is None or day <= old.given_at.date():
            return self._seen(old)
        new.given_at = datetime.combine(day, _AFTERNOON, old.given_at.tzinfo)
        if new.given_at > self._today:
            return self._seen(old)
        new.suffix = "-retake"
        new.comment = RETAKE_COMMENT
        new.replaces, old.replaced_by = old.key, new.key
        old.status, old.counts = MarkStatus.RETAKEN, False
        old.updated_at = new.given_at
        return self._seen(old, new)

    def _correct(self, draft: MarkDraft, value: int, other: int) -> None:
        """A slip of the pen, put right the next day."""
        at = draft.given_at + timedelta(days=1)
        if at > self._today:
            return
        before = draft.text
        span = _HIGHEST_FIVE - _LOWEST_FIVE + 1
        after = other if other != value else (value + 1 - _LOWEST_FIVE) % span + _LOWEST_FIVE
        draft.grade(after)
        draft.correct(at, before)

    def _value(self, pupil: Pupil, scale: str) -> int:
        grade = self._rng.gauss(pupil.ability, 0.7)
        if scale == PASS:
            return int(grade > 2.8)  # noqa: PLR2004 - a weak answer does not pass
        if scale == TEN:
            return min(max(round(grade * 2), 1), 10)
        if scale == HUNDRED:
            return min(max(round(grade * 20), 0), 100)
        return min(max(round(grade), _LOWEST_FIVE), _HIGHEST_FIVE)

    def _given(self, lesson: Lesson, work: Assignment) -> datetime:
        """Same day for most works, some days later for control works and by forgetful teachers."""
        rng = self._rng
        minutes, lot, days = int(rng.random() * 115) + 5, rng.random(), int(rng.random() * 3) + 1
        late = lot < 0.06  # noqa: PLR2004 - one entry in sixteen is late
        important = WORK_KIND_BY_KEY[work.work_kind_key].is_important
        return lesson.ends_at + timedelta(days=days if important or late else 0, minutes=minutes)
