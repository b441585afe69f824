"""Is every answer what the model promises?

Scenarios, each with a read as its case: `reads_answer`, `answers_are_whole`, `days_are_covered`,
`moments_are_aware`, `unknown_words_travel_along`, `absent_fields_stay_empty`. Without cases:
`feeds_tell_everything_once`, `attachments_open`.
"""

from datetime import datetime
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

from gateway.core.contract.capability import Capability
from gateway.core.contract.declaration import Quality
from gateway.core.errors import GatewayError, NotSupported
from gateway.core.model import DiaryWeek, Lesson, Model
from gateway.core.text.filenames import safe_filename
from gateway.testing.bench import Bench, Door, copy_of, sessions_of
from gateway.testing.calls import FEEDS
from gateway.testing.findings import Findings, NotApplicable, findings
from gateway.testing.people import open_account
from gateway.testing.scenario import dated_reads, reads, scenario, scenario_for
from gateway.testing.sweep import Read, sweep_of
from gateway.testing.walking import Spot, days_of, own_id

_ENOUGH: Final = 200
"""Records of a feed after which it may well be endless."""
_MOST_FILES: Final = 3


@scenario_for(reads, Quality.BRONZE)
async def reads_answer(bench: Bench, operation: str) -> None:
    """A declared read answers with valid models for every student of every account.

    What is sold, or lacking for a single account, may be refused as NotSupported.
    """
    found_any = False
    with findings() as found:
        for read in (await sweep_of(bench)).of(operation):
            if isinstance(read.error, NotSupported):
                continue
            if read.error is not None:
                found.add(f"{read}: {type(read.error).__name__}: {read.error}")
            else:
                found_any = found_any or bool(read.records)
        found.check(found_any, "nobody's diary has a single record of it")


@scenario_for(reads, Quality.BRONZE)
async def answers_are_whole(bench: Bench, operation: str) -> None:
    """Nothing of a good answer is left out: it is complete and has no issues."""
    with findings() as found:
        for read in (await sweep_of(bench)).answered(operation):
            answer = read.answer
            for issue in answer.issues:
                found.add(f"{read}: {issue.path}: {issue.reason}")
            found.check(answer.complete or bool(answer.issues), f"{read}: not complete")
            found.check(answer.provider == bench.provider, f"{read}: of {answer.provider}")


@scenario_for(dated_reads, Quality.BRONZE)
async def days_are_covered(bench: Bench, operation: str) -> None:
    """A dated answer says which days it covers, and its records lie within."""
    with findings() as found:
        for read in (await sweep_of(bench)).answered(operation):
            covered = read.answer.covered
            if covered is None:
                found.add(f"{read}: does not say which days it covers")
                continue
            for record in read.records:
                days = days_of(record)
                inside = days is None or (days[0] <= covered.end and days[1] >= covered.start)
                found.check(inside, f"{read}: {type(record).__name__} outside {covered}")


@scenario_for(reads, Quality.BRONZE)
async def moments_are_aware(bench: Bench, operation: str) -> None:
    """Moments have a time zone, lessons end after they start, on the day that they name."""
    sweep = await sweep_of(bench)
    zones = {
        student.id: ZoneInfo(student.zone)
        for store in sweep.household.stores.values()
        for session in (await sessions_of(store)).values()
        for student in session.students
    }
    with findings() as found:
        for read in sweep.answered(operation):
            zone = zones.get(read.call.student)
            for spot in read.spots:
                if isinstance(spot.value, datetime):
                    found.check(spot.value.tzinfo is not None, f"{read}: {spot.name} is naive")
                if isinstance(spot.owner, Lesson) and spot.field == "starts_at" and zone:
                    _check_hours(found, read, spot.owner, zone)
                if isinstance(spot.owner, DiaryWeek) and spot.field == "start":
                    _check_week(found, read, spot.owner)


@scenario_for(reads, Quality.BRONZE)
async def unknown_words_travel_along(bench: Bench, operation: str) -> None:
    """An enum that is UNKNOWN has the provider's own word beside it; the word is never empty."""
    with findings() as found:
        for read in (await sweep_of(bench)).answered(operation):
            for spot in read.spots:
                beside = f"{spot.field}_text"
                if not isinstance(spot.value, Enum) or beside not in type(spot.owner).model_fields:
                    continue
                word = getattr(spot.owner, beside)
                found.check(word != "", f"{read}: the word beside {spot.name} is empty")
                silent = word is None and spot.is_told and spot.value.value == "unknown"
                found.check(not silent, f"{read}: {spot.name} is UNKNOWN without a word")


@scenario_for(reads, Quality.SILVER)
async def absent_fields_stay_empty(bench: Bench, operation: str) -> None:
    """Fields that the provider is declared never to tell are never told."""
    with findings() as found:
        for read in (await sweep_of(bench)).answered(operation):
            info = bench.declaration.supports(read.call.operation.capability)
            for spot in read.spots:
                told = spot.is_told and not info.absent_fields.isdisjoint(spot.names)
                found.check(not told, f"{spot.name} is declared absent and told")


@scenario(Quality.SILVER)
async def feeds_tell_everything_once(bench: Bench) -> None:
    """Feeds go on page by page, lose nothing of their first page, and tell everything once."""
    sweep = await sweep_of(bench)
    names = [name for name in FEEDS if sweep.of(name)]
    if not names:
        raise NotApplicable("there is no feed")
    with findings() as found:
        for name in names:
            read = sweep.richest(name)
            store = await copy_of(sweep.store_of(read), bench)
            async with bench.gateway(store) as gateway:
                diary = await gateway.diary(read.call.student, account=read.call.account)
                items = getattr(diary, name.replace("list_", "iter_"))()
                ids: list[str | None] = []
                async for item in items:
                    ids.append(own_id(item))
                    if len(ids) >= _ENOUGH:
                        break
            found.check(len(set(ids)) == len(ids), f"{name} tells things twice")
            kept = len(ids) >= min(len(read.records), _ENOUGH)
            found.check(kept, f"{name} loses what its first page has")


@scenario(Quality.SILVER)
async def attachments_open(bench: Bench) -> None:
    """Files that answers refer to can be opened by their id, under a harmless name."""
    if not bench.declaration.supports(Capability.ATTACHMENTS).is_available:
        raise NotApplicable("files are not declared")
    sweep = await sweep_of(bench)
    tried: set[str] = set()
    with findings() as found:
        for read in sweep.answered():
            for spot in read.spots:
                if len(tried) >= _MOST_FILES or not _is_file(spot) or spot.value in tried:
                    continue
                tried.add(spot.value)
                await _open(found, bench, read, spot.owner)
        found.check(bool(tried), "no answer refers to a file")


async def _open(found: Findings, bench: Bench, read: Read, file: Any) -> None:
    store = await copy_of((await sweep_of(bench)).store_of(read), bench)
    methods = bench.declaration.supports(Capability.ATTACHMENTS).methods
    if methods and read.door.method not in methods:
        usable = sorted(methods & set(read.door.account.methods))
        if not usable:
            return
        await open_account(bench, store, Door(usable[0], read.door.account))
    async with bench.gateway(store) as gateway:
        student = read.call.student or (await gateway.account(read.call.account)).students[0]
        diary = await gateway.diary(student, account=read.call.account)
        try:
            async with diary.open_attachment(file.id) as download:
                content = await download.read()
        except GatewayError as error:
            found.add(f"{read}: a file cannot be opened: {error}")
            return
    found.check(bool(content), f"{read}: a file is empty")
    size = len(content)
    found.check(file.size in {None, size}, f"{read}: a file has {size} bytes, not {file.size}")
    found.check(safe_filename(file.name) == file.name, f"{read}: a file's name is not cleaned")


def _is_file(spot: Spot) -> bool:
    is_id = type(spot.owner).__name__ == "Attachment" and spot.field == "id"
    return is_id and spot.value is not None


def _check_hours(found: Findings, read: Read, lesson: Lesson, zone: ZoneInfo) -> None:
    start, end = lesson.starts_at, lesson.ends_at
    if start is None or start.tzinfo is None:
        return
    same = start.astimezone(zone).date() == lesson.date
    found.check(same, f"{read}: a lesson starts on another day than its date in {zone.key}")
    if end is not None and end.tzinfo is not None:
        found.check(start < end, f"{read}: a lesson ends before it starts")


def _check_week(found: Findings, read: Read, week: DiaryWeek) -> None:
    found.check(week.start.isoweekday() == 1, f"{read}: the week begins on no Monday")
    found.check((week.end - week.start).days == 6, f"{read}: the week has no seven days")  # noqa: PLR2004 - a week
    dates = [day.date for day in week.days]
    found.check(dates == sorted(set(dates)), f"{read}: days are out of order, or come twice")
    for day in week.days:
        found.check(week.start <= day.date <= week.end, f"{read}: a day outside the week")
        parts: tuple[tuple[Model, ...], ...] = (day.lessons, day.marks, day.attendance)
        for record in (item for part in parts for item in part):
            on_day = getattr(record, "date", None) in {None, day.date}
            found.check(on_day, f"{read}: a {type(record).__name__} on another day than its own")
        for task in day.homework:
            due = task.due_on in {None, day.date}
            found.check(due, f"{read}: homework on another day than it is due")
