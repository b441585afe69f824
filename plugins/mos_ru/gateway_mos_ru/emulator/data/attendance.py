"""Absences, parents' notices of them, «acknowledged» weeks (protocol notes 4.6)."""

from datetime import date, datetime
from itertools import groupby

from gateway.sandbox.web.encoding import JsonObject
from gateway.sandbox.world import model as m
from gateway_mos_ru.emulator import ids, slots
from gateway_mos_ru.emulator.access import PARENT_ROLE
from gateway_mos_ru.emulator.call import Call, day_of
from gateway_mos_ru.emulator.data import presence, schedule
from gateway_mos_ru.emulator.data.calendar import week_of
from gateway_mos_ru.emulator.errors import closed_to_role, invalid, not_found
from gateway_mos_ru.emulator.rules import FAMILY, MOBILE, Router, both
from gateway_mos_ru.emulator.service import Service, days_between

_PER_PAGE = 50
_OVERLAP = 2


def register(router: Router) -> None:
    """Routes of attendance."""
    core = "api/ej/core/family/v1"
    both(router, "attendance", attendance)
    both(router, "attendance", announce, methods=("POST",), parent=True)
    both(router, "attendance", take_back, methods=("DELETE",), parent=True)
    router.add("api/family/web/v1/attendance", change, dress=FAMILY, methods=("PUT",))
    router.add("api/family/mobile/v1/attendance/v2", announce, dress=MOBILE, methods=("POST",))
    router.add(f"{core}/nonattendance_reasons", reasons, dress=FAMILY, cached=True)
    router.add(f"{core}/emias_medical_recommendations", medical, dress=FAMILY, cached=True)
    router.add(f"{core}/aware_journals", aware, dress=FAMILY)
    router.add(f"{core}/aware_journals", acknowledge, dress=FAMILY, methods=("POST",))


def attendance(call: Call) -> JsonObject:
    """Days of absence, told by the register or announced by a parent; newest last."""
    service, student = call.service, call.student
    year = service.world.current_year
    start, end = (year.starts, year.ends)
    if call.text("from") or call.text("to"):
        start, end = call.days()
    found = [
        row
        for _, group in groupby(service.book.slots(student, start, end), key=lambda slot: slot.date)
        if (row := _absent_day(call, student, list(group))) is not None
    ]
    known = {row["date"] for row in found}
    found += [
        _announced_day(service, student, day, notice)
        for notice in service.state.notices_of(student.key)
        if notice.state is m.NoticeState.ACTIVE
        for day in days_between(max(start, notice.starts_on), min(end, notice.ends_on))
        if day.isoformat() not in known
    ]
    found.sort(key=lambda row: str(row["date"]))
    return {
        "attendance": found,
        "days_count": len(found),
        "year_description": f"{year.start_year}/{year.start_year + 1} учебный год",
    }


def _absent_day(call: Call, student: m.Student, day_slots: list[slots.Slot]) -> JsonObject | None:
    service = call.service
    rows = [row for slot in day_slots if (row := _absent_lesson(service, student, slot))]
    if not rows:
        return None
    day = day_slots[0].date
    notices = presence.notices_on(service, student, day)
    notice = notices[0] if notices else None
    return _day(service, student, day, notice, rows, regular=len(day_slots))


def _announced_day(
    service: Service, student: m.Student, day: date, notice: m.AbsenceNotice
) -> JsonObject:
    return _day(service, student, day, notice, [], regular=0)


def _day(
    service: Service,
    student: m.Student,
    day: date,
    notice: m.AbsenceNotice | None,
    rows: list[JsonObject],
    *,
    regular: int,
) -> JsonObject:
    whole = notice is not None and notice.lesson_numbers is None
    reasons_told = [row["reason_id"] for row in rows]
    reason = presence.NUMBERS[notice.reason] if notice else (reasons_told or [None])[0]
    return {
        "date": day.isoformat(),
        "summary": "Весь день" if whole or len(rows) == regular else f"Уроков: {len(rows)}",
        "notified": notice is not None,
        "description": notice.comment if notice else None,
        "reason_id": reason,
        "is_system": notice is None,
        "parent_profile_id": _author_profile(service, student, notice),
        "lessons": rows,
    }


def _author_profile(
    service: Service, student: m.Student, notice: m.AbsenceNotice | None
) -> int | None:
    if notice is None:
        return None
    for account in service.world.accounts:
        if account.person_key == notice.author_person_key and student.key in account.student_keys:
            return service.access(account.key).profile_id
    return None


def _absent_lesson(service: Service, student: m.Student, slot: slots.Slot) -> JsonObject | None:
    reason = presence.absence_reason(service, student, slot)
    notice = presence.notice_for(service, student, slot)
    if reason is None and notice is None:
        return None
    return {
        "schedule_item_id": service.ids.of(ids.LESSON, slot.key),
        **schedule.subject_of(service, slot),
        **schedule.clock(slot),
        "bell_id": schedule.bell_number(service, slot),
        "reason_id": reason if notice is None else presence.NUMBERS[notice.reason],
        "notified": notice is not None,
        "description": notice.comment if notice else None,
        "lesson_education_type": slots.EDUCATION[slot.source],
        "health_status": service.book.health_at(student, slot),
    }


def announce(call: Call) -> JsonObject:
    """Hand in notices: whole days, or single lessons by their bell or their hours."""
    if not call.access.is_guardian:
        raise closed_to_role()
    student = call.access.child(str(call.json.get("student_id") or ""))
    rows = call.json.get("notifications")
    if not isinstance(rows, list) or not rows:
        raise invalid("notifications", "обязательный параметр")
    checked = [_checked(call, student, row) for row in rows]
    now = call.service.school_now
    made = [
        call.service.state.add_notice(
            student.key,
            call.access.person.key,
            day,
            day,
            reason=reason,
            comment=comment,
            at=now,
            lesson_numbers=numbers,
        )
        for day, reason, comment, numbers in checked
    ]
    return {"ids": [call.service.ids.of(ids.NOTICE, notice.key) for notice in made]}


def _checked(
    call: Call, student: m.Student, row: object
) -> tuple[date, m.AbsenceReason, str, tuple[int, ...] | None]:
    if not isinstance(row, dict):
        raise invalid("notifications")
    day = day_of(str(row.get("date") or ""), "date")
    if day < call.service.world.today:
        raise invalid("date", "нельзя уведомить о прошедшем дне")
    reason = _reason(row.get("reason_id"))
    if reason is None:
        raise invalid("reason_id")
    return day, reason, str(row.get("description") or ""), _numbers(call, student, day, row)


def _reason(number: object) -> m.AbsenceReason | None:
    """What a parent's number means; of a notice only the date has to be there."""
    if number is None:
        return m.AbsenceReason.UNKNOWN
    return presence.reason_of(number) if isinstance(number, int) else None


def _numbers(
    call: Call, student: m.Student, day: date, row: dict[str, object]
) -> tuple[int, ...] | None:
    """The lessons that a row names; None for the whole day."""
    bell, begin, end = row.get("bell_id"), row.get("begin_time"), row.get("end_time")
    if bell is None and begin is None:
        return None
    found = [
        slot.number
        for slot in call.service.book.slots(student, day, day)
        if slot.number is not None
        and (bell is None or schedule.bell_number(call.service, slot) == bell)
        and (begin is None or str(begin) <= f"{slot.starts_at:%H:%M}")
        and (end is None or f"{slot.ends_at:%H:%M}" <= str(end))
    ]
    if not found:
        raise invalid("bell_id")
    return tuple(found)


def take_back(call: Call) -> JsonObject:
    """Take back the notices of days; the body says which."""
    student = call.access.child(str(call.json.get("student_id") or ""))
    rows = call.json.get("notifications")
    if not isinstance(rows, list) or not rows:
        raise invalid("notifications", "обязательный параметр")
    days = {
        day_of(str(row.get("date") or "") if isinstance(row, dict) else "", "date") for row in rows
    }
    service = call.service
    found = {
        notice.key: notice for day in days for notice in presence.notices_on(service, student, day)
    }
    if not found:
        raise not_found("Уведомление")
    for key in found:
        service.state.cancel_notice(student.key, key, service.school_now)
    return {"success": True}


def change(call: Call) -> JsonObject:
    """Put new notices in the place of those of the same days."""
    if not call.access.is_guardian:
        raise closed_to_role()
    student = call.access.child(str(call.json.get("student_id") or ""))
    rows = call.json.get("notifications")
    for row in rows if isinstance(rows, list) else []:
        day = _checked(call, student, row)[0]
        for notice in presence.notices_on(call.service, student, day):
            call.service.state.cancel_notice(student.key, notice.key, call.service.school_now)
    return announce(call)


def reasons(call: Call) -> list[JsonObject]:
    """Why somebody may be absent."""
    if call.text("ae_only").lower() == "true":
        return []
    return [
        {
            "id": number,
            "name": name,
            "is_parent_available": parents,
            "ae_only": False,
            "attachment_needed": False,
            "deleted_at": None,
        }
        for number, name, parents in presence.REASONS
    ]


def medical(call: Call) -> list[JsonObject]:
    """Illness and exemptions; pages overlap slightly, dates are ignored."""
    service, student = call.service, call.student
    rows: list[JsonObject] = [
        {
            "id": service.ids.of(ids.NOTICE, f"{kind}|{student.key}|{day.isoformat()}"),
            "date": day.isoformat(),
            "student_profile_id": ids.student_number(student.key),
            "subject_ids": [service.ids.of(ids.SUBJECT, key) for key in sorted(subjects)],
            "type": kind,
        }
        for day, kind, subjects in service.book.health_days(student)
    ]
    page = call.number("page", 1, most=1000)
    first = (page - 1) * (_PER_PAGE - _OVERLAP)
    return rows[first : first + _PER_PAGE]


def aware(call: Call) -> list[JsonObject]:
    """Weeks that parents have acknowledged."""
    service = call.service
    first = week_of(call.day("week_from"))[0]
    last = week_of(call.day("week_to"))[0]
    found = []
    for number in call.many("student_profile_ids"):
        student = call.access.child(number)
        for week in (day for day in days_between(first, last) if day.isoweekday() == 1):
            signed = service.state.signature(student.key, week)
            if signed is not None and signed.signed_at is not None:
                found.append(_journal(service, student, signed, signed.signed_at))
    return found


def _journal(
    service: Service, student: m.Student, signed: m.WeekSignature, at: datetime
) -> JsonObject:
    author = next(
        (
            service.access(account.key).profile_id
            for account in service.world.accounts
            if account.person_key == signed.signed_by and student.key in account.student_keys
        ),
        None,
    )
    return {
        "id": service.ids.of(ids.NOTICE, signed.key),
        "parent_profile_id": author,
        "student_profile_id": ids.student_number(student.key),
        "week": signed.week_start.isoformat(),
        "created_at": f"{at:%Y-%m-%dT%H:%M:%S}",
    }


def acknowledge(call: Call) -> JsonObject:
    """Acknowledge a week as a parent."""
    if call.access.role != PARENT_ROLE:
        raise closed_to_role()
    if str(call.json.get("parent_profile_id")) != str(call.access.profile_id):
        raise invalid("parent_profile_id")
    student = call.access.child(str(call.json.get("student_profile_id") or ""))
    week = week_of(day_of(str(call.json.get("week") or ""), "week"))[0]
    service = call.service
    try:
        signed = service.state.sign_week(
            student.key, week, call.access.person.key, service.school_now
        )
    except KeyError:
        raise not_found("Неделя") from None
    return _journal(service, student, signed, service.school_now)
