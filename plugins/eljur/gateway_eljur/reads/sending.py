"""Letters that are written, and what is marked as read."""

from collections.abc import Sequence
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Written
from gateway.core.contract.session import StudentRef
from gateway.core.errors import BadResponse, InvalidRequest, NotFound, NotSupported, Text
from gateway.core.ids import parse_id
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway.core.wire.response import WireResponse
from gateway_eljur.mapping.board import is_unread
from gateway_eljur.mapping.files import Place, place_of
from gateway_eljur.reads.people import PeopleReads
from gateway_eljur.routes import API, MESSAGE, NOTICE, REPLY, SEND
from gateway_eljur.wire.base import Envelope, key_text
from gateway_eljur.wire.files import Uploaded
from gateway_eljur.wire.talk import Confirmation, Letter, Notice, OneLetter, OneNotice

_FILE_FIELD: Final = "userfile"
_NO_STORAGE: Final = Text(
    "Приложить файл нельзя: эта школа хранит файлы на сервере, которого шлюз не знает. "
    "Отправьте письмо без файла или приложите его на сайте дневника.",
    "Files cannot be attached: this school keeps them at a server that the gateway does not know. "
    "Send the letter without them, or attach them at the diary's site.",
)


class Sending(PeopleReads):
    """Writes; none of them is ever repeated."""

    async def send_message(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        recipient_ids: Sequence[str],
        subject: str,
        text: str,
        attachments: Sequence[tuple[str, str, bytes]] = (),
    ) -> Written:
        """A letter to one or several people; the service tells no number of it.

        Raises:
            InvalidRequest: It is to nobody, or says nothing.
            NotSupported: It has files, and the storage is at no host of the school.
        """
        numbers = list(dict.fromkeys(self.ids.key("person", item) for item in recipient_ids))
        if not numbers:
            raise InvalidRequest("a letter needs somebody to read it")
        _check_text(text)
        fields = [("subject", subject), ("text", text), ("users_to", ",".join(numbers))]
        fields += await self._uploaded(link, attachments)
        await self._post(link, SEND, fields)
        return Written()

    async def reply(
        self, link: DiaryLink, student: StudentRef, *, message_id: str, text: str
    ) -> Written:
        """An answer to whoever wrote a letter.

        Raises:
            InvalidRequest: It says nothing.
        """
        number = self.ids.key("message", message_id)
        _check_text(text)
        await self._post(link, REPLY, [("replyto", number), ("text", text)])
        return Written(target=message_id)

    async def mark_read(self, link: DiaryLink, student: StudentRef, *, item_id: str) -> Written:
        """Opens a letter or an announcement: the service has no other mark.

        Raises:
            NotFound: There is no such thing.
            BadResponse: The service still calls it unread.
        """
        if parse_id(item_id).kind == "announcement":
            number = self.ids.key("announcement", item_id)
            notice = decode(await self._open(link, NOTICE, number), Envelope[OneNotice], link.note)
            found = None if notice.result is None else notice.result.notice
            if isinstance(found, Notice) and is_unread(found):
                raise BadResponse("the announcement is as unread as before")
            is_there = isinstance(found, Notice)
        else:
            number = self.ids.key("message", item_id)
            letter = decode(await self._open(link, MESSAGE, number), Envelope[OneLetter], link.note)
            is_there = letter.result is not None and isinstance(letter.result.message, Letter)
        if not is_there:
            raise NotFound("there is no such letter or announcement")
        return Written(target=item_id)

    async def _open(self, link: DiaryLink, path: str, number: str) -> WireResponse:
        return await link.request(
            API, "GET", path, kind=RequestKind.WRITE, params={"id": number}, template=path
        )

    async def _post(self, link: DiaryLink, path: str, fields: list[tuple[str, str]]) -> None:
        answer = await link.request(
            API,
            "POST",
            path,
            kind=RequestKind.WRITE,
            body=Body.of_form(fields),
            template=path,
        )
        decode(answer, Confirmation, link.note)

    async def _uploaded(
        self, link: DiaryLink, attachments: Sequence[tuple[str, str, bytes]]
    ) -> list[tuple[str, str]]:
        """Fields that hang files on a letter, after they were brought to the storage."""
        if not attachments:
            return []
        place = await self._storage(link)
        fields: list[tuple[str, str]] = []
        for name, media_type, content in attachments:
            answer = await link.request(
                place.role,
                "POST",
                place.path,
                kind=RequestKind.WRITE,
                params=place.params,
                body=Body.of_multipart((_FILE_FIELD, name, media_type, content)),
                template=place.path,
            )
            number = key_text(decode(answer, Uploaded, link.note).id)
            if not number:
                raise BadResponse("the storage tells no number of the file")
            fields += [("fid[]", number), ("filename[]", name)]
        return fields

    async def _storage(self, link: DiaryLink) -> Place:
        """Where files are brought: an address of an answer counts only at a host of the school.

        Raises:
            NotSupported: It is at another host, or there is none.
        """
        rules = await self.rules(link)
        place = place_of(rules.upload_file_url or "", self.bases(link))
        if place is None:
            raise NotSupported("the storage is at no declared host", text=_NO_STORAGE)
        return place


def _check_text(text: str) -> None:
    if not text.strip():
        raise InvalidRequest("a letter needs a text")
