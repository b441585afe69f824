"""The feed of updates."""

import re
from typing import Final

from gateway.core.contract.link import DiaryLink
from gateway.core.contract.reading import Reading
from gateway.core.contract.session import StudentRef
from gateway.core.errors import InvalidRequest
from gateway_eljur.mapping.updates import update_records
from gateway_eljur.reads.base import EljurBase, own_part
from gateway_eljur.routes import API, UPDATES
from gateway_eljur.wire.base import Envelope, several
from gateway_eljur.wire.updates import Update, Updates, UpdatesPage

_LINES: Final = 25
_PAGE: Final = re.compile(r"[1-9][0-9]{0,5}")


class UpdateReads(EljurBase):
    """New marks and comments, as far as their lines can be told."""

    async def list_notifications(
        self, link: DiaryLink, student: StudentRef, *, cursor: str | None = None
    ) -> Reading:
        """A page of the feed, the new lines first; a cursor is the number of a page.

        Raises:
            InvalidRequest: The cursor is none of the feed.
        """
        page = cursor or "1"
        if _PAGE.fullmatch(page) is None:
            raise InvalidRequest("the cursor is no page of the feed")
        told = await link.read(
            Envelope[UpdatesPage],
            API,
            UPDATES,
            params={"student": student.native["student"], "limit": _LINES, "page": page},
            template=UPDATES,
        )
        lines: list[Update] = []
        if told.result is not None:
            updates = own_part(told.result.students, student).updates
            if isinstance(updates, Updates):
                lines = [*several(updates.latest), *several(updates.old)]
        records = update_records(self.context(link, student), lines)
        return Reading(records, next_cursor=str(int(page) + 1) if len(lines) >= _LINES else None)
