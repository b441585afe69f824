"""Habits that hosts of the service have now and then (notes 5, 6); all are off by default."""

from dataclasses import dataclass
from enum import StrEnum


class Empty(StrEnum):
    """How a day without lessons tells so."""

    OBJECT = "object"
    LIST = "list"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """What one running emulator does otherwise than most hosts.

    Attributes:
        students_as_list: `students` of every answer, `relations` too, is an array.
        items: Form of a day's `items` where there are none.
        int_ids: Numbers of people are numbers, not texts.
        state_as_text: `state` of the envelope is a text.
        empty_maps_as_lists: Every empty map is `[]`, as PHP writes it.
        page_for_data: A page in place of every answer of the interface.
        delay: Seconds before every answer.
    """

    students_as_list: bool = False
    items: Empty = Empty.OBJECT
    int_ids: bool = False
    state_as_text: bool = False
    empty_maps_as_lists: bool = False
    page_for_data: bool = False
    delay: float = 0.0


USUAL = Quirks()
"""No quirk."""
