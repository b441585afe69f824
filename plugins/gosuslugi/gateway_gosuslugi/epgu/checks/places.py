"""Region and school: whether the service serves them, and by which code."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from gateway.core.errors import ApplicationRefused, SchoolElsewhere, WrongService
from gateway_gosuslugi.epgu.checks.problems import problem

OKATO: Final[Mapping[str, str]] = {
    "04": "84000000000",
    "07": "83000000000",
    "18": "94000000000",
    "21": "97000000000",
    "23": "03000000000",
    "30": "12000000000",
    "32": "15000000000",
    "36": "20000000000",
    "39": "27000000000",
    "44": "34000000000",
    "46": "38000000000",
    "61": "60000000000",
    "66": "65000000000",
    "67": "66000000000",
    "74": "75000000000",
    "76": "78000000000",
    "79": "99000000000",
    "83": "11100000000",
    "93": "21000000000",
    "94": "43000000000",
}
"""Code in the classifier of places, by region, of all regions whose only diary it is."""

_DIGITS: Final = re.compile(r"[0-9]{11}")
_OWN_DIGITS: Final = {"83": 3}
"""Leading digits of a region's code; two but for one that lies within another."""


def place_problems(region: str, school_region: str) -> Iterator[ApplicationRefused]:
    """What is wrong with the place; the school's region may be unknown."""
    if region not in OKATO:
        yield problem(WrongService, "region")
    if school_region and school_region != region:
        yield problem(SchoolElsewhere, "school_region")


def okato_of(region: str, given: str) -> str:
    """The code of a place: the more exact one if it was given and lies in the region."""
    whole = OKATO[region]
    within = _DIGITS.fullmatch(given) and given.startswith(whole[: _OWN_DIGITS.get(region, 2)])
    return given if within else whole
