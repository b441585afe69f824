"""`getfinalassessments` (notes 4.6)."""

from typing import Final

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_eljur.emulator.api.calendar import YEAR, code_of
from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.rules import Router, method
from gateway_eljur.emulator.shapes.assessments import number
from gateway_eljur.emulator.shapes.days import subject_name
from gateway_eljur.emulator.shapes.people import by_student

CODES: Final = {
    m.GradeKind.YEAR: YEAR,
    m.GradeKind.EXAM: "exam",
    m.GradeKind.ATTESTATION: "attestation",
    m.GradeKind.FINAL: "final",
}
"""Codes of results that belong to no period; the service's own were never seen."""


def register(router: Router) -> None:
    """Add the method of this part."""
    method(router, "getfinalassessments", finals)


def finals(call: Call) -> object:
    """Results by subject; `days` within an earlier school year asks for that year."""
    return by_student(call, lambda student: _of(call, student))


def _of(call: Call, student: m.Student) -> JsonObject:
    world, schools = call.service.world, call.user.vendor.school_keys
    year = _year(call)
    grades = [item for item in world.finals_of(student.key, year.key) if item.school_key in schools]
    if not grades:
        return {}  # «none yet» is told by silence
    keys = dict.fromkeys(
        subject.key
        for place in world.places_of(student.key, year.key)
        if place.school_key in schools
        for subject in world.subjects_of(place.class_key)
    )
    keys |= dict.fromkeys(item.subject_key for item in grades)
    return {
        "items": [
            {
                "name": subject_name(call, key),
                "assessments": [_grade(call, item) for item in grades if item.subject_key == key],
            }
            for key in keys
        ]
    }


def _grade(call: Call, grade: m.FinalGrade) -> JsonObject:
    key = grade.period_key
    period = None if key is None else call.service.world.period(key)
    is_number = grade.value is not None and grade.scale_key != "scale-pass"
    return {
        "period": CODES[grade.kind] if period is None else code_of(period),
        "value": grade.text,
        "convert": number(grade.value) if is_number and grade.value is not None else 0,
        "comment": grade.comment or "",
        "color_hex": None,
    }


def _year(call: Call) -> m.SchoolYear:
    world = call.service.world
    if call.text("days"):
        start, _ = call.days()
        for year in world.years:
            if year.starts <= start <= year.ends:
                return year
    return world.current_year
