"""Models and accounts as tables and JSON-able data."""

from collections.abc import Iterable, Sequence
from typing import Any

from gateway.cli.output import Output
from gateway.core.client.gateway import Account
from gateway.core.model import (
    Answer,
    DiaryDay,
    DiaryWeek,
    FinalGrade,
    Homework,
    Lesson,
    Mark,
    SubjectResult,
)
from gateway.core.model.base import Model

WEEKDAYS = {
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def account_fields(account: Account) -> dict[str, Any]:
    """An account as JSON-able data."""
    return {
        "key": account.key,
        "provider": account.provider,
        "instance": account.instance,
        "method": account.method,
        "role": account.role.value,
        "label": account.label,
        "status": account.status.value,
        "students": list(account.students),
    }


def show_accounts(out: Output, accounts: Iterable[Account]) -> None:
    """Accounts as a table."""
    out.table(
        (
            out.pick("Дневник", "Diary"),
            out.pick("Роль", "Role"),
            out.pick("Состояние", "State"),
            out.pick("Имя", "Label"),
            out.pick("Учётная запись", "Account"),
        ),
        ((item.provider, item.role, item.status, item.label, item.key) for item in accounts),
    )


def answer_fields(answer: Answer[Any]) -> dict[str, Any]:
    """An answer as JSON-able data."""
    value = answer.value
    many = isinstance(value, tuple)
    covered = answer.covered
    return {
        "provider": answer.provider,
        "fetched_at": answer.fetched_at.isoformat(),
        "stale": answer.stale,
        "error": answer.error.to_problem() if answer.error is not None else None,
        "covered": [covered.start.isoformat(), covered.end.isoformat()] if covered else None,
        "complete": answer.complete,
        "issues": [{"path": item.path, "reason": item.reason} for item in answer.issues],
        "value": [_dump(item) for item in value] if many else _dump(value),
    }


def _dump(item: Model) -> dict[str, Any]:
    return item.model_dump(mode="json")


def show_week(out: Output, week: DiaryWeek) -> None:
    """A week as one table a day."""
    for day in week.days:
        if day.lessons or day.homework or day.marks:
            show_day(out, day)


def show_day(out: Output, day: DiaryDay) -> None:
    """A day of the diary."""
    name = WEEKDAYS[out.language][day.date.weekday()]
    out.table(
        (
            "№",
            out.pick("Время", "Time"),
            out.pick("Предмет", "Subject"),
            out.pick("Каб.", "Room"),
            out.pick("Домашнее задание", "Homework"),
            out.pick("Отметки", "Marks"),
            out.pick("Пропуск", "Absence"),
        ),
        (_lesson_row(lesson, day) for lesson in day.lessons),
        title=f"{day.date:%d.%m.%Y}, {name}",
    )


def _lesson_row(lesson: Lesson, day: DiaryDay) -> Sequence[object]:
    homework = [item.text for item in day.homework if item.lesson_id == lesson.id and item.text]
    absent = [item.status for item in day.attendance if item.lesson_id == lesson.id]
    return (
        lesson.number or None,
        f"{lesson.starts_at:%H:%M}" if lesson.starts_at else None,
        lesson.subject.name,
        lesson.room,
        "\n".join(homework),
        " ".join(_sign(item) for item in day.marks if item.lesson_id == lesson.id),
        ", ".join(absent),
    )


def _sign(mark: Mark) -> str:
    weight = f"×{mark.weight}" if mark.weight and mark.weight != 1 else ""
    return mark.text + weight


def show_lessons(out: Output, lessons: Iterable[Lesson]) -> None:
    """A timetable."""
    out.table(
        (
            out.pick("Дата", "Date"),
            "№",
            out.pick("Время", "Time"),
            out.pick("Предмет", "Subject"),
            out.pick("Учитель", "Teacher"),
            out.pick("Каб.", "Room"),
            out.pick("Состояние", "State"),
        ),
        (
            (
                item.date,
                item.number or None,
                f"{item.starts_at:%H:%M}" if item.starts_at else None,
                item.subject.name,
                ", ".join(teacher.name for teacher in item.teachers or ()),
                item.room,
                item.status,
            )
            for item in lessons
        ),
    )


def show_homework(out: Output, homework: Iterable[Homework]) -> None:
    """Homework by due date."""
    out.table(
        (
            out.pick("К дате", "Due"),
            out.pick("Предмет", "Subject"),
            out.pick("Задание", "Text"),
            out.pick("Сделано", "Done"),
        ),
        (
            (item.due_on, item.subject.name, item.text, "✓" if item.is_done else "")
            for item in homework
        ),
    )


def show_marks(out: Output, marks: Sequence[Mark], results: Sequence[SubjectResult]) -> None:
    """Marks by subject with averages and a chart."""
    averages = {item.subject.name: item for item in results}
    by_subject: dict[str, list[Mark]] = {}
    for mark in marks:
        by_subject.setdefault(mark.subject.name if mark.subject else "—", []).append(mark)
    rows = []
    for name, items in sorted(by_subject.items()):
        result = averages.get(name)
        plain = _average(result)
        known = [item.normalized for item in items if item.normalized is not None]
        rows.append((name, " ".join(map(_sign, items)), plain, _chart(known)))
    out.table(
        (
            out.pick("Предмет", "Subject"),
            out.pick("Отметки", "Marks"),
            out.pick("Средний", "Average"),
            out.pick("Ход", "Course"),
        ),
        rows,
    )


def _average(result: SubjectResult | None) -> str:
    if result is None:
        return ""
    given = result.weighted_average or result.average
    value = given or result.computed_weighted_average or result.computed_average
    return f"{value:.2f}" if value else ""


def _chart(values: Sequence[float]) -> str:
    """Marks in time as a line of bars, lowest to highest of their scale."""
    bars = "▁▂▃▄▅▆▇█"
    return "".join(bars[min(int(value * len(bars)), len(bars) - 1)] for value in values[-24:])


def show_grades(out: Output, grades: Iterable[FinalGrade]) -> None:
    """Final results, a row a subject."""
    by_subject: dict[str, dict[str, str]] = {}
    columns: dict[str, None] = {}
    for item in grades:
        column = item.period.name if item.period else item.kind_text or item.kind.value
        columns.setdefault(column)
        by_subject.setdefault(item.subject.name, {})[column] = item.text
    out.table(
        (out.pick("Предмет", "Subject"), *columns),
        (
            (name, *(signs.get(column) for column in columns))
            for name, signs in sorted(by_subject.items())
        ),
    )


def show_models(out: Output, items: Iterable[Model], fields: Sequence[str]) -> None:
    """Any models as a table of some of their fields."""
    out.table(fields, ([_cell(getattr(item, name)) for name in fields] for item in items))


def _cell(value: object) -> object:
    name = getattr(value, "name", None)
    return name if isinstance(name, str) else value
