"""What the application itself asks: push tokens, menus, advertisements, schools (notes 3, 4.13)."""

from gateway_eljur.emulator.call import Call
from gateway_eljur.emulator.errors import invalid
from gateway_eljur.emulator.rules import BASES, BOTH, Access, Router, method


def register(router: Router) -> None:
    """Add the methods of this part."""
    method(router, "setpushtoken", push_token)
    method(router, "getextraitemsmenu", extra_menu)
    method(router, "getadvertising", advertising, Access.TOKEN, "getadvertisingnew")
    for base in ("", *(f"{base}/" for base in BASES)):
        router.add(f"{base}schools/mobileapp", schools, dress=Access.APPLICATION, methods=BOTH)


def push_token(call: Call) -> object:
    """A phone is told of news from now on, or no more."""
    if not call.text("token"):
        raise invalid("token", "обязательный параметр")
    return {"result": True}


def extra_menu(_: Call) -> object:
    """Further entries of the menu: there are none."""
    return {"items": []}


def advertising(_: Call) -> object:
    """Advertisements: there are none."""
    return {"advertising": []}


def schools(call: Call) -> object:
    """Schools by a part of their name or city. What the service answers was never seen."""
    wanted = call.text("value").strip().casefold()
    world = call.service.world
    found = []
    for vendor in map(call.service.vendors.__getitem__, call.host_vendors):
        school = world.school(vendor.school_keys[0])
        if vendor.region is not None or not wanted:
            continue
        if any(wanted in text.casefold() for text in (vendor.key, vendor.title, school.city)):
            found.append(
                {
                    "vendor": vendor.key,
                    "title": vendor.title,
                    "city": school.city,
                    "region": world.region(school.region_key).name,
                    "url": call.site.school(vendor),
                }
            )
    return {"schools": found}
