"""A contracted partner's own way to the portal, without diaries and stored accounts.

Usable alone, with a token that the partner's sign-in system got (see `esia.client`)::

    async with PartnerClient(settings) as portal:
        desk = portal.person(token)
        wrong = desk.mistakes(fields)
        number = await desk.file(fields)
        applications = await desk.applications()
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Self

from pydantic import SecretStr

from gateway.core.client.outlet import Outlet
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.link import Link
from gateway.core.contract.observer import CallObserver
from gateway.core.contract.operation import OPERATIONS
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import Credential, Session
from gateway.core.errors import (
    AnswerTooLarge,
    ApplicationRefused,
    CapabilityUnverified,
    GatewayError,
    InvalidId,
    Text,
)
from gateway.core.ids import Ids
from gateway.core.model.life import Application, ApplicationState
from gateway.core.model.people import Role
from gateway.core.pipeline.clock import Clock
from gateway.core.pipeline.memo import BoundedMemo
from gateway.core.pipeline.validation import validate
from gateway.core.transport.client import Transport
from gateway.core.wire.outcome import Outcome
from gateway.core.wire.request import WireRequest
from gateway.core.wire.response import WireResponse
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.epgu.applications import Applications
from gateway_gosuslugi.epgu.form import mistakes, read_form
from gateway_gosuslugi.epgu.links import FileKey, source_of
from gateway_gosuslugi.epgu.mapping import APPLICATION, FILE, followed_record
from gateway_gosuslugi.epgu.moments import PORTAL_ZONE
from gateway_gosuslugi.epgu.orders import Orders
from gateway_gosuslugi.epgu.partner import Partner, partner_of
from gateway_gosuslugi.epgu.settings import PartnerSettings
from gateway_gosuslugi.epgu.signing import USER_TOKEN, signed
from gateway_gosuslugi.epgu.verdict import classified
from gateway_gosuslugi.epgu.wire import DictionaryItem

UNVERIFIED = Text(
    "Форма заявления не публична, и её вид никто не проверил: подача выключена.",
    "The form of the application is not public and nobody has verified it: filing is off.",
)


class PortalAdapter(Adapter):
    """The protocol of API ЕПГУ, without logins and diaries."""

    wire_models = ("gateway_gosuslugi.epgu.wire",)

    def sign(self, request: WireRequest, session: Session | None) -> WireRequest:
        """The request with the person's token."""
        return signed(request, session)

    def classify(self, request: WireRequest, response: WireResponse) -> Outcome | None:
        """What the answer means."""
        return classified(request, response)


class PartnerClient:
    """A partner's way to the portal; use it as an asynchronous context manager."""

    def __init__(
        self,
        settings: PartnerSettings,
        *,
        transport: Transport | None = None,
        clock: Clock | None = None,
        observers: tuple[CallObserver, ...] = (),
    ) -> None:
        """Prepares; nothing is sent.

        Args:
            settings: The contract: service code, target code, template.
            transport: Carries requests; one of its own if absent.
            clock: Source of time.
            observers: Told of attempts.

        Raises:
            NotSupported: The settings hold no contract.
            ConfigurationError: A template cannot be used, or is the sandbox's and the portal is
                real.
        """
        adapter = PortalAdapter(GOSUSLUGI, GOSUSLUGI.instance(), settings)
        self._outlet = Outlet(adapter, transport=transport, clock=clock, observers=observers)
        served = {**adapter.instance.hosts, **self._outlet.origins.mapped}
        self._partner = partner_of(settings, served)
        self._settings = settings

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._outlet.aclose()

    def person(self, token: SecretStr, *, role: Role = Role.UNKNOWN) -> "PersonDesk":
        """Applications of one person; keep it while the person files, for it counts.

        Args:
            token: The person's token with scope `http://lk.gosuslugi.ru/api-order` and the consent
                `APIPGU`.
            role: Whether the person is a guardian or a pupil, where that is known.
        """
        return PersonDesk(self._outlet, self._partner, self._settings, token, role)

    async def dictionary(
        self, code: str, *, parent: str | None = None, page: int | None = None
    ) -> tuple[DictionaryItem, ...]:
        """Entries of a dictionary; open to everybody, so no person is needed.

        Raises:
            NotFound: There is no such dictionary.
        """
        return await Orders(self._outlet.link()).dictionary(code, parent=parent, page=page)


class PersonDesk:
    """What one person has filed and files; made by `PartnerClient.person()`."""

    def __init__(
        self,
        outlet: Outlet,
        partner: Partner,
        settings: PartnerSettings,
        token: SecretStr,
        role: Role,
    ) -> None:
        declaration, instance = outlet.adapter.declaration, outlet.adapter.instance
        self._outlet = outlet
        self._partner = partner
        self._settings = settings
        self._role = role
        self._ids = Ids(declaration.name, instance.key)
        self._memo = BoundedMemo()
        self._session = Session(
            account=self._ids.of("account", "partner"),
            provider=declaration.name,
            instance=instance.key,
            method="token",
            role=role,
            created_at=outlet.clock.now(),
            credentials={USER_TOKEN: Credential(token)},
        )

    def mistakes(
        self, fields: Mapping[str, str], attachments: Sequence[tuple[str, str, bytes]] = ()
    ) -> tuple[ApplicationRefused, ...]:
        """Everything that is wrong with an application; nothing is sent."""
        return mistakes(fields, today=self._today(), files=attachments, signed_in=self._role)

    async def file(
        self, fields: Mapping[str, str], attachments: Sequence[tuple[str, str, bytes]] = ()
    ) -> Application:
        """Files an application and tells how it stands.

        Args:
            fields: As in `gateway_gosuslugi.epgu.form.FIELDS`.
            attachments: File name, media type, content.

        Raises:
            CapabilityUnverified: `allow_unverified` is not set.
            ApplicationRefused: A mistake was found, or the portal refused.
            OutcomeUnknown: It was sent and no whole answer came.
        """
        if not self._settings.allow_unverified:
            raise CapabilityUnverified("the form is assumed", text=UNVERIFIED)
        form = read_form(fields, today=self._today(), files=attachments, signed_in=self._role)
        number = await self._applications().file(self._partner, form)
        filed = self._ids.of(APPLICATION, number)
        try:
            return await self.application(filed)
        except GatewayError:  # it is filed all the same: its number must not be lost
            return Application(id=filed, number=str(number), state=ApplicationState.FILED)

    async def applications(self) -> tuple[Application, ...]:
        """Applications of the last year, the newest first."""
        return _models(await self._applications().all())

    async def application(self, application_id: str) -> Application:
        """One application with the history of its states.

        Raises:
            NotFound: There is none, or it is somebody else's.
        """
        found = await Orders(self._link()).follow(self._number(application_id))
        return _models([followed_record(self._ids, found)])[0]

    async def changed_since(self, moment: datetime) -> tuple[str, ...]:
        """Identifiers of the applications whose state has changed since a moment."""
        found = await Orders(self._link()).updated_after(moment)
        return tuple(self._ids.of(APPLICATION, item.order_id) for item in found)

    async def cancel(self, application_id: str, reason: str) -> None:
        """Withdraws an application.

        Raises:
            CancellationRefused: Its state does not allow it.
            OutcomeUnknown: It was sent and no whole answer came.
        """
        await Orders(self._link()).cancel(self._number(application_id), reason)

    async def download(self, file_id: str) -> bytes:
        """The bytes of an attachment of an application.

        Raises:
            NotFound: The portal has no such file.
            AnswerTooLarge: It is over the declared limit.
        """
        key = FileKey(*self._ids.keys(FILE, file_id, count=3))
        partner = self._partner
        source = source_of(key, partner.edition, partner.service_code)
        most = self._outlet.adapter.declaration.limits.attachment_bytes
        content = bytearray()
        async with self._link().stream(source.role, source.path, params=source.params) as body:
            async for piece in body:
                content += piece
                if len(content) > most:
                    raise AnswerTooLarge("the file is too large")
        return bytes(content)

    def _applications(self) -> Applications:
        return Applications(self._link(), self._ids, self._memo)

    def _link(self) -> Link:
        return self._outlet.link(self._session)

    def _number(self, application_id: str) -> int:
        text = self._ids.key(APPLICATION, application_id)
        if not (text.isascii() and text.isdigit()):
            raise InvalidId("an application has a number")
        return int(text)

    def _today(self) -> date:
        return self._outlet.clock.now().astimezone(PORTAL_ZONE).date()


def _models(records: Sequence[Mapping[str, object]]) -> tuple[Application, ...]:
    found, _ = validate(OPERATIONS["list_applications"], Reading(records), strict=True)
    return tuple(found)
