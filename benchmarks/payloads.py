"""The bytes that every contestant reads: synthetic, deterministic, in the services' own shapes."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Final

MONDAY: Final = date(2026, 11, 16)
LESSONS: Final = 40
PERSON: Final = 1000000000002
GROUP: Final = 2000000000000000001
SCHOOL: Final = 1000

TERM_SUBJECTS: Final = 15
TERM_MARKS: Final = 27

_SUBJECTS: Final = (
    "Русский язык",
    "Математика",
    "Литература",
    "История",
    "География",
    "Биология",
    "Физкультура",
    "Музыка",
    "Английский язык",
    "Обществознание",
    "Информатика",
    "Технология",
    "Химия",
    "Физика",
    "Рисование",
)
_HOURS: Final = (
    "08:30 - 09:15",
    "09:25 - 10:10",
    "10:30 - 11:15",
    "11:35 - 12:20",
    "12:30 - 13:15",
    "13:25 - 14:10",
    "14:20 - 15:05",
    "15:15 - 16:00",
)
_MARK_EVERY: Final = 10
_HOMEWORK_EVERY: Final = 8
_SUBJECT: Final = 700000000000000000
_LESSON: Final = 2200000000000000000
_WORK: Final = 2300000000000000000
_MARK: Final = 2400000000000000000
_KIND: Final = 800000000000000000
_TEACHER: Final = 1000000000100

Json = dict[str, object]


@cache
def week() -> bytes:
    """The diary bundle of Дневник.ру for five days of eight lessons, about 26 KB."""
    days = [_day(MONDAY + timedelta(days=index), index) for index in range(5)]
    return _dump({"days": days})


@cache
def term_marks() -> bytes:
    """A term of marks, 15 subjects × 27, as the route for marks alone gives them."""
    return _dump([_mark(index) for index in range(TERM_SUBJECTS * TERM_MARKS)])


@cache
def term_lessons() -> bytes:
    """The lessons of those marks with their works, as the bulk route gives them."""
    return _dump([_term_lesson(index) for index in range(TERM_SUBJECTS * TERM_MARKS)])


@cache
def work_types() -> bytes:
    """The school's kinds of work."""
    kind: Json = {"id": _KIND, "schoolId": SCHOOL, "abbr": "ОТВ", "title": "Ответ на уроке"}
    return _dump([{**kind, "kind": "Common", "kindId": 1, "weight": 1}])


@cache
def net_school_week() -> bytes:
    """Forty lessons as Сетевой город gives them, each with homework, cut or padded to `week()`.

    For the parsing of that system's clients; the padding is one more key that nobody reads.
    """
    days = [_net_day(MONDAY + timedelta(days=index), index) for index in range(5)]
    body: Json = {
        "weekStart": f"{MONDAY}T00:00:00",
        "weekEnd": f"{MONDAY + timedelta(days=5)}T00:00:00",
        "weekDays": days,
        "laAssigns": [],
        "termName": "2 четверть",
        "className": "5а",
        "padding": "",
    }
    lacking = len(week()) - len(_dump(body))
    return _dump({**body, "padding": "x" * max(lacking, 0)})


PAYLOADS: Final[dict[str, Callable[[], bytes]]] = {
    "/schedules": week,
    "/student/diary": net_school_week,
    "/lessons/many": term_lessons,
    "/work-types/": work_types,
    "/marks/": term_marks,
}
"""Bodies by a part of the path; the first that fits is served."""


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _day(day: date, index: int) -> Json:
    first = index * len(_HOURS)
    numbers = range(first, first + len(_HOURS))
    return {
        "date": f"{day}T00:00:00",
        "lessons": [_lesson(number, day) for number in numbers],
        "marks": [_mark(number) for number in numbers if number % _MARK_EVERY == 0],
        "works": [_work(number, day) for number in numbers if number % _MARK_EVERY == 0],
        "homeworks": [_homework(number, day) for number in numbers if not number % _HOMEWORK_EVERY],
        "subjects": [_bundle_subject(number) for number in numbers],
        "workTypes": [_work_type()],
        "lessonLogEntries": [_log_entry(first)] if index == 0 else [],
        "teachers": [_teacher(number) for number in numbers[:2]],
        "nextDate": f"{day + timedelta(days=1)}T00:00:00",
    }


def _lesson(number: int, day: date) -> Json:
    return {
        "id": _LESSON + number,
        "title": f"Тема урока № {number + 1}",
        "date": f"{day}T00:00:00",
        "number": number % len(_HOURS) + 1,
        "subjectId": _SUBJECT + number % len(_SUBJECTS),
        "status": "Initialised" if number % 2 else "NotInitialised",
        "resultPlaceId": 0,
        "building": "",
        "place": str(100 + number),
        "floor": "1",
        "hours": _HOURS[number % len(_HOURS)],
        "works": [_WORK + number],
        "teachers": [_TEACHER + number % 2],
    }


def _mark(number: int) -> Json:
    day = MONDAY + timedelta(days=number // len(_HOURS))
    sign = str(5 - number % 3)
    return {
        "id": _MARK + number,
        "id_str": str(_MARK + number),
        "type": "Mark",
        "value": sign,
        "textValue": sign,
        "person": PERSON,
        "person_str": str(PERSON),
        "work": _WORK + number,
        "work_str": str(_WORK + number),
        "lesson": _LESSON + number,
        "lesson_str": str(_LESSON + number),
        "number": 0,
        "date": f"{day}T10:11:12.123456",
        "workType": _KIND,
        "mood": "Good",
        "use_avg_calc": True,
    }


def _work(number: int, day: date) -> Json:
    return {
        "id": _WORK + number,
        "id_str": str(_WORK + number),
        "type": "DefaultNewLessonWork",
        "workType": _KIND,
        "markType": "Mark5",
        "markCount": 1,
        "lesson": _LESSON + number,
        "lesson_str": str(_LESSON + number),
        "displayInJournal": True,
        "status": "Active",
        "eduGroup": GROUP,
        "eduGroup_str": str(GROUP),
        "text": "",
        "periodNumber": 1,
        "periodType": "Quarter",
        "subjectId": _SUBJECT + number % len(_SUBJECTS),
        "isImportant": False,
        "targetDate": f"{day}T00:00:00",
        "sentDate": None,
        "createdBy": _TEACHER,
        "files": [],
        "oneDriveLinks": [],
    }


def _homework(number: int, day: date) -> Json:
    text = f"§ {number + 1}, задания {number + 2}–{number + 5} письменно"
    given = f"{day - timedelta(days=3)}T00:00:00"
    own: Json = {"id": _WORK + 5000 + number, "id_str": str(_WORK + 5000 + number)}
    return {**_work(number, day), **own, "type": "Homework", "text": text, "sentDate": given}


def _bundle_subject(number: int) -> Json:
    index = number % len(_SUBJECTS)
    return {"id": _SUBJECT + index, "name": _SUBJECTS[index], "knowledgeAreaId": 1}


def _work_type() -> Json:
    return {
        "id": _KIND,
        "schoolId": SCHOOL,
        "abbreviation": "ОТВ",
        "name": "Ответ на уроке",
        "isFinal": False,
        "isImportant": False,
        "kindId": 1,
        "kind": "Common",
    }


def _log_entry(number: int) -> Json:
    return {
        "person": PERSON,
        "lesson": _LESSON + number,
        "person_str": str(PERSON),
        "lesson_str": str(_LESSON + number),
        "comment": "",
        "status": "Ill",
        "createdDate": f"{MONDAY}T09:00:01.5",
    }


def _teacher(number: int) -> Json:
    key = _TEACHER + number % 2
    person: Json = {
        "id": key,
        "id_str": str(key),
        "userId": key + 1000,
        "userId_str": str(key + 1000),
        "firstName": "Анна",
        "lastName": "Образцова",
        "middleName": "Борисовна",
        "shortName": "Образцова А. Б.",
        "sex": "Female",
    }
    return {"person": person, "role": "Teacher"}


def _term_lesson(number: int) -> Json:
    index = number % TERM_SUBJECTS
    day = MONDAY + timedelta(days=number // len(_HOURS))
    return {
        "id": _LESSON + number,
        "id_str": str(_LESSON + number),
        "title": f"Тема урока № {number + 1}",
        "date": f"{day}T00:00:00",
        "number": number % len(_HOURS) + 1,
        "subject": {
            "id": _SUBJECT + index,
            "id_str": str(_SUBJECT + index),
            "name": _SUBJECTS[index],
            "knowledgeArea": "",
            "fgosSubjectId": None,
        },
        "group": GROUP,
        "status": "Initialised",
        "resultPlaceId": 0,
        "works": [_work(number, day)],
        "teachers": [_TEACHER],
        "teachers_str": [str(_TEACHER)],
    }


def _net_day(day: date, index: int) -> Json:
    first = index * len(_HOURS)
    return {
        "date": f"{day}T00:00:00",
        "lessons": [_net_lesson(number, day) for number in range(first, first + len(_HOURS))],
    }


def _net_lesson(number: int, day: date) -> Json:
    start, end = _HOURS[number % len(_HOURS)].split(" - ")
    homework = (
        f"§ {number + 1}, задания {number + 2}–{number + 5} письменно; "
        "выучить правило и определения, ответить на вопросы после параграфа устно, "
        "подготовить краткое сообщение по теме урока"
    )
    assignments = [_net_assignment(number, day, 3, homework)]
    if number % _MARK_EVERY == 0:
        given = {"assignmentId": 600500 + number, "id": 0, "studentId": 1000, "mark": 5}
        mark: Json = {**given, "resultScore": None, "dutyMark": False}
        assignments.append({**_net_assignment(number + 500, day, 10, "Ответ"), "mark": mark})
    return {
        "classmeetingId": 400000 + number,
        "day": f"{day}T00:00:00",
        "number": number % len(_HOURS) + 1,
        "relay": 1,
        "room": str(100 + number),
        "startTime": start,
        "endTime": end,
        "subjectName": _SUBJECTS[number % len(_SUBJECTS)],
        "assignments": assignments,
        "isEaLesson": False,
    }


def _net_assignment(number: int, day: date, kind: int, text: str) -> Json:
    return {
        "id": 600000 + number,
        "typeId": kind,
        "assignmentName": text,
        "weight": 0,
        "dueDate": f"{day}T00:00:00",
        "classMeetingId": 400000 + number % 500,
    }
