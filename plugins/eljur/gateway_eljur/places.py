"""Where ЭлЖур runs: its own host for every school, regional and foreign hosts (notes 1).

A connection is a host and a tenant («vendor»), never derived from each other. On most regional
hosts the tenants are not known from outside: the person names the school there too.
"""

from dataclasses import dataclass
from typing import Final

from gateway.core.contract.declaration import Certainty
from gateway.core.errors import Text

VENDOR: Final = r"[a-z0-9][a-z0-9_-]{0,62}"
"""A tenant's key: the sub-domain of a school's own site, or whatever a regional host calls it."""

CLOUD: Final = "cloud"
"""Key of the instance of all schools under `eljur.ru`."""

CLOUD_DOMAIN: Final = "eljur.ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One host with its tenants.

    Attributes:
        key: Instance key.
        title: What people call it.
        host: Host name of interface and site.
        region: Region or country code.
        zone: IANA zone: no moment that the service tells has one.
        vendor: The only tenant that a person has there, where it is known.
        esia: Whether families sign in through ЕСИА there.
        password: Whether they sign in with a password.
        certainty: How sure the host is.
    """

    key: str
    title: Text
    host: str
    region: str
    zone: str
    vendor: str | None = None
    esia: bool = True
    password: bool = True
    certainty: Certainty = Certainty.DOCUMENTED


REGIONAL: Final = (
    Place(
        key="kurgan",
        title=Text("ЭлЖур, Курганская область", "ElJur, Kurgan Oblast"),
        host="eschool.gov45.ru",
        region="45",
        zone="Asia/Yekaterinburg",
    ),
    Place(
        key="lipetsk",
        title=Text("ЭлЖур, Липецкая область", "ElJur, Lipetsk Oblast"),
        host="edu.schools48.ru",
        region="48",
        zone="Europe/Moscow",
        certainty=Certainty.SEEN,
    ),
    Place(
        key="nizhny",
        title=Text("ЭлЖур, Нижегородская область", "ElJur, Nizhny Novgorod Oblast"),
        host="edu.gounn.ru",
        region="52",
        zone="Europe/Moscow",
        vendor="edu",
        password=False,  # since March 2024
        certainty=Certainty.SEEN,
    ),
    Place(
        key="novosibirsk",
        title=Text("ЭлЖур, Новосибирская область", "ElJur, Novosibirsk Oblast"),
        host="school.nso.ru",
        region="54",
        zone="Asia/Novosibirsk",
        certainty=Certainty.SEEN,
    ),
    Place(
        key="yugra",
        title=Text("ЭлЖур, Югра", "ElJur, Yugra"),
        host="cop.admhmao.ru",
        region="86",
        zone="Asia/Yekaterinburg",
    ),
    Place(
        key="crimea",
        title=Text("ЭлЖур, Крым", "ElJur, Crimea"),
        host="edu.rk.gov.ru",
        region="91",
        zone="Europe/Simferopol",
    ),
    Place(
        key="pmr",
        title=Text("ЭлЖур, Приднестровье", "ElJur, Transnistria"),
        host="eljur.gospmr.org",
        region="pmr",
        zone="Europe/Chisinau",
        vendor="eljur",
        esia=False,
        certainty=Certainty.SEEN,
    ),
)
"""Hosts that families still use, by region code."""

LEFT: Final = {
    "dnevnik.astrobl.ru": "30",
    "one.astrobl.ru": "30",
    "keo.gov39.ru": "39",
    "klgd.eljur.ru": "39",
    "edu.kurskobr.ru": "46",
    "dnevnik.admin-smolensk.ru": "67",
    "school.yarcloud.ru": "76",
    "riso.sev.gov.ru": "92",
}
"""Hosts whose region has left: the region directory tells where it went."""

BY_HOST: Final = {place.host: place for place in REGIONAL}

BY_KEY: Final = {place.key: place for place in REGIONAL}

BY_REGION: Final = {place.region: place for place in REGIONAL}
