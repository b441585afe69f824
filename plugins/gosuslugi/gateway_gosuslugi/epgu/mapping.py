"""An application of the portal as one of ours."""

from collections.abc import Mapping
from typing import Final

from gateway.core.contract.reading import Record
from gateway.core.ids import Ids
from gateway.core.model.life import ApplicationState
from gateway.core.text.filenames import safe_filename
from gateway_gosuslugi.epgu.links import file_key
from gateway_gosuslugi.epgu.moments import moment_of
from gateway_gosuslugi.epgu.orders import Followed
from gateway_gosuslugi.epgu.states import push_state, rejection_of, state_of
from gateway_gosuslugi.epgu.wire import FoundOrder, Order, OrderFile, OrderStatus

APPLICATION: Final = "application"
FILE: Final = "application_file"


def followed_record(ids: Ids, found: Followed) -> Record:
    """One application whose details were read."""
    if found.order is None:
        return _pushed(ids, found)
    order, number = found.order, found.order.id
    last = order.current_status_history
    status_id = order.order_status_id
    if status_id is None and last is not None:
        status_id = last.status_id
    state = state_of(status_id)
    name = order.order_status_name or (last.title if last is not None else None)
    steps = [_step(item) for item in order.statuses or ()]
    return {
        "id": ids.of(APPLICATION, number),
        "number": str(number),
        "title": order.service_name,
        "state": state,
        "state_text": name,
        "filed_at": moment_of(order.order_date),
        "changed_at": moment_of(order.updated),
        "can_be_cancelled": None if last is None else last.cancel_allowed,
        "reasons": _reasons(order, last) if state is ApplicationState.REFUSED else (),
        "history": sorted(steps, key=lambda item: str(item["at"] or "")),
        "attachments": [_file(ids, item) for item in order.order_response_files or ()],
    }


def listed_record(ids: Ids, found: FoundOrder) -> Record:
    """One application of which a list told the state only."""
    status = found.status
    return {
        "id": ids.of(APPLICATION, found.order_id),
        "number": str(found.order_id),
        "state": state_of(status.status_id if status is not None else None),
        "state_text": status.status_name if status is not None else None,
        "changed_at": moment_of(status.updated if status is not None else None),
    }


def _pushed(ids: Ids, found: Followed) -> Record:
    """A push that the portal has not made an application of, or never will."""
    rejected = rejection_of(found.push.code)
    reasons = []
    if rejected is not None:
        reasons = [text for text in (found.push.message, rejected.text.ru) if text]
    return {
        "id": ids.of(APPLICATION, found.number),
        "number": str(found.number),
        "state": push_state(found.push.code),
        "state_text": found.push.code,
        "reasons": reasons[:1],
    }


def _reasons(order: Order, last: OrderStatus | None) -> list[str]:
    told = [
        last.comment if last is not None else None,
        order.state_org_status_name,
        last.title if last is not None else None,
    ]
    return [text for text in told if text][:1]


def _step(item: OrderStatus) -> Mapping[str, object]:
    return {
        "state": state_of(item.status_id),
        "state_text": item.title,
        "at": moment_of(item.date),
        "comment": item.comment,
    }


def _file(ids: Ids, item: OrderFile) -> Record:
    key = file_key(item.link)
    return {
        "id": None if key is None else ids.of(FILE, key.object, key.kind, key.mnemonic),
        "name": safe_filename(item.file_name or (key.mnemonic if key is not None else "file")),
        "media_type": item.mime_type,
        "size": item.file_size,
    }
