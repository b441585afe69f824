"""The schools of the fictional world as tenants («vendors») of the service (notes 1).

Every school is a tenant of its own under `eljur.ru`, and also answers on regional hosts whose
tenants nobody knows from outside. Two regional hosts are one tenant each: there one account sees
children of several schools.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gateway.sandbox.world import World
from gateway.sandbox.world import model as m
from gateway_eljur.places import BY_HOST, CLOUD, CLOUD_DOMAIN, REGIONAL, Place

API_HOST: Final = f"api.{CLOUD_DOMAIN}"
ARCHIVED: Final = "sch0"
"""A school that is in the archive: nothing but its sign-in page is left, which leads there."""
FIRST_NUMBER: Final = 4001
_WHOLE: Final = tuple(place for place in REGIONAL if place.vendor is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One tenant.

    Attributes:
        key: What the parameter `vendor` holds.
        number: `vendor_id`.
        title: What people call it.
        host: Host of its site.
        instance: Key of the plugin's instance that it belongs to.
        region: Region code to sign in with; None under `eljur.ru`.
        school_keys: Schools of the world.
    """

    key: str
    number: int
    title: str
    host: str
    instance: str
    region: str | None
    school_keys: tuple[str, ...]


def vendors_of(world: World) -> Mapping[str, Vendor]:
    """Every tenant by key: `sch1` … for the schools, then the regional ones."""
    schools = [_of_school(number, school) for number, school in enumerate(world.schools, start=1)]
    regional = [
        _of_region(number, place, world)
        for number, place in enumerate(_WHOLE, start=len(schools) + 1)
    ]
    return {item.key: item for item in (*schools, *regional)}


def keys_at(host: str, vendors: Mapping[str, Vendor]) -> tuple[str, ...]:
    """Tenants that a host serves; all of them for a host that is none of the service's."""
    place = BY_HOST.get(host)
    if place is not None and place.vendor is not None:
        return (place.vendor,)
    cloud = tuple(item.key for item in vendors.values() if item.region is None)
    if place is not None or host == API_HOST:
        return cloud
    own = tuple(key for key in cloud if vendors[key].host == host)
    if own or is_school(host):
        return own
    return tuple(vendors)


def is_school(host: str) -> bool:
    """Whether a host is that of one school under `eljur.ru`."""
    return host.endswith(f".{CLOUD_DOMAIN}")


def _of_school(number: int, school: m.School) -> Vendor:
    key = f"sch{number}"
    return Vendor(
        key=key,
        number=FIRST_NUMBER + number,
        title=school.short_name,
        host=f"{key}.{CLOUD_DOMAIN}",
        instance=f"{CLOUD}.{key}",
        region=None,
        school_keys=(school.key,),
    )


def _of_region(number: int, place: Place, world: World) -> Vendor:
    key = place.vendor or ""
    return Vendor(
        key=key,
        number=FIRST_NUMBER + number,
        title=place.title.ru,
        host=place.host,
        instance=f"{place.key}.{key}",
        region=place.region,
        school_keys=tuple(school.key for school in world.schools),
    )
