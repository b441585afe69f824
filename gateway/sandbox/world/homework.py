"""Homework from one lesson of a subject to the next, at most a week ahead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from random import Random

from gateway.sandbox.world.files import DOCX, PDF, PNG, TEXT
from gateway.sandbox.world.homework_texts import (
    EMPTY_TEXTS,
    LINKS,
    MATERIALS,
    SUBJECT_TASKS,
    TASKS,
)
from gateway.sandbox.world.model import (
    Attachment,
    Homework,
    Lesson,
    LessonStatus,
    Link,
    MaterialKind,
    OnlineMaterial,
    SubjectKind,
)
from gateway.sandbox.world.rng import stream
from gateway.sandbox.world.subjects import SUBJECT_BY_KEY

_WEEK = timedelta(days=7)
_RARE = {"subject-sport", "subject-music", "subject-art", "subject-safety", "subject-craft"}
_FILES = (
    ("Задание.pdf", PDF, 24_576),
    ("Рисунок к задаче.png", PNG, 8_192),
    ("План & образец (1).docx", DOCX, 15_360),
    ("Слова.txt", TEXT, 1_500),
    ("Презентация к уроку.pdf", PDF, 1_572_864),
)
_SHARE, _RARE_SHARE = 0.65, 0.15
_HTML_SHARE, _LINK_SHARE, _FILE_SHARE, _MATERIAL_SHARE = 0.08, 0.1, 0.15, 0.1
_EMPTY_SHARE, _SECOND_SHARE, _SINGLE_SHARE, _VOLUNTARY_SHARE = 0.07, 0.12, 0.05, 0.12
_EDITED_SHARE, _SUBMIT_SHARE, _DONE_SHARE, _EARLY_SHARE = 0.1, 0.1, 0.8, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Lessons of one subject with one class or group, in time order, and who attends them.

    Also those that the weekly timetable had for the subject and that were given to another.
    """

    slug: str
    subject_key: str
    lessons: tuple[Lesson, ...]
    student_keys: tuple[str, ...]

    def lost(self, lesson: Lesson) -> bool:
        """Whether a lesson of the timetable does not take place for this subject."""
        gone = lesson.status in (LessonStatus.CANCELLED, LessonStatus.MOVED)
        return gone or lesson.subject_key != self.subject_key


def make_homework(seed: int, course: Course, today: datetime) -> list[Homework]:
    """Homework given in one course by the end of ``today`` (aware)."""
    rng = stream(seed, "homework", course.slug)
    found = []
    for index, given in enumerate(course.lessons):
        if course.lost(given):
            continue
        if given.status is LessonStatus.PLANNED:
            break
        chance = _RARE_SHARE if given.subject_key in _RARE else _SHARE
        if rng.random() > chance:
            continue
        due = _due(course, given, index)
        count = 2 if rng.random() < _SECOND_SHARE else 1
        for number in range(1, count + 1):
            item = _homework(rng, course, given, due, number, today)
            if item:
                found.append(item)
    return found


def gives_homework(subject_key: str) -> bool:
    """Whether homework belongs to this kind of subject."""
    return SUBJECT_BY_KEY[subject_key].kind in (SubjectKind.REGULAR, SubjectKind.ELECTIVE)


def _due(course: Course, given: Lesson, index: int) -> Lesson | None:
    """The next lesson of the course, if it is within a week.

    Homework stays at a lesson that was cancelled or given away when there is no other in time.
    """
    coming = [
        lesson
        for lesson in course.lessons[index + 1 : index + 12]
        if given.date < lesson.date <= given.date + _WEEK
    ]
    kept = (lesson for lesson in coming if not course.lost(lesson))
    return next(kept, coming[0] if coming else None)


def _homework(
    rng: Random, course: Course, given: Lesson, due: Lesson | None, index: int, today: datetime
) -> Homework | None:
    key = f"homework-{given.key.removeprefix('lesson-')}-{index}"
    created = given.ends_at + timedelta(minutes=rng.randint(-10, 150))
    empty = index == 1 and rng.random() < _EMPTY_SHARE
    text = rng.choice(EMPTY_TEXTS) if empty else _text(rng, given.subject_key)
    links = tuple(
        Link(title=title, url=url)
        for title, url in LINKS
        if not empty and rng.random() < _LINK_SHARE / len(LINKS)
    )
    if links:
        text += "\n" + links[0].url
    files = _files(rng, key, created) if not empty and rng.random() < _FILE_SHARE else ()
    materials = _materials(rng, key) if not empty and rng.random() < _MATERIAL_SHARE else ()
    single = rng.choice(course.student_keys) if rng.random() < _SINGLE_SHARE else None
    has_html = rng.random() < _HTML_SHARE and not empty
    edited = created + timedelta(minutes=rng.randint(15, 240))
    was_edited = rng.random() < _EDITED_SHARE
    ticks = {student: rng.random() for student in course.student_keys}
    pupils = (single,) if single and not empty else None
    minutes = None if empty else rng.choice((None, 15, 20, 30, 45))
    mandatory = rng.random() > _VOLUNTARY_SHARE
    needs_file = rng.random() < _SUBMIT_SHARE and not empty
    if created > today or due is None:
        return None
    is_due = due.date <= today.date()
    share = _DONE_SHARE if is_due else _EARLY_SHARE
    whose = () if empty else pupils or course.student_keys
    done = tuple(student for student in whose if ticks[student] < share)
    return Homework(
        key=key,
        school_key=given.school_key,
        class_key=given.class_key,
        group_key=given.group_key,
        subject_key=given.subject_key,
        teacher_key=given.teacher_key,
        given_lesson_key=given.key,
        due_lesson_key=due.key,
        given_on=given.date,
        due_on=due.date,
        text=text,
        html=_html(text) if has_html else None,
        is_empty=empty,
        mandatory=mandatory,
        individual=pupils is not None,
        student_keys=pupils,
        attachments=files,
        links=links,
        materials=materials,
        minutes=minutes,
        needs_file=needs_file,
        created_at=created,
        edited_at=edited if was_edited and edited <= today else None,
        done_by=done,
        checked_for=tuple(pupil for pupil in done if is_due and ticks[pupil] < _DONE_SHARE / 2),
    )


def _text(rng: Random, subject_key: str) -> str:
    tasks = SUBJECT_TASKS.get(subject_key.removeprefix("subject-"), TASKS)
    number = rng.randint(2, 60)
    return rng.choice(tasks).format(
        page=rng.randint(10, 180), par=rng.randint(1, 45), first=number, last=number + 3
    )


def _html(text: str) -> str:
    first, *rest = escape(text, quote=False).split("\n")
    return "<p>" + "<br>".join((f"<b>{first}</b>", *rest)) + "</p>"


def _files(rng: Random, key: str, at: datetime) -> tuple[Attachment, ...]:
    chosen = rng.sample(_FILES, rng.choice((1, 1, 2)))
    return tuple(
        Attachment(
            key=f"file-{key.removeprefix('homework-')}-{number}",
            name=name,
            mime=mime,
            size=size,
            uploaded_at=at,
        )
        for number, (name, mime, size) in enumerate(chosen, start=1)
    )


def _materials(rng: Random, key: str) -> tuple[OnlineMaterial, ...]:
    kind, title = rng.choice(MATERIALS)
    slug = key.removeprefix("homework-")
    return (
        OnlineMaterial(
            key=f"material-{slug}",
            kind=MaterialKind(kind),
            title=title,
            url=f"https://materials.example.org/{kind}/{slug}",
            minutes=rng.choice((10, 15, 20)),
        ),
    )
