"""Answers of API ЕПГУ (notes 4.6); one client and the operator's specification tell of them."""

from typing import Annotated

from msgspec import Struct

from gateway.core.contract.evidence import Documented, Seen


class Fault(Struct, frozen=True, gc=False):
    """A refusal."""

    code: Annotated[str | None, Seen(1)] = None
    message: Annotated[str | None, Seen(1)] = None


class OrderMade(Struct, frozen=True, gc=False, rename="camel"):
    """The number of an application that was reserved, pushed or given a part."""

    order_id: Annotated[int, Seen(1)]


class OrderStatus(Struct, frozen=True, gc=False, rename="camel"):
    """One state of an application on the portal."""

    status_id: Annotated[int | None, Seen(1)] = None
    title: Annotated[str | None, Seen(1)] = None
    date: Annotated[str | None, Seen(1)] = None
    comment: Annotated[str | None, Seen(1)] = None
    sender: Annotated[str | None, Seen(1)] = None
    final_status: Annotated[bool | None, Seen(1)] = None
    cancel_allowed: Annotated[bool | None, Seen(1)] = None


class OrderFile(Struct, frozen=True, gc=False, rename="camel"):
    """A file sent with an application, or answered to it."""

    file_name: Annotated[str | None, Seen(1)] = None
    file_size: Annotated[int | None, Seen(1)] = None
    mime_type: Annotated[str | None, Seen(1)] = None
    link: Annotated[str | None, Seen(1)] = None


class Order(Struct, frozen=True, gc=False, rename="camel"):
    """An application as the portal keeps it; it comes as text inside `OrderDetails.order`."""

    id: Annotated[int, Seen(1)]
    order_status_id: Annotated[int | None, Seen(1)] = None
    order_status_name: Annotated[str | None, Seen(1)] = None
    current_status_history_id: Annotated[int | None, Seen(1)] = None
    current_status_history: Annotated[OrderStatus | None, Seen(1)] = None
    statuses: Annotated[list[OrderStatus] | None, Seen(1)] = None
    state_org_status_name: Annotated[str | None, Seen(1)] = None
    eservice_id: Annotated[str | None, Seen(1)] = None
    service_name: Annotated[str | None, Seen(1)] = None
    order_date: Annotated[str | None, Seen(1)] = None
    updated: Annotated[str | None, Seen(1)] = None
    closed: Annotated[bool | None, Seen(1)] = None
    order_response_files: Annotated[list[OrderFile] | None, Seen(1)] = None
    order_attachment_files: Annotated[list[OrderFile] | None, Seen(1)] = None


class OrderDetails(Struct, frozen=True, gc=False, rename="camel"):
    """How far the portal has come with a push, and the application once there is one."""

    code: Annotated[str | None, Seen(1)]
    message: Annotated[str | None, Seen(1)] = None
    message_id: Annotated[str | None, Seen(1)] = None
    order: Annotated[str | None, Seen(1)] = None


class FoundStatus(Struct, frozen=True, gc=False, rename="camel"):
    """The state of one application in a list."""

    status_id: Annotated[int | None, Documented()] = None
    status_name: Annotated[str | None, Documented()] = None
    updated: Annotated[str | None, Documented()] = None


class FoundOrder(Struct, frozen=True, gc=False, rename="camel"):
    """One application of a list; NOT_FOUND ones have no status."""

    order_id: Annotated[int, Documented()]
    order_search_status: Annotated[str | None, Documented()] = None
    status: Annotated[FoundStatus | None, Documented()] = None


class OrderPage(Struct, frozen=True, gc=False, rename="camel"):
    """A page of a list of applications."""

    content: Annotated[list[FoundOrder], Documented()]
    count: Annotated[int | None, Documented()] = None
    total_count: Annotated[int | None, Documented()] = None


class DictionaryError(Struct, frozen=True, gc=False):
    """What became of a look-up; code 0 is success."""

    code: Annotated[int, Seen(1)]
    message: Annotated[str | None, Seen(1)] = None


class DictionaryItem(Struct, frozen=True, gc=False, rename="camel"):
    """One entry of a dictionary."""

    value: Annotated[str, Seen(1)]
    title: Annotated[str | None, Seen(1)] = None
    parent_value: Annotated[str | None, Seen(1)] = None
    is_leaf: Annotated[bool | None, Seen(1)] = None
    attribute_values: Annotated[dict[str, object] | None, Seen(1)] = None


class DictionaryPage(Struct, frozen=True, gc=False, rename="camel"):
    """A page of a dictionary, or the whole of it."""

    error: Annotated[DictionaryError, Seen(1)]
    total: Annotated[int | None, Seen(1)] = None
    items: Annotated[list[DictionaryItem] | None, Seen(1)] = None
