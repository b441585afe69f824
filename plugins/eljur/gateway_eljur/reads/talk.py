"""Letters, those who may be written to, and the board."""

import re
from dataclasses import dataclass
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidRequest, NotFound
from gateway.core.model.talk import MessageFolder
from gateway_eljur.mapping.board import is_unread, notice_records
from gateway_eljur.mapping.letters import letter_record, letter_records, recipient_records
from gateway_eljur.reads.base import EljurBase
from gateway_eljur.routes import API, MESSAGE, MESSAGES, NOTICE, NOTICES, RECIPIENTS
from gateway_eljur.wire.base import Envelope, Printed, key_text, several, whole
from gateway_eljur.wire.talk import (
    Letter,
    Letters,
    Notice,
    Notices,
    OneLetter,
    OneNotice,
    Receivers,
)

_LETTERS: Final = 50
_NOTICES: Final = 10
"""Announcements of one page: each may cost a request of its own."""

_CURSOR: Final = re.compile(r"([1-9][0-9]{0,5})\.([0-9]{1,7})")
_FOLDERS: Final = frozenset({MessageFolder.INBOX, MessageFolder.SENT})


class TalkReads(EljurBase):
    """What people write to each other."""

    async def list_messages(
        self,
        link: DiaryLink,
        student: StudentRef,
        *,
        folder: MessageFolder = MessageFolder.INBOX,
        cursor: str | None = None,
        search: str | None = None,
    ) -> Reading:
        """A page of the account's letters of one folder, newest first.

        Raises:
            InvalidRequest: There is no such folder, or the cursor is none of it.
        """
        if folder not in _FOLDERS:
            raise InvalidRequest("the diary shows received and sent letters only")
        context = self.context(link, student)
        page = Page.at(cursor)
        told = await link.read(
            Envelope[Letters],
            API,
            MESSAGES,
            params={
                "folder": str(folder),
                "unreadonly": "no",
                "limit": _LETTERS,
                "page": page.number,
                "filter": search or None,
            },
            template=MESSAGES,
        )
        if told.result is None:
            return Reading([])
        letters = several(told.result.messages)
        return Reading(
            letter_records(context, letters, folder),
            next_cursor=page.following(len(letters), _LETTERS, told.result.total),
        )

    async def get_message(
        self, link: DiaryLink, student: StudentRef, *, message_id: str
    ) -> Reading:
        """One letter whole; by this it is read.

        Raises:
            NotFound: There is no such letter.
        """
        context = self.context(link, student)
        told = await link.read(
            Envelope[OneLetter],
            API,
            MESSAGE,
            params={"id": self.ids.key("message", message_id)},
            template=MESSAGE,
        )
        letter = None if told.result is None else told.result.message
        if not isinstance(letter, Letter):
            raise NotFound("there is no such letter")
        return Reading(letter_record(context, letter, link.session.data.get("user", "")))

    async def list_recipients(self, link: DiaryLink, student: StudentRef) -> Reading:
        """Everybody whom the account may write to."""
        context = self.context(link, student)
        told = await link.read(Envelope[Receivers], API, RECIPIENTS, template=RECIPIENTS)
        groups = () if told.result is None else several(told.result.groups)
        return Reading(recipient_records(context, groups))

    async def list_announcements(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """A page of the board, newest first.

        A look at an announcement may count as reading it, so only those are looked at that the
        account has read. Of others the list tells the text where it is short.

        Raises:
            InvalidRequest: The cursor is none of the board.
        """
        context = self.context(link, student)
        page = Page.at(cursor)
        told = await link.read(
            Envelope[Notices],
            API,
            NOTICES,
            params={
                "student": student.native["student"],
                "folder": MessageFolder.INBOX.value,
                "unreadonly": "no",
                "limit": _NOTICES,
                "page": page.number,
            },
            template=NOTICES,
        )
        if told.result is None:
            return Reading([])
        notices = several(told.result.notices)
        opened = await self._opened(link, [item for item in notices if not is_unread(item)])
        return Reading(
            notice_records(context, notices, opened),
            next_cursor=page.following(len(notices), _NOTICES, told.result.total),
        )

    async def _opened(self, link: DiaryLink, notices: list[Notice]) -> dict[str, Notice]:
        """Announcements whole, by number, as far as they can be had."""
        numbers = [key_text(item.id) for item in notices]
        if not link.offers(NOTICE, Envelope[OneNotice]):
            return {}
        answers = await link.gather(
            *(
                link.enrich(
                    Envelope[OneNotice],
                    API,
                    NOTICE,
                    tells=("Announcement.text", "Announcement.attachments"),
                    params={"id": number},
                    template=NOTICE,
                )
                for number in numbers
            )
        )
        found: dict[str, Notice] = {}
        for number, answer in zip(numbers, answers, strict=True):
            notice = answer.result.notice if answer is not None and answer.result else None
            if isinstance(notice, Notice):
                found[number] = notice
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """Where a list goes on.

    Attributes:
        number: The page, from 1.
        seen: Records on the pages before it; a service may show fewer on a page than were asked.
    """

    number: int = 1
    seen: int = 0

    @classmethod
    def at(cls, cursor: str | None) -> "Page":
        """The page that a cursor names.

        Raises:
            InvalidRequest: It names none.
        """
        if cursor is None:
            return cls()
        found = _CURSOR.fullmatch(cursor)
        if found is None:
            raise InvalidRequest("the cursor is none of this list")
        return cls(int(found[1]), int(found[2]))

    def following(self, shown: int, limit: int, total: Printed | None) -> str | None:
        """The cursor after this page; None at the end.

        Args:
            shown: Records on this page.
            limit: Records that were asked for.
            total: Records of the whole list, where the service tells.
        """
        seen, count = self.seen + shown, whole(total)
        is_last = shown < limit if count is None else seen >= count
        return None if is_last or not shown else f"{self.number + 1}.{seen}"
