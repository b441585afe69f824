"""Regions with a state sign-in door: the service's own numbers, slugs and names."""

from dataclasses import dataclass
from typing import Final

_OFFSET: Final = 98  # so that Kirov, 43, is the one number that is known: 141


@dataclass(frozen=True, slots=True)
class Door:
    """A region's entry: its code in this project, slug of the address, name."""

    code: str
    slug: str
    name: str


_DOORS: Final = (
    Door("01", "adygea", "Республика Адыгея"),
    Door("08", "kalmykia", "Республика Калмыкия"),
    Door("15", "rsoa", "Республика Северная Осетия — Алания"),
    Door("17", "tuva", "Республика Тыва"),
    Door("20", "chechenskaya", "Чеченская Республика"),
    Door("27", "khabarovsk", "Хабаровский край"),
    Door("29", "dvinaland", "Архангельская область"),
    Door("37", "ivanovskaya", "Ивановская область"),
    Door("38", "irkutsk", "Иркутская область"),
    Door("39", "kaliningrad", "Калининградская область"),
    Door("43", "kir", "Кировская область"),
    Door("53", "novgorod", "Новгородская область"),
    Door("54", "novosibirsk", "Новосибирская область"),
    Door("55", "omsk", "Омская область"),
    Door("64", "saratov", "Саратовская область"),
    Door("68", "tambovskaya", "Тамбовская область"),
    Door("77", "msk", "Москва"),
)
DOORS: Final = {door.code: door for door in _DOORS}
BY_SLUG: Final = {door.slug: door for door in _DOORS}


def region_id(code: str) -> int:
    """The service's number of a region code."""
    return int(code) + _OFFSET if code.isdigit() else _OFFSET
