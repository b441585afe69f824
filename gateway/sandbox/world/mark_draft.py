"""A mark in the making: what differs from cell to cell, before it is frozen."""

from datetime import date, datetime
from decimal import Decimal

from gateway.sandbox.world.mark_texts import CRITERIA, CRITERIA_POINTS
from gateway.sandbox.world.model import (
    Assignment,
    CriterionMark,
    Lesson,
    Mark,
    MarkCorrection,
    MarkStatus,
)
from gateway.sandbox.world.subjects import DIAGNOSTIC, PASS, SUBJECT_BY_KEY, WORK_KIND_BY_KEY

_VALUES = {number: Decimal(number) for number in range(101)}


class MarkDraft:
    """One value of one cell; ``finish`` makes the record."""

    def __init__(
        self, student_key: str, lesson: Lesson, work: Assignment, given_at: datetime
    ) -> None:
        self.student_key = student_key
        self.lesson = lesson
        self.work = work
        self.given_at = given_at
        self.index = 0
        self.suffix = ""
        self.text = ""
        self.cell_text: str | None = None  # None: the same as the text
        self.cell_size = 1
        self.value: Decimal | None = None
        self.counts = False
        self.status = MarkStatus.NOT_ASSESSED
        self.updated_at: datetime | None = None
        self.comment: str | None = None
        self.debt_due_on: date | None = None
        self.replaces: str | None = None
        self.replaced_by: str | None = None
        self.criteria: tuple[CriterionMark, ...] = ()
        self.corrections: tuple[MarkCorrection, ...] = ()

    @property
    def key(self) -> str:
        """The mark's key: pupil, work, place in the cell."""
        number = self.student_key.removeprefix("student-")
        work = self.work.key.removeprefix("assignment-")
        return f"mark-{number}-{work}-{self.index + 1}{self.suffix}"

    def grade(self, value: int) -> None:
        """Write a value of the subject's scale."""
        passing = SUBJECT_BY_KEY[self.lesson.subject_key].scale_key == PASS
        self.text = ("зач" if value else "незач") if passing else str(value)
        self.value = _VALUES[value]
        self.counts = not passing and self.work.work_kind_key != DIAGNOSTIC
        self.status = MarkStatus.GRADED
        if self.work.criteria:
            rows = zip(CRITERIA, CRITERIA_POINTS[value], strict=True)
            self.criteria = tuple(
                CriterionMark(name=name, value=point, highest=highest)
                for (name, highest), point in rows
            )

    def say(self, text: str, status: MarkStatus) -> None:
        """Write a word or a sign; only a graded one keeps its value."""
        self.text = text
        self.status = status
        self.criteria = ()
        if status is not MarkStatus.GRADED:
            self.value = None
            self.counts = False

    def correct(self, at: datetime, before: str) -> None:
        """Note that the present text was written over ``before``."""
        self.updated_at = at
        self.corrections = (MarkCorrection(at=at, before=before, after=self.text),)

    def finish(self) -> Mark:
        """The record."""
        lesson, work = self.lesson, self.work
        return Mark(
            key=self.key,
            student_key=self.student_key,
            school_key=lesson.school_key,
            class_key=lesson.class_key,
            subject_key=lesson.subject_key,
            lesson_key=lesson.key,
            assignment_key=work.key,
            work_kind_key=work.work_kind_key,
            teacher_key=lesson.teacher_key,
            date=lesson.date,
            given_at=self.given_at,
            updated_at=self.updated_at,
            text=self.text,
            value=self.value,
            scale_key=SUBJECT_BY_KEY[lesson.subject_key].scale_key,
            weight=WORK_KIND_BY_KEY[work.work_kind_key].weight,
            counts=self.counts,
            status=self.status,
            cell_index=self.index,
            cell_size=self.cell_size,
            cell_text=self.text if self.cell_text is None else self.cell_text,
            comment=self.comment,
            debt_due_on=self.debt_due_on,
            replaces=self.replaces,
            replaced_by=self.replaced_by,
            criteria=self.criteria,
            corrections=self.corrections,
        )
