"""A week of the diary: everything of seven days, flat and joined by ids."""

from pydantic import Field

from gateway.core.model.attendance import AttendanceRecord
from gateway.core.model.base import LocalDate, Model
from gateway.core.model.calendar import DayKind
from gateway.core.model.homework import Homework
from gateway.core.model.lessons import Lesson
from gateway.core.model.marks import Mark
from gateway.core.model.remarks import Remark


class DiaryDay(Model):
    """One day of the diary.

    Homework stands on the day it is due, marks and attendance on the day of their lesson.
    """

    date: LocalDate = Field(description="Local date.")
    kind: DayKind | None = Field(None, description="None where the provider never tells.")
    kind_text: str | None = Field(None, description="The provider's own word.")
    lessons: tuple[Lesson, ...] = Field((), description="Lessons by time.")
    homework: tuple[Homework, ...] = Field((), description="Homework due on this day.")
    marks: tuple[Mark, ...] = Field((), description="Marks for lessons of this day.")
    attendance: tuple[AttendanceRecord, ...] = Field((), description="Absences of this day.")
    remarks: tuple[Remark, ...] = Field((), description="Remarks of this day.")


class DiaryWeek(Model):
    """Seven days from Monday to Sunday."""

    start: LocalDate = Field(description="Monday.")
    end: LocalDate = Field(description="Sunday.")
    days: tuple[DiaryDay, ...] = Field(description="Days by date; days without records may lack.")
    is_signed: bool | None = Field(None, description="Whether the parent signed the week.")
