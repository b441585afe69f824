"""Final results of periods, years and attestations (protocol notes 4.5)."""

from collections.abc import Iterable
from typing import Final

from gateway.core.model.base import Reference
from gateway.core.model.grades import FinalGradeKind
from gateway.core.model.marks import MarkStatus
from gateway.core.text.printed import printed
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.marks import sign_fields
from gateway_mos_ru.mapping.periods import Period, period_of, period_pointer
from gateway_mos_ru.mapping.references import subject_of
from gateway_mos_ru.wire.base import Printed
from gateway_mos_ru.wire.finals import FinalSubject, ReportSubject
from gateway_mos_ru.wire.subject_marks import SubjectMarks

_YEAR: Final = "year"
_ATTESTATION: Final = "attestation"
_CAMP: Final = "training_camp_mark"


class Finals:
    """Results of one school year, gathered from several answers; the first to tell one wins."""

    def __init__(self, context: MapContext, school_year: int) -> None:
        self._context = context
        self._year = school_year
        self._found: dict[str, Record] = {}
        self.has_periods = False

    @property
    def records(self) -> list[Record]:
        """The results by subject, periods first."""
        return list(self._found.values())

    def add_finals(self, subjects: Iterable[FinalSubject]) -> None:
        """Results as the list of final marks tells them."""
        for index, item in enumerate(subjects):
            subject = self._subject(item.id, item.name, f"$.subjects[{index}]")
            if subject is None:
                continue
            for told in item.periods or ():
                period = period_of(self._context, told.name, told.start_date, told.end_date)
                self._add_period(subject, period, told.name, told.final_mark)
            self._add(subject, FinalGradeKind.YEAR, _YEAR, item.year_mark)
            attestation = item.intermediate_attestation_mark
            self._add(subject, FinalGradeKind.ATTESTATION, _ATTESTATION, attestation)
            self._add(
                subject, FinalGradeKind.UNKNOWN, "camp", item.training_camp_mark, kind_text=_CAMP
            )

    def add_report(self, subjects: Iterable[ReportSubject]) -> None:
        """Results as the report on progress tells them."""
        for index, item in enumerate(subjects):
            subject = self._subject(item.subject_id, item.subject_name, f"$[{index}]")
            for told in (item.periods or ()) if subject is not None else ():
                if told.is_year_mark:
                    self._add(subject, FinalGradeKind.YEAR, _YEAR, told.final_mark)
                else:
                    period = period_of(self._context, told.name, told.start_iso, told.end_iso)
                    self._add_period(subject, period, told.name, told.final_mark)

    def add_averages(self, subjects: Iterable[SubjectMarks]) -> None:
        """Results that stand beside the averages of the running year."""
        for index, item in enumerate(subjects):
            subject = self._subject(item.subject_id, item.subject_name, f"$.payload[{index}]")
            for told in (item.periods or ()) if subject is not None else ():
                period = period_of(self._context, told.title, told.start_iso, told.end_iso)
                self._add_period(subject, period, told.title, told.fixed_value)
            self._add(subject, FinalGradeKind.YEAR, _YEAR, item.year_mark)

    def _subject(self, number: int | None, name: str | None, path: str) -> Reference | None:
        subject = subject_of(self._context.keys.subject, number, name)
        if subject is None:
            self._context.note(path, "no subject")
        return subject

    def _add_period(
        self,
        subject: Reference | None,
        period: Period | None,
        name: str | None,
        sign: Printed | None,
    ) -> None:
        if period is not None:
            scope, pointer = f"{period.start}..{period.end}", period_pointer(self._context, period)
        elif printed(name):
            scope, pointer = printed(name) or "", Reference(id=None, name=printed(name) or "")
        else:
            return
        self._add(subject, FinalGradeKind.PERIOD, scope, sign, period=pointer)

    def _add(
        self,
        subject: Reference | None,
        kind: FinalGradeKind,
        scope: str,
        sign: Printed | None,
        *,
        period: Reference | None = None,
        kind_text: str | None = None,
    ) -> None:
        """One result; a sign that is missing is a result that was not set."""
        text = printed(sign)
        if text is None or subject is None:
            return
        self.has_periods = self.has_periods or kind is FinalGradeKind.PERIOD
        key = (subject.id or subject.name).rpartition(":")[2]
        ids = self._context.keys.ids
        record: Record = {
            **sign_fields(text, None),
            "id": ids.of("final", self._context.person, self._year, key, scope),
            "subject": subject,
            "kind": kind,
            "school_year": self._year,
        }
        if record.get("status") is MarkStatus.UNKNOWN:
            record["status_text"] = text
        if period is not None:
            record["period"] = period
        if kind_text is not None:
            record["kind_text"] = kind_text
        self._found.setdefault(str(record["id"]), record)
