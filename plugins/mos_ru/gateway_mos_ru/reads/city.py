"""Services of the city that regional nodes lack: turnstile, meals, trusted persons."""

from datetime import date, timedelta
from typing import Final

import msgspec

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import NotFound
from gateway.core.model.answer import DateRange
from gateway_mos_ru.mapping.meals import account_record, meal_records, payment_records
from gateway_mos_ru.mapping.trusted import trusted_records
from gateway_mos_ru.mapping.visits import entry_records
from gateway_mos_ru.reads.base import MosBase, both, within
from gateway_mos_ru.routes import (
    API,
    MEAL_BALANCE,
    MEAL_COMPLEXES,
    MEAL_ORDERS,
    MEAL_PAYMENTS,
    TRUSTED_PERSONS,
    VISITS,
)
from gateway_mos_ru.wire.meals import Balance, DayMenu, Order, Orders, Payments
from gateway_mos_ru.wire.trusted import TrustedLink
from gateway_mos_ru.wire.visits import Visits

_PAGE: Final = 200
_PAYMENTS_BACK: Final = timedelta(days=29)
_MOST_PAGES: Final = 10


class CityReads(MosBase):
    """What the city's services tell of a student's day."""

    async def list_entries(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Passages through the turnstile; the service answers for seven days at most."""
        context = self.context(link, student)
        told = await link.read(
            Visits,
            API,
            VISITS,
            params={
                "personId": context.person,
                "from": start.isoformat(),
                "to": end.isoformat(),
            },
            template=VISITS,
        )
        first, last = start.isoformat(), end.isoformat()
        records = [
            record
            for record in entry_records(context, told.payload or ())
            if first <= str(record["at"])[:10] <= last
        ]
        return Reading(records, covered=DateRange(start, end))

    async def get_meal_account(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Account from which meals are paid, with its movements of the last thirty days.

        Raises:
            NotFound: The student has none.
        """
        context = self.context(link, student)
        today = link.today(context.clock.zone.key)
        told, payments = await both(
            link,
            link.read(
                list[Balance],
                API,
                MEAL_BALANCE,
                params={"clientIds": _json([_client(context.person)])},
                template=MEAL_BALANCE,
            ),
            link.enrich(
                Payments,
                API,
                MEAL_PAYMENTS,
                tells=("MealAccount.payments",),
                params={**_between(context.person, today - _PAYMENTS_BACK, today), "limit": _PAGE},
                template=MEAL_PAYMENTS,
            ),
        )
        record = account_record(context, told)
        if record is None:
            raise NotFound("the student has no account of meals")
        if payments is not None:
            if payments.has_next:
                link.note("$.hasNext", f"only the newest {_PAGE} movements are told")
            record["payments"] = payment_records(context, payments.transactions or ())
        return Reading(record)

    async def list_meals(
        self, link: DiaryLink, student: StudentRef, *, start: date, end: date
    ) -> Reading:
        """Set meals on offer with what was ordered, and what was bought beside them."""
        context = self.context(link, student)
        menus, orders = await both(
            link,
            link.read(
                list[DayMenu],
                API,
                MEAL_COMPLEXES,
                params={**_between(context.person, start, end), "withPreorder": "in"},
                template=MEAL_COMPLEXES,
            ),
            self._orders(link, context.person, start, end),
        )
        records = within(meal_records(context, menus, orders), start, end)
        return Reading(records, covered=DateRange(start, end))

    async def list_trusted_persons(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Whom the parent let in, as far as the unverified answer can be read."""
        context = self.context(link, student)
        told = await link.read(list[TrustedLink], API, TRUSTED_PERSONS, template=TRUSTED_PERSONS)
        return Reading(trusted_records(context, told))

    async def _orders(
        self, link: DiaryLink, person: str, start: date, end: date
    ) -> list[Order] | None:
        """All pages of orders; None where they cannot be had."""
        found: list[Order] = []
        for page in range(_MOST_PAGES):
            told = await link.enrich(
                Orders,
                API,
                MEAL_ORDERS,
                tells=("Meal.is_ordered",),
                params={
                    **_between(person, start, end),
                    "limit": _PAGE,
                    "offset": page * _PAGE,
                },
                template=MEAL_ORDERS,
            )
            if told is None:
                return None
            found += told.orders or ()
            if not told.has_next:
                break
        return found


def _client(person: str) -> dict[str, str]:
    return {"personId": person}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _between(person: str, start: date, end: date) -> dict[str, str | int]:
    return {
        "clientId": _json(_client(person)),
        "from": start.isoformat(),
        "to": end.isoformat(),
    }
