"""The page of marks with its state, and the JSON that it asks (protocol notes 4.12)."""

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Access
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import unix_day
from gateway_dnevnik_ru.emulator.login.pages import redirect
from gateway_dnevnik_ru.emulator.mobile.parts import by_work, final_json, mark_json
from gateway_dnevnik_ru.emulator.partner.averages import by_subject
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject, encode
from gateway_dnevnik_ru.emulator.web.parts import (
    first_student,
    html,
    number_text,
    person_number,
    student_in_path,
    with_text_ids,
)
from gateway_dnevnik_ru.emulator.wire.lessons import WEB_LETTERS, log_status
from gateway_dnevnik_ru.emulator.wire.marks import comma
from gateway_dnevnik_ru.emulator.wire.people import ROLES
from gateway_dnevnik_ru.emulator.wire.places import SCHOOL_TYPES
from gateway_dnevnik_ru.emulator.wire.works import FINAL_KINDS, KINDS

_TAB = "Четверти"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("marks", marks_page, dress=Dress.PAGE)
    router.add("marks/school/{school}/student/{person}/period", marks_page, dress=Dress.PAGE)
    router.add("api/v2/marks/school/{school}/person/{person}", of_period, dress=Dress.WEB_JSON)
    router.add("api/v2/marks/final/school/{school}/person/{person}", finals, dress=Dress.WEB_JSON)


def marks_page(call: Call) -> object:
    """`/marks`: the state stands on one line that ends in CRLF, as clients cut it out."""
    access = call.sign_in()
    if access.account.role is m.Role.TEACHER:
        return redirect(f"{call.site.web}/teacher")
    state = encode(with_text_ids(_state(call, access))).decode()
    return html(
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Оценки</title></head>'
        '<body class="page-body"><script>\r\n'
        f"window.__MARKS__INITIAL__STATE__ = {state};\r\n"
        "window.__APP__ = { isAuthenticated: true };</script></body></html>"
    )


def _state(call: Call, access: Access) -> JsonObject:
    return {
        "apiUrl": f"{call.site.web}/api/v2/marks",
        "context": {
            "userId": call.service.ids.of(ids.USER, access.account.key),
            "role": ROLES[access.account.role],
            "schoolMemberships": [
                _membership(call, student, place)
                for student in access.students
                for place in access.world.places_of(student.key)
            ],
        },
    }


def _membership(call: Call, student: m.Student, place: m.Enrollment) -> JsonObject:
    world = call.service.world
    person, school = world.person(student.person_key), world.school(place.school_key)
    klass = world.class_group(place.class_key)
    history = [item for item in student.enrollments if item.school_key == school.key]
    holidays = [
        span.title
        for span in world.spans_of(school.key)
        if span.kind is m.SpanKind.BREAK and span.year_key == place.year_key
    ]
    return {
        "personId": person_number(call, student),
        "firstName": person.given_name,
        "lastName": person.surname,
        "avatarUrl": f"{call.site.static}/images/blank.jpg",
        "schoolId": number_text(call, ids.SCHOOL, school.key),
        "schoolName": school.short_name,
        "isOdo": school.kind is m.SchoolKind.ADDITIONAL,
        "isTermReportEnabled": False,
        "studyYear": world.year(place.year_key).start_year,
        "schoolType": SCHOOL_TYPES[school.kind],
        "groups": [
            {
                "groupId": number_text(call, ids.GROUP, klass.key),
                "groupName": klass.name,
                "reportingPeriodNotSet": False,
                "periodTabName": _TAB,
            }
        ],
        "holidays": holidays,
        "groupHistory": [_history(call, item) for item in history],
    }


def _history(call: Call, place: m.Enrollment) -> JsonObject:
    world = call.service.world
    klass = world.class_group(place.class_key)
    periods = world.periods_of_school(place.school_key, place.year_key)
    current = call.service.book.period_on(place.school_key, world.today)
    return {
        "id": number_text(call, ids.GROUP, klass.key),
        "name": klass.name,
        "studyYear": world.year(place.year_key).start_year,
        "periods": [
            {
                "id": number_text(call, ids.PERIOD, period.key),
                "name": period.name,
                "shortName": period.short_name,
                "number": period.number - 1,
                "isDefault": current is not None and period.key == current.key,
            }
            for period in periods
        ],
        "periodTabName": _TAB,
    }


def _period(call: Call, school: m.School) -> m.AcademicPeriod:
    number = call.text("periodId")
    if number:
        return call.access.period(number)
    world = call.service.world
    found = call.service.book.period_on(school.key, world.today)
    return found or world.periods_of_school(school.key)[0]


def of_period(call: Call) -> object:
    """`/api/v2/marks/school/{s}/person/{p}?groupId&periodId&timestamp`; without a query now."""
    student = student_in_path(call)
    school = call.access.school(call.params["school"])
    period = _period(call, school)
    shown = call.service.book.marks_of(student.key, period.starts, period.ends)
    marks = by_subject([mark for mark in shown if mark.school_key == school.key])
    missed = call.service.world.attendance_of(student.key, period.starts, period.ends)
    entries: dict[str, list[m.Attendance]] = {}
    for item in missed:
        if item.school_key == school.key:
            entries.setdefault(item.subject_key, []).append(item)
    results: dict[str, list[m.FinalGrade]] = {}
    for grade in call.service.world.finals_of(student.key, period.year_key):
        if grade.period_key == period.key:
            results.setdefault(grade.subject_key, []).append(grade)
    keys = dict.fromkeys([*marks, *results, *entries])
    body: JsonObject = {
        "periodId": call.service.ids.of(ids.PERIOD, period.key),
        "dateFinish": str(unix_day(period.ends)),
        "subjects": [
            _subject(call, key, marks.get(key, []), results.get(key, []), entries.get(key, []))
            for key in keys
        ],
    }
    return with_text_ids(body)


def _subject(
    call: Call,
    key: str,
    marks: list[m.Mark],
    results: list[m.FinalGrade],
    missed: list[m.Attendance],
) -> JsonObject:
    subject = call.service.world.subject(key)
    return {
        "id": call.service.ids.of(ids.SUBJECT, key),
        "name": subject.name,
        "average": {"value": comma(call.service.book.average(marks))},
        "works": [_work(call, cell) for cell in by_work(call, marks).values()],
        "summativeMarks": [],
        "finalWorks": [_final_work(call, grade) for grade in results],
        "lessonLogEntries": [entry for item in missed if (entry := _entry(call, item)) is not None],
    }


def _work(call: Call, marks: list[m.Mark]) -> JsonObject:
    world, first = call.service.world, marks[0]
    kind = world.work_kind(first.work_kind_key)
    lesson = world.lesson(first.lesson_key)
    return {
        "workId": call.service.ids.of(ids.WORK, call.service.book.work_of_mark(first)),
        "date": str(unix_day(first.date)),
        "lessonNumber": lesson.number or 0,
        "name": kind.name,
        "type": {
            "name": kind.name,
            "kind": KINDS[kind.key],
            "isImportant": kind.is_important,
            "isSummativeWork": False,
        },
        "marks": [mark_json(call, mark) for mark in marks],
    }


def _final_work(call: Call, grade: m.FinalGrade) -> JsonObject:
    service = call.service
    period = None if grade.period_key is None else service.world.period(grade.period_key)
    return {
        "workId": service.ids.of(ids.WORK, ids.final_work_key(grade.key)),
        "periodNumber": 0 if period is None else period.number - 1,
        "type": FINAL_KINDS[grade.kind][0],
        "periodId": None if period is None else service.ids.of(ids.PERIOD, period.key),
        "marks": [final_json(call, grade)],
    }


def _entry(call: Call, item: m.Attendance) -> JsonObject | None:
    letters = WEB_LETTERS.get(log_status(item))
    if letters is None:
        return None
    letter, words = letters
    return {
        "id": call.service.ids.of(ids.LESSON, item.lesson_key),
        "value": letter,
        "fullName": words,
        "date": str(unix_day(item.date)),
        "lessonId": call.service.ids.of(ids.LESSON, item.lesson_key),
    }


def finals(call: Call) -> object:
    """`/api/v2/marks/final/school/{s}/person/{p}?groupId`: results of a year by subject."""
    student = student_in_path(call)
    school = call.access.school(call.params["school"])
    number = call.text("groupId")
    if number:
        class_key = call.access.own_group(number).klass.key
    else:
        class_key = next(
            (p.class_key for p in student.enrollments if p.school_key == school.key),
            first_student(call.access).class_key,
        )
    grades: dict[str, list[m.FinalGrade]] = {}
    for grade in call.service.book.finals_in.get(class_key, ()):
        if grade.student_key == student.key:
            grades.setdefault(grade.subject_key, []).append(grade)
    return with_text_ids(
        {
            "subjects": [
                {
                    "id": call.service.ids.of(ids.SUBJECT, key),
                    "name": call.service.world.subject(key).name,
                    "finalWorks": [_final_work(call, grade) for grade in own],
                }
                for key, own in grades.items()
            ]
        }
    )
