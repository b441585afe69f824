"""Portfolio and trusted persons (protocol notes 4.11)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.call import Call
from gateway_mos_ru.emulator.data import persons
from gateway_mos_ru.emulator.errors import closed_to_role
from gateway_mos_ru.emulator.rules import FAMILY, LEGACY, Router
from gateway_mos_ru.emulator.service import Service

SUBSYSTEM: Final = "studentportfolioweb"
_ROLE_COOKIE: Final = "aupd_current_role"
_CATEGORIES: Final = {
    m.PortfolioKind.OLYMPIAD: (1, "Олимпиада"),
    m.PortfolioKind.CONTEST: (2, "Конкурс"),
    m.PortfolioKind.SPORT: (3, "Соревнование"),
    m.PortfolioKind.PROJECT: (4, "Проект"),
    m.PortfolioKind.VOLUNTEERING: (5, "Волонтёрство"),
}
_MOST: Final = 1000


def register(router: Router) -> None:
    """Routes of the portfolio under both of its names, and of trusted persons."""
    for base in ("portfolio/app", "api/portfolio/app"):
        person = f"{base}/persons/{{person}}"
        router.add(f"{person}/events/list", events, dress=LEGACY)
        router.add(f"{person}/rewards/list", rewards, dress=LEGACY)
        router.add(f"{person}/govexams/list", exams, dress=LEGACY)
        for path in (
            *("independent-diagnostic-grouped", "diagnostic/independent-rating"),
            "academic/performance/average",
        ):
            router.add(f"{person}/{path}", nothing, dress=LEGACY)
    agents = "api/passport/agents/v1"
    router.add(f"{agents}/links", links, dress=FAMILY)
    router.add(f"{agents}/invites/trusted", invites, dress=FAMILY)


def _student(call: Call) -> m.Student:
    """The child, for a client that names the portfolio's subsystem or the role's cookie."""
    named = call.request.headers.get("x-mes-subsystem", "").lower() == SUBSYSTEM
    if not named and not call.request.cookies.get(_ROLE_COOKIE):
        raise closed_to_role()
    return call.access.child_by_person(call.params["person"])


def _items(call: Call) -> list[m.PortfolioItem]:
    size = call.number("size", 20, most=_MOST)
    return list(call.service.world.portfolio_of(_student(call).key))[:size]


def events(call: Call) -> JsonObject:
    """Contests, olympiads and the like."""
    return {"data": [_event(call.service, item) for item in _items(call)]}


def _event(service: Service, item: m.PortfolioItem) -> JsonObject:
    code, category = _CATEGORIES[item.kind]
    subject = None if item.subject_key is None else service.world.subject(item.subject_key)
    body: JsonObject = {
        "id": service.ids.of("achievement", item.key),
        "name": item.title,
        "category": {"code": code, "value": category},
        "level": {"value": item.level},
        "organizators": item.organiser,
        "startDate": item.date.isoformat(),
        "endDate": item.date.isoformat(),
        "creationDate": f"{item.date.isoformat()}T12:00:00",
        "participantCategory": None,
        "profession": None,
    }
    if subject is not None:
        number = service.ids.of(ids.SUBJECT, subject.key)
        body["subject"] = [{"id": number, "value": subject.name}]
    return body


def rewards(call: Call) -> JsonObject:
    """What was won there."""
    return {
        "data": [
            {
                "id": call.service.ids.of("reward", item.key),
                "entityId": str(call.service.ids.of("achievement", item.key)),
                "name": item.title,
                "creationDate": f"{item.date.isoformat()}T12:00:00",
                "category": {"value": _CATEGORIES[item.kind][1]},
                "rewardType": {"value": item.result},
            }
            for item in _items(call)
        ]
    }


def exams(call: Call) -> JsonObject:
    """State exams."""
    service, student = call.service, _student(call)
    return {
        "data": [
            {
                "id": service.ids.of("exam", item.key),
                "name": service.world.subject(item.subject_key).name,
                "date": item.given_on.isoformat(),
                "formaGia": "ОГЭ",
                "normalizedMarkValue": item.text,
                "primaryMarkValue": None,
                "primaryMarkBasis": None,
                "approbation": False,
            }
            for item in service.world.finals_of(student.key)
            if item.kind is m.GradeKind.EXAM
        ]
    }


def nothing(call: Call) -> JsonObject:
    """Diagnostics, which nobody in the world has taken."""
    _student(call)
    return {"data": []}


def _trusted(call: Call, state: m.TrustState) -> list[tuple[m.Student, m.TrustedPerson]]:
    if not call.access.is_guardian:
        raise closed_to_role()
    return [
        (student, item)
        for student in call.access.students
        for item in call.service.world.trusted_persons_of(student.key)
        if item.state is state
    ]


def links(call: Call) -> list[JsonObject]:
    """Trusted persons who look into the diary."""
    found = _trusted(call, m.TrustState.ACCEPTED)
    return [_link(call.service, student, item) for student, item in found]


def invites(call: Call) -> list[JsonObject]:
    """Trusted persons who have not answered yet."""
    found = _trusted(call, m.TrustState.INVITED)
    return [_link(call.service, student, item) for student, item in found]


def _link(service: Service, student: m.Student, item: m.TrustedPerson) -> JsonObject:
    person = service.world.person(item.person_key)
    answered = item.answered_at
    return {
        "id": service.ids.of("link", item.key),
        "person_id": ids.guid("person", person.key),
        **persons.names(person),
        "child_person_id": ids.guid("person", student.person_key),
        "child_id": ids.student_number(student.key),
        "role": item.role_text,
        "status": item.state.value,
        "invited_at": item.invited_on.isoformat(),
        "accepted_at": None if answered is None else f"{answered:%Y-%m-%dT%H:%M:%S}",
    }
