"""The start page with its embedded state, and doors beside it (protocol notes 2.7 and 4.12)."""

from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Access
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.dates import unix_day
from gateway_dnevnik_ru.emulator.login.cookies import school_cookie
from gateway_dnevnik_ru.emulator.login.pages import login_address, page, redirect, with_cookies
from gateway_dnevnik_ru.emulator.mobile.lesson import jid
from gateway_dnevnik_ru.emulator.mobile.parts import period_json
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject, encode
from gateway_dnevnik_ru.emulator.web.parts import html, number_text, person_number, with_text_ids
from gateway_dnevnik_ru.emulator.wire.places import period_group_id

_SCRIPTS_BEFORE: Final = 11  # one client takes the twelfth script of the body, by number
_REASONS: Final = (
    (1, "Болезнь", "по болезни"),
    (2, "Семейные обстоятельства", "по семейным обстоятельствам"),
    (3, "Другая причина", "по другой причине"),
)


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("", root, dress=Dress.PAGE)
    router.add("userfeed", userfeed, dress=Dress.PAGE)
    router.add("teacher", staff_page, dress=Dress.PAGE)
    router.add("teacher-app", notice, dress=Dress.PAGE)
    router.add("terms", notice, dress=Dress.PAGE)


def root(call: Call) -> object:
    """`/`: the diary, or the login page."""
    if call.cookie_session is None:
        return redirect(login_address(call.site, None))
    return redirect(f"{call.site.web}/userfeed")


def staff_page(call: Call) -> object:
    """`/teacher`: where staff land."""
    call.sign_in()
    return page("Учитель", "<h1>Расписание учителя</h1><script>isAuthenticated: true</script>")


def notice(_call: Call) -> object:
    """Pages that only say that nothing real stands here."""
    return page("Песочница", "<h1>Страница вымышленного дневника</h1>")


def userfeed(call: Call) -> object:
    """`/userfeed`: HTML with the state of the page; `t0` is set again."""
    access = call.sign_in()
    session = call.cookie_session
    if access.account.role is m.Role.TEACHER:
        return redirect(f"{call.site.web}/teacher")
    response = html(_markup(call, access))
    return with_cookies(response, () if session is None else (school_cookie(call, session),))


def _markup(call: Call, access: Access) -> str:
    state = encode(with_text_ids(start_state(call, access))).decode()
    fillers = "".join(
        f"<script>window.__CHUNK__{number} = {{}};</script>" for number in range(_SCRIPTS_BEFORE)
    )
    absence = ""
    if access.account.role is m.Role.GUARDIAN:
        widget = encode(_absence_state(call)).decode()
        absence = f"<script>window.__MOM_SAID_YES__INITIAL__STATE__ = {widget};</script>"
    links = "".join(
        f'<a href="{call.site.schools}/class.aspx?class='
        f'{number_text(call, ids.GROUP, student.class_key)}">Мой класс</a>'
        for student in access.students
    )
    return (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Главная</title></head>'
        f'<body class="page-body">{fillers}'
        f"<script>window.__USER__START__PAGE__INITIAL__STATE__ = {state};\n"
        "window.__TALK__STUB__INITIAL__STATE__ = {};\n"
        "window.__TALK__INITIAL__STATE__ = {};</script>"
        f"<script>window.__APP__ = {{ isAuthenticated: true }};</script>{absence}{links}"
        "</body></html>"
    )


def start_state(call: Call, access: Access) -> JsonObject:
    """The state of the start page."""
    service, today = call.service, call.service.world.today
    children = [_child(call, student) for student in access.students]
    current = children[0] if children else None
    persons = [_context_person(call, student) for student in access.students]
    is_pupil = access.account.role is m.Role.STUDENT
    return {
        "userSchedule": {
            "apiUrl": f"{call.site.web}/api/userfeed",
            "currentDate": str(unix_day(today)),
            "children": children,
            "currentChild": current,
        },
        "userContext": {
            "contextPersons": persons,
            "currentContextPerson": persons[0] if persons else None,
            "userContextInfo": {
                "userId": service.ids.of(ids.USER, access.account.key),
                "isParent": not is_pupil,
                "isStudent": is_pupil,
            },
        },
        "analytics": {
            "userId": str(service.ids.of(ids.USER, access.account.key)),
            "personId": current["personId"] if current else None,
            "schoolId": current["schoolId"] if current else None,
            "groupId": current["groupId"] if current else None,
        },
    }


def _child(call: Call, student: m.Student) -> JsonObject:
    person = call.service.world.person(student.person_key)
    return {
        "schoolId": number_text(call, ids.SCHOOL, student.school_key),
        "groupId": number_text(call, ids.GROUP, student.class_key),
        "personId": person_number(call, student),
        "hasSchedule": True,
        "firstName": person.given_name,
        "lastName": person.surname,
    }


def _context_person(call: Call, student: m.Student) -> JsonObject:
    world = call.service.world
    school, klass = world.school(student.school_key), world.class_group(student.class_key)
    head = world.teacher(klass.homeroom_teacher_key)
    person = world.person(student.person_key)
    periods = [
        period_json(call, period) | {"name": period.name}
        for period in world.periods_of_school(school.key)
    ]
    return {
        "personId": person_number(call, student),
        "firstName": person.given_name,
        "middleName": person.patronymic or "",
        "lastName": person.surname,
        "school": {"id": number_text(call, ids.SCHOOL, school.key), "name": school.short_name},
        "group": {
            "id": number_text(call, ids.GROUP, klass.key),
            "name": klass.name,
            "classTeacherJid": jid(call, head.person_key),
        },
        "reportingPeriodGroup": {
            "id": period_group_id(call.service, klass),
            "type": school.period_kind.value.capitalize(),
            "periods": periods,
        },
    }


def _absence_state(call: Call) -> JsonObject:
    """The widget of a parent's absence notice; its write call is not known."""
    ends = call.service.world.current_year.ends
    return {
        "absenceReasons": [
            {"value": value, "label": label, "messageLabel": words}
            for value, label, words in _REASONS
        ],
        "currentStudyYearFinishDate": str(unix_day(ends)),
    }
