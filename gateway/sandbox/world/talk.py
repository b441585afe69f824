"""Announcements, news and events of the schools through the year."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html import unescape
from random import Random
from re import sub
from zoneinfo import ZoneInfo

from gateway.sandbox.world.files import PDF
from gateway.sandbox.world.model import (
    Announcement,
    Attachment,
    Audience,
    ClassGroup,
    EventKind,
    EventState,
    NewsItem,
    School,
    SchoolEvent,
)
from gateway.sandbox.world.rng import in_turn, stream
from gateway.sandbox.world.school_year import DAY
from gateway.sandbox.world.talk_texts import (
    CLASS_ANNOUNCEMENTS,
    EVENTS,
    NEWS,
    SCHOOL_ANNOUNCEMENTS,
)

_FILE_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A school's public life; ``homeroom`` gives the person key of a class's own teacher."""

    school: School
    classes: tuple[ClassGroup, ...]
    homeroom: dict[str, str]
    study_days: tuple[date, ...]
    today: datetime


def plain(html: str) -> str:
    """The text of simple markup: breaks and ends of blocks become line ends."""
    broken = sub(r"<br>|</p>|</li>", "\n", html)
    return unescape(sub(r"<[^>]+>", "", broken)).strip()


def make_announcements(seed: int, board: Board) -> list[Announcement]:
    """School announcements every other week, class ones in between."""
    rng = stream(seed, "announcements", board.school.key)
    author = board.school.principal_person_key
    found = []
    for index, day in enumerate(board.study_days[::9]):
        title, html = in_turn(SCHOOL_ANNOUNCEMENTS, index)
        found.append(_announcement(rng, board, None, author, day, (title, html)))
    for group in board.classes:
        for index, day in enumerate(board.study_days[2::7]):
            title, html = in_turn(CLASS_ANNOUNCEMENTS, index)
            texts = (title, html.replace("{name}", group.name))
            found.append(_announcement(rng, board, group, board.homeroom[group.key], day, texts))
    seen = [item for item in found if item.published_at <= board.today]
    return sorted(seen, key=lambda item: item.published_at)


def _announcement(
    rng: Random,
    board: Board,
    group: ClassGroup | None,
    author: str,
    day: date,
    texts: tuple[str, str],
) -> Announcement:
    title, html = texts
    at = datetime.combine(day, time(rng.randint(8, 17), rng.randrange(60)), _zone(board.school))
    slug = f"{board.school.key}-{group.key if group else 'all'}-{day:%Y%m%d}"
    file = Attachment(
        key=f"file-announcement-{slug}",
        name="Объявление.pdf",
        mime=PDF,
        size=20_480,
        uploaded_at=at,
    )
    return Announcement(
        key=f"announcement-{slug}",
        school_key=board.school.key,
        audience=Audience.CLASS if group else Audience.SCHOOL,
        class_key=group.key if group else None,
        author_person_key=author,
        title=title,
        text=plain(html),
        html=html,
        attachments=(file,) if rng.random() < _FILE_SHARE else (),
        published_at=at,
        expires_on=day + timedelta(days=14) if rng.random() < _FILE_SHARE else None,
        important=rng.random() < _FILE_SHARE / 2,
        read_by=(author,),
    )


def make_news(seed: int, board: Board) -> list[NewsItem]:
    """A piece of news every three weeks."""
    rng = stream(seed, "news", board.school.key)
    found = []
    for index, day in enumerate(board.study_days[::15]):
        title, html, tags = in_turn(NEWS, index)
        at = datetime.combine(day, time(rng.randint(9, 18), rng.randrange(60)), _zone(board.school))
        found.append(
            NewsItem(
                key=f"news-{board.school.key}-{day:%Y%m%d}",
                school_key=board.school.key,
                title=title,
                text=plain(html),
                html=html,
                tags=tags,
                published_at=at,
            )
        )
    return [item for item in found if item.published_at <= board.today]


def make_events(seed: int, board: Board) -> list[SchoolEvent]:
    """An event every two weeks, announced a fortnight ahead; one in eight is called off."""
    rng = stream(seed, "events", board.school.key)
    found = []
    for index, day in enumerate(board.study_days[3::10]):
        kind, title, place, organiser, text, subject, for_class = EVENTS[index % len(EVENTS)]
        group = rng.choice(board.classes) if board.classes else None
        start = datetime.combine(day, time(rng.randint(13, 17), 0), _zone(board.school))
        lot = rng.random()
        announced = start - 14 * DAY
        if announced > board.today:
            continue
        state = EventState.CONFIRMED
        if lot < 1 / 8:
            state = EventState.CANCELLED
        elif start > board.today + 7 * DAY:
            state = EventState.TENTATIVE
        found.append(
            SchoolEvent(
                key=f"event-{board.school.key}-{day:%Y%m%d}",
                school_key=board.school.key,
                class_key=group.key if group and for_class else None,
                kind=EventKind(kind),
                title=title,
                text=text,
                subject_key=subject,
                place=place,
                address=board.school.address,
                organiser=organiser,
                starts_at=start,
                ends_at=start + timedelta(minutes=90),
                announced_at=announced,
                state=state,
                url=f"https://events.example.org/{board.school.key}/{index}"
                if kind == "olympiad"
                else None,
            )
        )
    return found


def _zone(school: School) -> ZoneInfo:
    return ZoneInfo(school.zone)
