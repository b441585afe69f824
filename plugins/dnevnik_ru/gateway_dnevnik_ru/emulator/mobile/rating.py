"""Ranking in the class: hidden in newer versions from those who have not paid (notes 4.6, 4.11)."""

from datetime import date

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.mobile.envelope import RESTRICTED, MobileRoutes, is_restricted
from gateway_dnevnik_ru.emulator.mobile.parts import (
    TRENDS,
    avatar,
    average_value,
    student_and_group,
    subject_json,
)
from gateway_dnevnik_ru.emulator.router import Router
from gateway_dnevnik_ru.emulator.serialise import JsonObject
from gateway_dnevnik_ru.emulator.service import Service


def register(router: Router) -> None:
    """Add the path of this part."""
    MobileRoutes(router).get("persons/{person}/groups/{group}/rating", rating, cached=True)


def ranks_on(service: Service, class_key: str, day: date | None = None) -> list[m.ClassRank]:
    """Places of a class on a day, by default on the last one that has any."""
    ranks = [rank for rank in service.world.ranks if rank.class_key == class_key]
    wanted = day or max((rank.on for rank in ranks), default=None)
    return [rank for rank in ranks if rank.on == wanted]


def own_rank(
    service: Service, student: m.Student, class_key: str, subject_key: str | None = None
) -> m.ClassRank | None:
    """A pupil's place in the class, over all subjects or in one."""
    found = ranks_on(service, class_key)
    return next(
        (r for r in found if r.student_key == student.key and r.subject_key == subject_key), None
    )


def rating_card(call: Call, student: m.Student, class_key: str) -> JsonObject:
    """The small ranking that stands beside marks."""
    rank = own_rank(call.service, student, class_key)
    hidden = is_restricted(call)
    places = sorted(
        (r for r in ranks_on(call.service, class_key) if r.subject_key is None),
        key=lambda row: row.place,
    )
    position: JsonObject = {
        "trendDescription": "",
        "placeTrend": "Equal" if rank is None or hidden else TRENDS[rank.trend],
        "place": 0 if rank is None or hidden else rank.place,
    }
    body: JsonObject = {
        "rankingPosition": position,
        "rankingPlaces": [
            {"imageUrl": avatar(call), "isContextUser": row.student_key == student.key}
            for row in places
        ],
    }
    return body | {"metadata": RESTRICTED} if hidden else body


def rating(call: Call) -> object:
    """`…/rating`: how the place went, all places (nobody named), the best subjects."""
    student, group = student_and_group(call)
    service, hidden = call.service, is_restricted(call)
    own = [
        rank
        for rank in service.world.ranks_of(student.key)
        if rank.class_key == group.klass.key and rank.subject_key is None
    ]
    last = ranks_on(service, group.klass.key)
    places = sorted((r for r in last if r.subject_key is None), key=lambda row: row.place)
    subjects = [r for r in last if r.subject_key and r.student_key == student.key]
    rows: list[JsonObject] = [
        {
            "place": None if hidden else row.place,
            "imageUrl": avatar(call),
            "averageMark": None if hidden else average_value(call, row.average),
            "isContextUser": row.student_key == student.key,
            "trend": None if hidden else TRENDS[row.trend],
        }
        for row in places
    ]
    table: JsonObject = {"rankingPlaces": rows}
    if hidden:
        table["metadata"] = RESTRICTED
    return {
        "history": {
            "rankingPosition": rating_card(call, student, group.klass.key)["rankingPosition"],
            "historyItems": [
                {"place": None if hidden else row.place, "date": row.on.isoformat()} for row in own
            ],
        },
        "rating": table,
        "subjectTop": {
            "subjects": [
                {
                    "place": None if hidden else row.place,
                    "subject": subject_json(call, row.subject_key or ""),
                    "trend": None if hidden else TRENDS[row.trend],
                    "averageMark": None if hidden else average_value(call, row.average),
                }
                for row in sorted(subjects, key=lambda item: item.place)
            ]
        },
        "ratingDescription": {"body": "Место по средневзвешенному баллу"},
    }
