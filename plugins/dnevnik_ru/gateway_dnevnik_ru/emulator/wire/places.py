"""Schools, classes and groups, subjects, periods and bells (protocol notes 3, 4.1, 4.3)."""

from datetime import datetime
from typing import Final

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator import ids
from gateway_dnevnik_ru.emulator.access import Group
from gateway_dnevnik_ru.emulator.dates import clock_text, day_text
from gateway_dnevnik_ru.emulator.families import Site
from gateway_dnevnik_ru.emulator.serialise import JsonObject, big
from gateway_dnevnik_ru.emulator.service import Service

SCHOOL_TYPES: Final = {m.SchoolKind.REGULAR: "Regular", m.SchoolKind.ADDITIONAL: "Additional"}
PERIOD_TYPES: Final = {
    m.PeriodKind.QUARTER: "Quarter",
    m.PeriodKind.TRIMESTER: "Trimester",
    m.PeriodKind.SEMESTER: "Semester",
    m.PeriodKind.MODULE: "Module",
}
MARK_TYPES: Final = {
    m.ScaleKind.FIVE_POINT: "mark5",
    m.ScaleKind.TEN_POINT: "mark10",
    m.ScaleKind.HUNDRED_POINT: "mark100",
    m.ScaleKind.PASS_FAIL: "test",
}
_WEEKDAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
_HOLIDAYS: Final = (m.SpanKind.BREAK, m.SpanKind.HOLIDAY)


def school_json(service: Service, site: Site, school: m.School) -> JsonObject:
    """A school, 15 keys."""
    world = service.world
    region = world.region(school.region_key)
    today = world.today
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=world.zone_of(school.key))
    offset = noon.utcoffset()
    return {
        "fullName": school.full_name,
        "avatarSmall": f"{site.static}/images/blank.jpg",
        "city": school.city,
        "municipality": school.municipality,
        "regionid": int(region.code),
        "markType": MARK_TYPES[world.scale(school.scale_key).kind],
        "timeZone": int(offset.total_seconds() // 3600) if offset is not None else 0,
        "uses_avg": True,
        "uses_weighted_avg": school.weighs_marks,
    } | short_school_json(service, school)


def short_school_json(service: Service, school: m.School) -> JsonObject:
    """A school in the list of a person's schools, 6 keys."""
    region = service.world.region(school.region_key)
    return big("id", service.ids.of(ids.SCHOOL, school.key)) | {
        "name": school.short_name,
        "educationType": SCHOOL_TYPES[school.kind],
        "tsoCityId": int(region.code) * 100,
        "tsoRegionTreePath": f"{int(region.code)}.",
    }


def timetable_id(service: Service, school: m.School) -> int:
    """Number of a school's main bell schedule."""
    return service.ids.of(ids.TIMETABLE, school.bell_schedules[0].key)


def group_json(service: Service, group: Group, *, in_context: bool = False) -> JsonObject:
    """A class or group: 15 keys, in the context without `educationType`."""
    world, klass, part = service.world, group.klass, group.part
    school = world.school(klass.school_key)
    year = world.year(klass.year_key)
    parents = [] if part is None else [service.ids.of(ids.GROUP, klass.key)]
    timetable = timetable_id(service, school)
    name = klass.name if part is None else part.name
    body = big("id", service.ids.of(ids.GROUP, group.key)) | {
        "parentIds": parents,
        "parentIds_str": [str(number) for number in parents],
        "type": "Group" if part is None else "Subgroup",
        "name": name,
        "fullName": f"{name} {year.name}",
        "parallel": klass.grade_level or 0,
        "timetable": timetable,
        "timetable_str": str(timetable),
        "status": "Active" if year.is_current else "Archive",
        "studyyear": year.start_year,
    }
    if not in_context:
        body["educationType"] = SCHOOL_TYPES[school.kind]
    subjects = [] if part is None else [subject_json(service, world.subject(part.subject_key))]
    return body | {"subjects": subjects, "journaltype": "Default"}


def subject_json(service: Service, subject: m.Subject, *, with_number: bool = False) -> JsonObject:
    """A subject in lists, 5 keys; `with_number` never leaves the state standard's number out."""
    number = standard_number(service, subject)
    return big("id", service.ids.of(ids.SUBJECT, subject.key)) | {
        "name": subject.name,
        "knowledgeArea": subject.area,
        "fgosSubjectId": (number or 0) if with_number else number,
    }


def bundle_subject_json(service: Service, subject: m.Subject) -> JsonObject:
    """A subject inside a bundle, 3 keys."""
    areas = service.once("areas", lambda: _areas(service))
    return {
        "id": service.ids.of(ids.SUBJECT, subject.key),
        "name": subject.name,
        "knowledgeAreaId": areas[subject.area],
    }


def standard_number(service: Service, subject: m.Subject) -> int | None:
    """Number in the state standard; subjects that the school chose itself have none."""
    if subject.kind is not m.SubjectKind.REGULAR:
        return None
    return [item.key for item in service.world.subjects].index(subject.key) + 1


def _areas(service: Service) -> dict[str, int]:
    areas = dict.fromkeys(subject.area for subject in service.world.subjects)
    return {area: number for number, area in enumerate(areas, start=1)}


def period_json(service: Service, period: m.AcademicPeriod) -> JsonObject:
    """A reporting period, 8 keys; `number` counts from 0."""
    return big("id", service.ids.of(ids.PERIOD, period.key)) | {
        "start": day_text(period.starts),
        "finish": day_text(period.ends),
        "number": period.number - 1,
        "type": PERIOD_TYPES[period.kind],
        "name": period.name,
        "year": service.world.year(period.year_key).start_year,
    }


def period_group_id(service: Service, klass: m.ClassGroup) -> int:
    """Number of the set of periods that a class follows."""
    return service.ids.of(ids.PERIOD_GROUP, f"{klass.school_key}/{klass.year_key}")


def period_group_json(service: Service, klass: m.ClassGroup) -> JsonObject:
    """The periods of a class with its holidays."""
    world = service.world
    number = period_group_id(service, klass)
    holidays = [
        {
            "id": service.ids.of(ids.HOLIDAY, span.key),
            "reportingPeriodGroupId": number,
            "dateStart": day_text(span.starts),
            "dateFinish": day_text(span.ends),
            "name": span.title,
            "description": "",
        }
        for span in world.spans_of(klass.school_key)
        if span.kind in _HOLIDAYS and span.year_key == klass.year_key
    ]
    periods = world.periods_of_school(klass.school_key, klass.year_key)
    return {
        "id": number,
        "reportingPeriods": [period_json(service, period) for period in periods],
        "holidays": holidays,
    }


def timetable_json(service: Service, schedule: m.BellSchedule) -> JsonObject:
    """A bell schedule: PascalCase; a number of 0 is a break, the weekdays stand at every row."""
    today = service.world.today
    days = [_WEEKDAYS[number - 1] for number in schedule.weekdays]
    items = [
        {
            "Id": service.ids.of(ids.BELL, f"{schedule.key}/{index}"),
            "Start": clock_text(datetime.combine(today, bell.starts)),
            "Finish": clock_text(datetime.combine(today, bell.ends)),
            "Name": bell.name,
            "Type": "Break" if bell.is_break else "Lesson",
            "DaysOfWeek": days,
            "LessonNumber": 0 if bell.is_break else bell.number,
        }
        for index, bell in enumerate(schedule.bells)
    ]
    first = next(bell for bell in schedule.bells if not bell.is_break)
    return {
        "Name": schedule.name,
        "Start": clock_text(datetime.combine(today, first.starts)),
        "FirstLessonNumber": first.number,
        "Items": items,
    }
