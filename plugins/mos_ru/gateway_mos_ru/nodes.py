"""Every installation of the platform: where it runs and what it has (protocol notes 1, 2.9)."""

from dataclasses import dataclass
from typing import Final

from gateway.core.contract.declaration import Certainty
from gateway.core.errors import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One installation of the platform.

    Attributes:
        provider: Provider name.
        title: What people call it.
        platform: Key of the platform in the region directory.
        region: Two-digit code of the region; also the claim `rgn` of its tokens.
        api: Base of families' interfaces.
        diary: Base of activation and of the old interfaces; `api` where it is the same host.
        login: Base of the region's own sign-in system, if it has one.
        zone: IANA zone.
        certainty: How sure the hosts are.
        twins: Further host names that were seen to answer for the same installation.
    """

    provider: str
    title: Text
    platform: str
    region: str
    api: str
    zone: str
    diary: str | None = None
    login: str | None = None
    certainty: Certainty = Certainty.SEEN
    twins: tuple[str, ...] = ()

    @property
    def is_moscow(self) -> bool:
        """Whether this is the installation of Moscow: own sign-in, meals, turnstiles."""
        return self.login is not None

    @property
    def hosts(self) -> dict[str, str]:
        """Base URL by host role."""
        hosts = {"api": self.api, "diary": self.diary or self.api}
        return hosts if self.login is None else {**hosts, "login": self.login}


def _node(
    place: str,
    ru: str,
    en: str,
    region: str,
    host: str,
    *,
    zone: str = "Europe/Moscow",
    certainty: Certainty = Certainty.DOCUMENTED,
    twins: tuple[str, ...] = (),
) -> Node:
    return Node(
        provider=f"myschool_{place}",
        title=Text(f"Моя школа, {ru}", f"My School, {en}"),
        platform="mesh_node",
        region=region,
        api=f"https://{host}",
        zone=zone,
        certainty=certainty,
        twins=twins,
    )


MOSCOW: Final = Node(
    provider="mos_ru",
    title=Text("МЭШ", "MESH"),
    platform="mesh_moscow",
    region="77",
    api="https://school.mos.ru",
    diary="https://dnevnik.mos.ru",
    login="https://login.mos.ru",
    zone="Europe/Moscow",
)

MOSCOW_OBLAST: Final = Node(
    provider="mosreg_ru",
    title=Text("Моя школа, Московская область", "My School, Moscow Oblast"),
    platform="mesh_node",
    region="50",
    api="https://authedu.mosreg.ru",
    diary="https://myschool.mosreg.ru",
    zone="Europe/Moscow",
    twins=("api.myschool.mosreg.ru",),
)

NODES: Final = (
    MOSCOW,
    MOSCOW_OBLAST,
    _node(
        "bashkortostan",
        "Башкортостан",
        "Bashkortostan",
        "02",
        "dnevnik.edurb.ru",
        zone="Asia/Yekaterinburg",
    ),
    _node(
        "dagestan",
        "Дагестан",
        "Dagestan",
        "05",
        "myschool.05edu.ru",
        twins=("education.05edu.ru",),
    ),
    _node("karelia", "Карелия", "Karelia", "10", "karelia.minedu.ru"),
    _node(
        "tatarstan",
        "Татарстан",
        "Tatarstan",
        "16",
        "ms-edu.tatar.ru",
        twins=("school-edu.tatar.ru",),
    ),
    _node("vologda", "Вологодская область", "Vologda Oblast", "35", "dnevnik.edu35.ru"),
    _node(
        "kaluga",
        "Калужская область",
        "Kaluga Oblast",
        "40",
        "education.admoblkaluga.ru",
        certainty=Certainty.SEEN,
        twins=("dnevnik.admoblkaluga.ru", "api.admoblkaluga.ru"),
    ),
    _node(
        "murmansk",
        "Мурманская область",
        "Murmansk Oblast",
        "51",
        "edu.mso51.ru",
        certainty=Certainty.ASSUMED,
    ),
    _node("tver", "Тверская область", "Tver Oblast", "69", "dnevnik.tvobr.ru"),
    _node(
        "tyumen",
        "Тюменская область",
        "Tyumen Oblast",
        "72",
        "myschool.72to.ru",
        zone="Asia/Yekaterinburg",
    ),
    _node(
        "yanao",
        "Ямало-Ненецкий автономный округ",
        "Yamalo-Nenets Autonomous Okrug",
        "89",
        "school.yanao.ru",
        zone="Asia/Yekaterinburg",
    ),
)
"""Moscow, Moscow Oblast, then the others by region code."""

BY_PROVIDER: Final = {node.provider: node for node in NODES}
