"""What the service sends, as msgspec structs; every field tells how sure it is.

Left out are fields that nothing reads. Nearly every key may be missing (protocol notes 3), so all
but identifiers are optional. Numbers above 2^53 come as numbers, as text or as both; decoding
is lax and takes either. Words of the service's vocabularies stay plain text.
"""

from typing import Final

MODULES: Final = tuple(
    f"{__name__}.{name}"
    for name in (
        "attendance",
        "averages",
        "bells",
        "errors",
        "feed",
        "files",
        "finals",
        "marks",
        "mobile",
        "mobile_diary",
        "mobile_feed",
        "mobile_marks",
        "people",
        "periods",
        "posts",
        "schedule",
        "schools",
        "works",
        "writes",
    )
)
"""Modules that define wire types."""
