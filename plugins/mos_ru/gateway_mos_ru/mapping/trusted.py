"""Trusted persons (protocol notes 4.11)."""

from collections.abc import Iterable

from gateway.core.model.people import TrustedPersonState
from gateway.core.text.printed import plain, printed
from gateway_mos_ru.mapping.context import MapContext, Record
from gateway_mos_ru.mapping.people import full_name
from gateway_mos_ru.wire.people import PersonName
from gateway_mos_ru.wire.trusted import TrustedLink


def trusted_records(context: MapContext, links: Iterable[TrustedLink]) -> list[Record]:
    """Trusted persons; what the service's words for their states mean is not known."""
    records: list[Record] = []
    for item in links:
        own = PersonName(
            last_name=item.last_name, first_name=item.first_name, middle_name=item.middle_name
        )
        record: Record = {
            "id": context.keys.ids.of("trusted", str(item.id)),
            "name": full_name(item.agent or own) or "—",
            "state": TrustedPersonState.UNKNOWN,
            "state_text": printed(item.status) or "—",
            "students": [context.keys.student_of(context.person)],
        }
        phone = plain(item.phone)
        if phone:
            record["phone"] = phone
        records.append(record)
    return records
