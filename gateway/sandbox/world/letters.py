"""Letters between the homeroom teacher, the parents and the pupil."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from html import escape
from random import Random
from zoneinfo import ZoneInfo

from gateway.sandbox.world.files import DOCX
from gateway.sandbox.world.model import Attachment, Message, School, Student
from gateway.sandbox.world.rng import in_turn, stream
from gateway.sandbox.world.talk_texts import THREADS

_READ_AFTER = timedelta(days=4)  # whatever is younger may still be unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Those who write about one pupil; all are person keys."""

    student: Student
    school: School
    teacher: str
    guardians: tuple[str, ...]
    study_days: tuple[date, ...]
    today: datetime


def make_letters(seed: int, circle: Circle) -> list[Message]:
    """A thread every two weeks; the youngest letter of each inbox is unread."""
    rng = stream(seed, "letters", circle.student.key)
    found: list[Message] = []
    for index, day in enumerate(circle.study_days[::11]):
        found += _thread(rng, circle, index, day)
    found = [letter for letter in found if letter.sent_at <= circle.today]
    return _with_readers(found, circle)


def _thread(rng: Random, circle: Circle, index: int, day: date) -> list[Message]:
    slug = f"{circle.student.key}-{day:%Y%m%d}"
    guardian = circle.guardians[index % len(circle.guardians)]
    at = datetime.combine(
        day, time(rng.randint(8, 12), rng.randrange(60)), ZoneInfo(circle.school.zone)
    )
    letters: list[Message] = []
    for number, (part, subject, text) in enumerate(in_turn(THREADS, index), start=1):
        pupil = circle.student.person_key
        sender, recipients = {
            "teacher": (circle.teacher, circle.guardians),
            "guardian": (guardian, (circle.teacher,)),
            "teacher_to_student": (circle.teacher, (pupil,)),
            "student": (pupil, (circle.teacher,)),
        }[part]
        key = f"message-{slug}-{number}"
        file = Attachment(
            key=f"file-{key}",
            name="Список (7 & 8 кл.).docx",
            mime=DOCX,
            size=12_288,
            uploaded_at=at,
        )
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line)
        letters.append(
            Message(
                key=key,
                thread_key=f"thread-{slug}",
                replies_to=letters[-1].key if letters else None,
                school_key=circle.school.key,
                student_key=circle.student.key,
                sender_person_key=sender,
                recipient_person_keys=recipients,
                subject=subject,
                text=text,
                html=paragraphs if part.startswith("teacher") else None,
                attachments=(file,) if "\n\n" in text else (),
                sent_at=at,
                read_by=(sender,),
            )
        )
        at += timedelta(hours=rng.randint(1, 3), minutes=rng.randrange(60))
    return letters


def _with_readers(letters: list[Message], circle: Circle) -> list[Message]:
    newest: dict[str, str] = {}
    for letter in letters:
        newest |= dict.fromkeys(letter.recipient_person_keys, letter.key)
    result = []
    for letter in letters:
        old = letter.sent_at + _READ_AFTER <= circle.today
        readers = tuple(
            person
            for person in letter.recipient_person_keys
            if old and newest[person] != letter.key
        )
        result.append(replace(letter, read_by=(*letter.read_by, *readers)))
    return result
