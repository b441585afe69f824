"""School, subjects and study plan."""

from collections.abc import Iterable

from gateway.core.model.schools import OrganizationKind
from gateway.core.text.printed import number, plain
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.mapping.words import ORGANIZATIONS, told_in
from gateway_mos_ru.wire.base import Printed
from gateway_mos_ru.wire.schools import Curriculum, CurriculumSubject, SchoolInfo, Subject


def school_record(context: MapContext, school: SchoolInfo, region: str) -> Record:
    """A school in the zone of its diary."""
    record: Record = {
        "id": f"{context.keys.school}{school.id}",
        "kind": told_in(ORGANIZATIONS, school.type or school.name, OrganizationKind.UNKNOWN),
        "name": plain(school.name) or f"№ {school.id}",
        "region": region,
        "zone": context.clock.zone.key,
    }
    if school.type:
        record["kind_text"] = school.type
    return record


def subject_records(context: MapContext, subjects: Iterable[Subject]) -> list[Record]:
    """Subjects, each once."""
    records: dict[int, Record] = {}
    for subject in subjects:
        name = plain(subject.subject_name) or f"№ {subject.subject_id}"
        key = f"{context.keys.subject}{subject.subject_id}"
        records.setdefault(subject.subject_id, {"id": key, "name": name})
    return list(records.values())


def curriculum_records(context: MapContext, plan: Curriculum, number_: str) -> list[Record]:
    """The subjects of a study plan.

    Args:
        context: Where it belongs.
        plan: The plan.
        number_: Its number.
    """
    told = plan.study_profile
    profile = plain(told if isinstance(told, str) or told is None else told.name)
    records: dict[str, Record] = {}
    for section in plan.sections or ():
        for item in section.subjects or ():
            subject = subject_of(context.keys.subject, item.subject_id, item.subject_name)
            if subject is None:
                context.note("$.sections[].subjects[]", "a subject without number and name")
                continue
            key = context.keys.ids.of("curriculum", number_, item.subject_id or subject.name)
            record: Record = {"id": key, "subject": subject, **_hours(item)}
            if profile:
                record["profile"] = profile
            records.setdefault(key, record)
    return list(records.values())


def _hours(item: CurriculumSubject) -> Record:
    """Lessons a year and held; lessons a week only where all weeks have equally many."""
    record: Record = {}
    for field, value in (("hours_per_year", item.total_hours), ("held", item.passed_hours)):
        lessons = _whole(value)
        if lessons is not None:
            record[field] = lessons
    most, least = number(item.max_hours_per_week), number(item.min_hours_per_week)
    if most is not None and most == least:
        record["hours_per_week"] = most
    return record


def _whole(value: Printed | None) -> int | None:
    text = number(value)
    return round(float(text)) if text is not None else None
