"""Putting a world together."""

from datetime import UTC, date, datetime, timedelta

from gateway.sandbox.world.accounts import (
    Register,
    make_accounts,
    make_identities,
    make_invites,
)
from gateway.sandbox.world.family_life import make_family_life
from gateway.sandbox.world.frame import Frame, make_frame
from gateway.sandbox.world.life import make_clubs
from gateway.sandbox.world.meals import make_menus
from gateway.sandbox.world.model import SchoolKind
from gateway.sandbox.world.school_work import make_class_work
from gateway.sandbox.world.schools import CLASS_PLANS, REGIONS, school_key
from gateway.sandbox.world.subjects import SCALES, SUBJECTS, WORK_KINDS
from gateway.sandbox.world.talk import Board, make_announcements, make_events, make_news
from gateway.sandbox.world.world import World

_MOSCOW = timedelta(hours=3)


def build_world(seed: int = 1, today: date | None = None) -> World:
    """Make the world of a seed as seen at the end of ``today``.

    The same arguments always give an equal world. With the same seed and a later day of the same
    school year the earlier records stay what they were, except where time itself changes them
    (a debt is settled, a mark retaken, a lesson held). Without ``today`` it is Moscow's date.
    """
    frame = make_frame(seed, today or (datetime.now(UTC) + _MOSCOW).date())
    works = [make_class_work(frame, plan) for plan in CLASS_PLANS]
    boards = _boards(frame)
    announcements = [item for board in boards for item in make_announcements(seed, board)]
    life = make_family_life(frame, works, announcements)
    register = _register(frame)
    place_of = [(school.key, year.key) for school in frame.schools for year in frame.years]
    return World(
        seed=seed,
        today=frame.today,
        regions=REGIONS,
        scales=SCALES,
        schools=frame.schools,
        years=frame.years,
        periods=tuple(item for place in place_of for item in frame.periods[place]),
        spans=tuple(item for place in place_of for item in frame.spans[place]),
        subjects=SUBJECTS,
        classes=frame.classes.classes,
        groups=frame.classes.groups,
        curriculum=frame.classes.curriculum,
        persons=frame.persons,
        students=frame.classes.students,
        guardianships=frame.cast.guardianships,
        trusted_persons=frame.cast.trusted_persons,
        teachers=frame.staff.teachers,
        lessons=tuple(item for work in works for item in work.lessons),
        homework=tuple(item for work in works for item in work.homework),
        work_kinds=WORK_KINDS,
        assignments=tuple(item for work in works for item in work.assignments),
        marks=tuple(item for work in works for item in work.marks),
        final_grades=tuple(item for work in works for item in work.finals),
        ranks=tuple(item for work in works for item in work.ranks),
        attendance=tuple(
            item for work in works for records in work.attendance.values() for item in records
        ),
        absence_notices=tuple(life.notices),
        remarks=tuple(item for work in works for item in work.remarks),
        signatures=tuple(life.signatures),
        announcements=tuple(sorted(announcements, key=lambda item: item.published_at)),
        messages=tuple(sorted(life.messages, key=lambda item: item.sent_at)),
        news=tuple(item for board in boards for item in make_news(seed, board)),
        events=tuple(item for board in boards for item in make_events(seed, board)),
        notifications=tuple(life.notifications),
        entries=tuple(life.entries),
        meal_accounts=tuple(life.meal_accounts),
        meal_transactions=tuple(life.meal_transactions),
        menus=tuple(
            item
            for board in boards
            if board.school.kind is SchoolKind.REGULAR
            for item in make_menus(board.school, board.study_days, frame.today)
        ),
        study_plans=tuple(life.study_plans),
        portfolio=tuple(life.portfolio),
        clubs=tuple(
            make_clubs(
                [board.school for board in boards if board.school.kind is SchoolKind.REGULAR],
                {school_key(number): key for number, key in frame.staff.deputies.items()},
                {board.school.key: _featured(frame, board.school.key) for board in boards},
            )
        ),
        accounts=make_accounts(register),
        esia_identities=make_identities(register),
        invite_codes=make_invites(register),
    )


def _boards(frame: Frame) -> list[Board]:
    boards = []
    for school in frame.schools:
        groups = [item for item in frame.classes.current.values() if item.school_key == school.key]
        boards.append(
            Board(
                school=school,
                classes=tuple(groups),
                homeroom={
                    group.key: frame.teacher_person(group.homeroom_teacher_key) for group in groups
                },
                study_days=frame.dates(school.key),
                today=frame.now(school),
            )
        )
    return boards


def _featured(frame: Frame, school: str) -> tuple[str, ...]:
    """Featured pupils who are at a school this year."""
    return tuple(
        student.key
        for student in frame.classes.students
        if student.featured
        and any(
            place.school_key == school and place.year_key == frame.year.key
            for place in student.enrollments
        )
    )


def _register(frame: Frame) -> Register:
    homeroom = frame.staff.homeroom[CLASS_PLANS[0].slug]
    return Register(
        persons={person.key: person for person in frame.persons},
        students={student.key: student for student in frame.classes.students},
        schools={school.key: school for school in frame.schools},
        regions={region.key: region for region in REGIONS},
        guardianships=frame.cast.guardianships,
        teacher=frame.teachers[homeroom],
        today=frame.today,
    )
