"""The part of the adapter that files applications and follows them."""

from collections.abc import Mapping, Sequence

from gateway.core.contract.adapter import Adapter, AttachmentSource
from gateway.core.contract.declaration import Declaration, Instance
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import StudentRef
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import InteractionRequired
from gateway.core.ids import Ids, parse_id
from gateway_gosuslugi.epgu.applications import Applications
from gateway_gosuslugi.epgu.capabilities import narrowed
from gateway_gosuslugi.epgu.form import read_form
from gateway_gosuslugi.epgu.links import FileKey, source_of
from gateway_gosuslugi.epgu.mapping import APPLICATION, FILE
from gateway_gosuslugi.epgu.moments import PORTAL_ZONE
from gateway_gosuslugi.epgu.partner import partner_of
from gateway_gosuslugi.epgu.settings import PartnerSettings
from gateway_gosuslugi.epgu.signing import USER_TOKEN


class ApplicationReads(Adapter):
    """Applications for access to the diary, for contracted partners."""

    def __init__(
        self, declaration: Declaration, instance: Instance, settings: ProviderSettings
    ) -> None:
        super().__init__(narrowed(declaration, settings), instance, settings)

    async def list_applications(self, link: DiaryLink) -> Reading:
        """Applications of the last year, the newest first."""
        return Reading(await self._of(link).all())

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
        applications = self._of(link)
        number = await applications.file(partner, form)
        return Written(created=applications.ids.of(APPLICATION, number), text=str(number))

    def open_attachment(
        self, link: DiaryLink, student: StudentRef, *, attachment_id: str
    ) -> AttachmentSource:
        """Where the bytes of a file are; those of applications, else what comes after."""
        if parse_id(attachment_id).kind != FILE:
            return super().open_attachment(link, student, attachment_id=attachment_id)
        key = FileKey(*self._of(link).ids.keys(FILE, attachment_id, count=3))
        settings = self.settings
        if not isinstance(settings, PartnerSettings):
            settings = PartnerSettings()
        return source_of(key, settings.epgu_specification, settings.epgu_service_code)

    def _of(self, link: DiaryLink) -> Applications:
        return Applications(link, Ids(self.declaration.name, self.instance.key), link.memo)
