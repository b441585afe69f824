"""Files of homework, letters and announcements."""

from urllib.parse import unquote

from gateway.core.contract.adapter import AttachmentSource
from gateway.core.contract.link import DiaryLink
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidId
from gateway_eljur.mapping.files import place_of_keys
from gateway_eljur.reads.base import EljurBase


class FileReads(EljurBase):
    """Files."""

    def open_attachment(
        self, link: DiaryLink, student: StudentRef, *, attachment_id: str
    ) -> AttachmentSource:
        """A file at one of the school's own hosts.

        Raises:
            InvalidId: It names no file.
        """
        place = place_of_keys(self.ids.keys("file", attachment_id))
        if place is None or place.role not in self.instance.hosts:
            raise InvalidId("the identifier names no file of this diary")
        name = unquote(place.path.rpartition("/")[2])
        return AttachmentSource(place.role, place.path, place.params, name=name or "file")
