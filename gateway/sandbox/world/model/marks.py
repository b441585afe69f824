"""Marks (signs), final grades (results), and the averages and ranks made of them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class MarkStatus(StrEnum):
    """What a sign in the register means."""

    GRADED = "graded"
    DEBT = "debt"  # «точка»: must be handed in by ``debt_due_on``
    RETAKEN = "retaken"  # was replaced by the mark ``replaced_by``
    EXEMPT = "exempt"
    NOT_ASSESSED = "not_assessed"
    ABSENT = "absent"


class GradeKind(StrEnum):
    """What a final grade sums up."""

    PERIOD = "period"
    YEAR = "year"
    EXAM = "exam"
    ATTESTATION = "attestation"  # intermediate attestation
    FINAL = "final"  # of the year and the exam together


class Trend(StrEnum):
    """Direction of a value since the last look."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkKind:
    """A kind of work with its weight (at least 1); ``is_important`` ones are control works."""

    key: str
    name: str
    short_name: str
    weight: int
    is_important: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What marks are given for: a piece of work at a lesson, or the homework due there."""

    key: str
    lesson_key: str
    class_key: str
    group_key: str | None
    subject_key: str
    teacher_key: str
    work_kind_key: str
    title: str
    date: dt.date
    homework_key: str | None
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionMark:
    """Points for one criterion of a criteria-based assessment."""

    name: str
    value: int
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCorrection:
    """The teacher wrote ``after`` over ``before``; None stands for an empty cell."""

    at: dt.datetime
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One sign in one cell of the register.

    ``date`` is the date of the lesson; ``given_at`` (aware) is when the teacher entered it, which
    may be days later; ``updated_at`` when it was last corrected. ``text`` is as printed, ``value``
    its number on ``scale_key`` where there is one («5-» is 5, «зач» is 1). ``weight`` is that of
    the kind of work. A cell «4/5» is two marks with the same ``assignment_key`` and ``cell_text``,
    ``cell_index`` 0 and 1. ``counts`` tells whether the average takes it in.
    """

    key: str
    student_key: str
    school_key: str
    class_key: str
    subject_key: str
    lesson_key: str
    assignment_key: str
    work_kind_key: str
    teacher_key: str
    date: dt.date
    given_at: dt.datetime
    updated_at: dt.datetime | None
    text: str
    value: Decimal | None
    scale_key: str
    weight: int
    counts: bool
    status: MarkStatus
    cell_index: int
    cell_size: int
    cell_text: str
    comment: str | None
    debt_due_on: dt.date | None
    replaces: str | None
    replaced_by: str | None
    criteria: tuple[CriterionMark, ...]
    corrections: tuple[MarkCorrection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalGrade:
    """A result; ``period_key`` is None unless ``kind`` is PERIOD, ``average`` is its ground."""

    key: str
    student_key: str
    school_key: str
    class_key: str
    subject_key: str
    year_key: str
    kind: GradeKind
    period_key: str | None
    text: str
    value: Decimal | None
    scale_key: str
    status: MarkStatus
    given_on: dt.date
    teacher_key: str
    comment: str | None
    average: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRank:
    """A pupil's place in the class on a day, by weighted average within the period.

    ``subject_key`` is None for all subjects together. Places are shared by equal averages.
    """

    key: str
    student_key: str
    class_key: str
    subject_key: str | None
    period_key: str
    on: dt.date
    place: int
    out_of: int
    average: Decimal
    previous_place: int | None
    trend: Trend
