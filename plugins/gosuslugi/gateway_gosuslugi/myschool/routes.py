"""Every path of the diary that is asked (notes 2.4, 4.2-4.4).

A path has no open parts, so it is its own template in logs and for an offline replay.
"""

from typing import Final

API: Final = "api"
BASE: Final = "/api/myschool/"
PORTAL_BASE: Final = "/api/lk/"

STUDENTS: Final = f"{BASE}v2/auth/student"
CURRENT_YEAR: Final = f"{BASE}v1/current_year"
WELCOME: Final = f"{BASE}v1/datamart/welcome"
CHOOSE: Final = f"{BASE}v1/auth/prn"
DATAMART: Final = f"{BASE}v1/datamart"
HOMEWORK: Final = f"{BASE}v1/homework"
ACHIEVEMENTS: Final = f"{BASE}dsp/v1/achievements"
FEED: Final = f"{PORTAL_BASE}v1/feeds/"
SIGN_IN_PAGE: Final = "/school/feed"
"""Opened by a person: leads through ЕСИА where nobody is signed in."""


def is_diary(path: str) -> bool:
    """Whether a path belongs to the diary, or to the portal's page of the person."""
    return path.startswith((BASE, PORTAL_BASE))
