"""How marks are told (protocol notes 4.4)."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway.sandbox.world.mark_texts import NOT_COUNTED_COMMENT
from gateway_mos_ru.emulator import ids
from gateway_mos_ru.emulator.service import Service

NOT_DONE: Final = "НВ"
SCORED: Final = "См"
_PROVISIONAL: Final = "2"
_SIGNS: Final = "+-"
_SYSTEMS: Final = {
    m.ScaleKind.FIVE_POINT: (1, "5-балльная", "five", 6.0),
    m.ScaleKind.TEN_POINT: (2, "10-балльная", "ten", 10.0),
    m.ScaleKind.HUNDRED_POINT: (3, "100-балльная", "hundred", 100.0),
    m.ScaleKind.PASS_FAIL: (4, "Зачётная", "pass", 1.0),
}
_CENT: Final = Decimal("0.01")
_WORST, _BEST = 2, 5


def printed(service: Service, mark: m.Mark) -> str:
    """A mark as the diary prints it; points of a hundred stand in the comment."""
    if mark.status is m.MarkStatus.DEBT:
        return _PROVISIONAL
    if mark.status is m.MarkStatus.NOT_ASSESSED:
        return NOT_DONE
    if service.world.scale(mark.scale_key).kind is m.ScaleKind.HUNDRED_POINT:
        return SCORED
    return mark.text.rstrip(_SIGNS)


def five(service: Service, mark: m.Mark) -> int | None:
    """A mark on the scale of five; None for words."""
    if mark.status is m.MarkStatus.DEBT:
        return int(_PROVISIONAL)
    kind = service.world.scale(mark.scale_key).kind
    if mark.value is None or kind is m.ScaleKind.PASS_FAIL:
        return None
    share = {m.ScaleKind.TEN_POINT: 2, m.ScaleKind.HUNDRED_POINT: 20}.get(kind, 1)
    whole = int((mark.value / share).quantize(Decimal(1), ROUND_HALF_UP))
    return min(_BEST, max(_WORST, whole))


def weight_of(service: Service, mark: m.Mark) -> int:
    """The weight, 1 where the school does not weigh."""
    return mark.weight if service.world.school(mark.school_key).weighs_marks else 1


def average(service: Service, marks: list[m.Mark]) -> Decimal | None:
    """Σ(v·w)/Σw of the marks that count; a «точка» does not yet."""
    total, weights = 0, 0
    for mark in marks:
        value = five(service, mark)
        if value is not None and mark.counts:
            weight = weight_of(service, mark)
            total += value * weight
            weights += weight
    return (Decimal(total) / weights).quantize(_CENT, ROUND_HALF_UP) if weights else None


def average_text(value: Decimal | None) -> str:
    """`4.50`; `0.00` where there is nothing to average."""
    return f"{value or 0:.2f}"


def scales(service: Service, mark: m.Mark) -> list[JsonObject]:
    """The same mark in several scales."""
    number, name, system, highest = _SYSTEMS[service.world.scale(mark.scale_key).kind]
    value = five(service, mark) or 0
    exact = float(mark.value) if mark.value is not None else 0.0
    origin = printed(service, mark)
    if system == "hundred" and mark.value is not None:
        origin = str(int(mark.value))
    return [
        {
            "name": name,
            "nmax": highest,
            "grade": {
                "origin": origin,
                "five": float(value),
                "ten": exact if system == "ten" else value * 2.0,
                "hundred": exact if system == "hundred" else value * 20.0,
            },
            "grade_system_id": number,
            "grade_system_type": system,
        }
    ]


def comment_of(service: Service, mark: m.Mark) -> str:
    """The teacher's comment; it begins with the points where the mark is a word for them.

    The platform has no other place to say that a mark of numbers does not count.
    """
    parts = [mark.comment] if mark.comment else []
    if printed(service, mark) == SCORED and mark.value is not None:
        parts.insert(0, f"балл: {int(mark.value)}")
    is_number = mark.status is m.MarkStatus.GRADED and five(service, mark) is not None
    if is_number and not mark.counts and mark.comment != NOT_COUNTED_COMMENT:
        parts.append(NOT_COUNTED_COMMENT)
    return ". ".join(parts)


def criteria_of(mark: m.Mark) -> list[JsonObject] | None:
    """Points by criterion, if it was assessed so."""
    found: list[JsonObject] = [
        {"name": item.name, "value": str(item.value)} for item in mark.criteria
    ]
    return found or None


def _common(service: Service, mark: m.Mark) -> JsonObject:
    kind = service.world.work_kind(mark.work_kind_key)
    comment = comment_of(service, mark)
    return {
        "comment": comment,
        "weight": weight_of(service, mark),
        "point_date": mark.debt_due_on.isoformat() if mark.debt_due_on else None,
        "control_form_name": kind.name,
        "comment_exists": bool(comment),
        "criteria": criteria_of(mark),
        "date": mark.date.isoformat(),
        "is_exam": kind.is_important,
        "is_point": mark.status is m.MarkStatus.DEBT,
        "original_grade_system_type": scales(service, mark)[0]["grade_system_type"],
    }


def dated(service: Service, mark: m.Mark) -> JsonObject:
    """A mark in the list by dates."""
    subject = service.world.subject(mark.subject_key)
    return {
        "id": service.ids.of(ids.MARK, mark.key),
        "value": printed(service, mark),
        "values": scales(service, mark),
        **_common(service, mark),
        "created_at": f"{mark.given_at:%Y-%m-%dT%H:%M:%S}",
        "updated_at": f"{mark.updated_at or mark.given_at:%Y-%m-%dT%H:%M:%S}",
        "subject_name": subject.name,
        "subject_id": service.ids.of(ids.SUBJECT, subject.key),
        "has_files": False,
    }


def of_subject(service: Service, mark: m.Mark) -> JsonObject:
    """A mark beneath its subject: no scales and no moments."""
    return {
        "id": service.ids.of(ids.MARK, mark.key),
        "value": printed(service, mark),
        "values": None,
        **_common(service, mark),
        "created_at": None,
        "updated_at": None,
        "has_files": False,
    }


def of_lesson(service: Service, mark: m.Mark) -> JsonObject:
    """A mark at its lesson: as by dates, without the subject."""
    return {
        name: value
        for name, value in dated(service, mark).items()
        if name not in ("subject_name", "subject_id")
    }


def of_event(service: Service, mark: m.Mark) -> JsonObject:
    """A mark within the timetable, without its number."""
    common = _common(service, mark)
    return {
        "value": printed(service, mark),
        "values": scales(service, mark),
        **{
            name: common[name]
            for name in (
                *("comment", "weight", "point_date", "criteria", "is_exam", "is_point"),
                *("control_form_name", "original_grade_system_type"),
            )
        },
    }
