"""Unified identifiers of the service's things."""

from gateway.core.ids import Beginnings


class Keys(Beginnings):
    """Identifiers of one instance: `keys.lesson + str(number)` and the composed ones."""

    kinds = (
        "student",
        "person",
        "school",
        "group",
        "subject",
        "period",
        "lesson",
        "homework",
        "work",
        "mark",
        "file",
    )
    __slots__ = kinds

    student: str
    person: str
    school: str
    group: str
    subject: str
    period: str
    lesson: str
    homework: str
    work: str
    mark: str
    file: str

    def student_in(self, person: int | str, school: int | str | None) -> str:
        """A student: with the school where it is one more school of the same child."""
        return self.student + (str(person) if school is None else f"{person}/{school}")

    def year(self, school: str, starts_in: int) -> str:
        """A school year of one school."""
        return self.ids.of("year", school, starts_in)

    def attendance(self, person: str, lesson: int) -> str:
        """The note about one student at one lesson; the service gives it no number."""
        return self.ids.of("attendance", person, lesson)

    def remark(self, person: str, lesson: int, source: str) -> str:
        """A comment about a student at one lesson: on the attendance or on the lesson."""
        return self.ids.of("remark", person, lesson, source)

    def result(self, person: str, subject: int, period: str) -> str:
        """A student's standing in one subject of one period."""
        return self.ids.of("result", person, subject, period)

    def rank(self, person: str, scope: str, subject: int | None) -> str:
        """A student's place in a class or period, overall or in one subject."""
        keys = (person, scope) if subject is None else (person, scope, subject)
        return self.ids.of("rank", *keys)
