"""Reading one student's diary."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer

from gateway.cli.app import JsonFlag, StudentOption, app, finish, output
from gateway.cli.exit_codes import ExitCode
from gateway.cli.output import Output
from gateway.cli.render import (
    answer_fields,
    show_grades,
    show_homework,
    show_lessons,
    show_marks,
    show_models,
    show_week,
)
from gateway.cli.runtime import find_student, opened
from gateway.core.client.diary import AsyncDiary
from gateway.core.errors import GatewayError
from gateway.core.model import Answer

DATES = ["%Y-%m-%d", "%d.%m.%Y"]
DateOption = Annotated[
    datetime | None, typer.Option("--date", "-d", formats=DATES, help="Day; today by default.")
]
FromOption = Annotated[
    datetime | None, typer.Option("--from", formats=DATES, help="First day, included.")
]
ToOption = Annotated[
    datetime | None, typer.Option("--to", formats=DATES, help="Last day, included.")
]
FreshFlag = Annotated[bool, typer.Option("--fresh", help="Ask the provider anew.")]

Read = Callable[[AsyncDiary], Awaitable[Answer[Any]]]
Show = Callable[[Output, Answer[Any]], None]


def _print_answer(as_json: bool, student: str | None, read: Read, show: Show) -> None:
    out = output(as_json)

    async def work() -> ExitCode | None:
        async with opened(out) as gateway:
            found = await find_student(gateway, student)
            answer = await read(await gateway.diary(found))
            if as_json:
                out.document(student=found.id, **answer_fields(answer))
                return None
            if answer.stale and answer.error is not None:
                out.say("Данные устарели: ", "The data are stale: ")
                out.error(answer.error)
            show(out, answer)
            for issue in answer.issues:
                out.errors.print(f"{issue.path}: {issue.reason}", style="dim", markup=False)
        return None

    finish(out, work)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None


async def _range(
    diary: AsyncDiary, start: datetime | None, end: datetime | None, *, days: int
) -> tuple[date, date]:
    """The range asked for, or so many days around today (ahead if positive)."""
    today = await diary.today()
    first, last = sorted((today, today + timedelta(days=days)))
    return _day(start) or first, _day(end) or last


@app.command()
def week(
    day: DateOption = None,
    student: StudentOption = None,
    fresh: FreshFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Show the diary of a week."""
    options = {"max_age": 0.0} if fresh else {}
    _print_answer(
        as_json,
        student,
        lambda diary: diary.get_week(_day(day), **options),  # type: ignore[arg-type]  # one key
        lambda out, answer: show_week(out, answer.value),
    )


@app.command()
def timetable(
    start: FromOption = None,
    end: ToOption = None,
    student: StudentOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Show the timetable, a week from today by default."""

    async def read(diary: AsyncDiary) -> Answer[Any]:
        return await diary.list_lessons(*await _range(diary, start, end, days=6))

    _print_answer(as_json, student, read, lambda out, answer: show_lessons(out, answer.value))


@app.command()
def homework(
    start: FromOption = None,
    end: ToOption = None,
    student: StudentOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Show homework, a week from today by default."""

    async def read(diary: AsyncDiary) -> Answer[Any]:
        return await diary.list_homework(*await _range(diary, start, end, days=6))

    _print_answer(as_json, student, read, lambda out, answer: show_homework(out, answer.value))


@app.command()
def marks(
    start: FromOption = None,
    end: ToOption = None,
    student: StudentOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Show marks with averages and a chart, the last four weeks by default."""
    results: list[Any] = []

    async def read(diary: AsyncDiary) -> Answer[Any]:
        answer = await diary.list_marks(*await _range(diary, start, end, days=-27))
        if not as_json:
            try:
                results.extend((await diary.list_subject_results()).value)
            except GatewayError:
                results.clear()  # the table does without averages
        return answer

    _print_answer(
        as_json, student, read, lambda out, answer: show_marks(out, answer.value, results)
    )


@app.command()
def averages(student: StudentOption = None, as_json: JsonFlag = False) -> None:
    """Show averages by subject in the current period."""
    fields = ("subject", "average", "weighted_average", "computed_average", "final", "rank")
    _print_answer(
        as_json,
        student,
        lambda diary: diary.list_subject_results(),
        lambda out, answer: show_models(out, answer.value, fields),
    )


@app.command()
def grades(
    year: Annotated[
        int | None, typer.Option("--year", help="Year in which the school year began.")
    ] = None,
    student: StudentOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Show final results of periods, year and exams."""
    _print_answer(
        as_json,
        student,
        lambda diary: diary.list_final_grades(school_year=year),
        lambda out, answer: show_grades(out, answer.value),
    )


@app.command()
def attendance(
    start: FromOption = None,
    end: ToOption = None,
    student: StudentOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Show absences, the last four weeks by default."""

    async def read(diary: AsyncDiary) -> Answer[Any]:
        return await diary.list_attendance(*await _range(diary, start, end, days=-27))

    fields = ("date", "lesson_number", "subject", "status", "reason", "comment")
    _print_answer(
        as_json, student, read, lambda out, answer: show_models(out, answer.value, fields)
    )


@app.command()
def messages(student: StudentOption = None, as_json: JsonFlag = False) -> None:
    """Show the newest messages."""
    _print_answer(
        as_json,
        student,
        lambda diary: diary.list_messages(),
        lambda out, answer: show_models(
            out, answer.value, ("sent_at", "sender", "subject", "is_read")
        ),
    )


@app.command()
def announcements(student: StudentOption = None, as_json: JsonFlag = False) -> None:
    """Show the newest announcements."""
    _print_answer(
        as_json,
        student,
        lambda diary: diary.list_announcements(),
        lambda out, answer: show_models(out, answer.value, ("published_at", "title", "text")),
    )
