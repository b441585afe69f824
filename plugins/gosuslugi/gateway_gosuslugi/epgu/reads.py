"""The part of the adapter that files applications and follows them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import uuid4

from gateway.core.contract.adapter import Adapter, AttachmentSource
from gateway.core.contract.capability import Capability, unsupported
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading, Record, Written
from gateway.core.contract.session import StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import InteractionRequired, NotFound, OutcomeUnknown
from gateway.core.ids import Ids, parse_id
from gateway_gosuslugi.epgu.allowance import take
from gateway_gosuslugi.epgu.form import read_form
from gateway_gosuslugi.epgu.links import FileKey, source_of
from gateway_gosuslugi.epgu.mapping import APPLICATION, FILE, followed_record, listed_record
from gateway_gosuslugi.epgu.moments import PORTAL_ZONE
from gateway_gosuslugi.epgu.orders import Followed, Orders
from gateway_gosuslugi.epgu.partner import (
    NO_PARTNER,
    Filing,
    is_configured,
    partner_of,
)
from gateway_gosuslugi.epgu.routes import ORDER_DETAILS, UPDATED_AFTER
from gateway_gosuslugi.epgu.settings import PartnerSettings
from gateway_gosuslugi.epgu.signing import USER_TOKEN
from gateway_gosuslugi.epgu.states import ACCEPTED
from gateway_gosuslugi.epgu.wire import FoundOrder, OrderDetails, OrderPage

LOOK_BACK: Final = timedelta(days=365)
"""How far back applications are listed."""
_MOST_DETAILS: Final = 30
_KNOWN: Final = "epgu.known"
_MOST_KNOWN: Final = 50
_APPLICATIONS: Final = (Capability.APPLICATIONS, Capability.FILE_APPLICATION)


def narrowed(declaration: Declaration, settings: ProviderSettings) -> Declaration:
    """The declaration of an operator: without a partner's contract nothing can be filed."""
    if is_configured(settings):
        return declaration
    closed = dict.fromkeys(_APPLICATIONS, unsupported(NO_PARTNER.ru, NO_PARTNER.en))
    return replace(declaration, capabilities={**declaration.capabilities, **closed})


class ApplicationReads(Adapter):
    """Applications for access to the diary, for contracted partners."""

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        super().__init__(narrowed(declaration, settings), instance, settings)
        self._ids = Ids(declaration.name, instance.key)

    async def list_applications(self, link: DiaryLink) -> Reading:
        """Applications of the last year, the newest first."""
        orders = Orders(link)
        if not link.offers(UPDATED_AFTER, OrderPage) and link.offers(ORDER_DETAILS, OrderDetails):
            return Reading([followed_record(self._ids, await orders.follow(0))])
        found = {item.order_id: item for item in await orders.updated_after(link.now() - LOOK_BACK)}
        known = _known(link)
        lacking = [number for number in known if number not in found]
        found |= {item.order_id: item for item in await orders.statuses(lacking)}
        # A push that the portal has dropped is in no list, but can be asked for.
        newest = sorted({*found, *known}, reverse=True)
        followed = await link.gather(*(orders.look(number) for number in newest[:_MOST_DETAILS]))
        details = dict(zip(newest, followed, strict=False))
        records = (self._record(found.get(number), details.get(number)) for number in newest)
        return Reading([record for record in records if record is not None])

    async def file_application(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        fields: Mapping[str, str],
        attachments: Sequence[tuple[str, str, bytes]] = (),
    ) -> Written:
        """Files an application for access to the diary.

        Args:
            link: The way to the portal.
            student: Whose account it is filed from.
            fields: As in `gateway_gosuslugi.epgu.form.FIELDS`.
            attachments: File name, media type, content.

        Raises:
            ApplicationRefused: A mistake was found, or the portal refused; `context["field"]`
                names the field.
            NotSupported: No partner is configured.
            OutcomeUnknown: It was sent and no whole answer came.
        """
        partner = partner_of(self.settings, {**self.instance.hosts, **link.session.base_urls})
        today = link.now().astimezone(PORTAL_ZONE).date()
        form = read_form(fields, today=today, files=attachments, signed_in=link.session.role)
        if link.session.secret(USER_TOKEN) is None:
            raise InteractionRequired(method=link.session.method, reason="refused")
        take(link.memo, link.now())
        orders = Orders(link)
        number = None
        if partner.number_inside:
            number = await orders.reserve(partner, form.okato)
        filing = Filing(partner, form, uuid4(), number)
        number = await self._pushed(orders, filing)
        _remember(link, number)
        return Written(created=self._ids.of(APPLICATION, number), text=str(number))

    def open_attachment(
        self, link: DiaryLink, student: StudentRef, *, attachment_id: str
    ) -> AttachmentSource:
        """Where the bytes of a file are; those of applications, else what comes after."""
        if parse_id(attachment_id).kind != FILE:
            return super().open_attachment(link, student, attachment_id=attachment_id)
        key = FileKey(*self._ids.keys(FILE, attachment_id, count=3))
        settings = self.settings
        if not isinstance(settings, PartnerSettings):
            settings = PartnerSettings()
        return source_of(key, settings.epgu_specification, settings.epgu_service_code)

    async def _pushed(self, orders: Orders, filing: Filing) -> int:
        """The number of what was filed; where its answer was lost, a known number is asked for."""
        try:
            return await orders.push(filing)
        except OutcomeUnknown:
            if filing.number is None:
                raise
            try:
                found = await orders.follow(filing.number)
            except NotFound:
                found = None
            if found is None or (found.order is None and found.push.code not in ACCEPTED):
                raise
            return filing.number

    def _record(self, listed: FoundOrder | None, followed: Followed | None) -> Record | None:
        if followed is not None:
            return followed_record(self._ids, followed)
        return None if listed is None else listed_record(self._ids, listed)


def _known(link: DiaryLink) -> list[int]:
    return [int(item) for item in (link.memo.get(_KNOWN) or "").split(",") if item.isdigit()]


def _remember(link: DiaryLink, number: int) -> None:
    numbers = [*(item for item in _known(link) if item != number), number]
    link.memo.put(_KNOWN, ",".join(map(str, numbers[-_MOST_KNOWN:])))
