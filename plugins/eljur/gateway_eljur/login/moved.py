"""Where the schools of a region, or a single school, went that left the diary (notes 1)."""

from gateway.core.errors import DiaryMoved, Text
from gateway.core.regions import load_directory
from gateway.core.regions.wording import SIGN_IN
from gateway_eljur.login import words


def moved(region: str) -> DiaryMoved:
    """The error for a host whose region has left; it says where to, as the directory knows."""
    directory = load_directory()
    found = directory.get(region)
    name = found.name
    if not found.has_diary:
        text = Text(
            f"{name.ru}: школы больше не ведут дневник в ЭлЖуре, электронного дневника сейчас нет.",
            f"{name.en}: schools no longer keep the diary in ElJur; there is no electronic one.",
        )
    else:
        title = directory.platforms[found.platform]
        where = f" ({found.hosts[0].shown})" if found.hosts else ""
        way = SIGN_IN[found.sign_in]
        text = Text(
            f"{name.ru}: школы перешли из ЭлЖура в систему «{title.ru}»{where}. Вход: {way.ru}.",
            f"{name.en}: schools moved from ElJur to “{title.en}”{where}. Sign-in: {way.en}.",
        )
    return DiaryMoved(f"the schools of region {region} left this diary", text=text)


def archived() -> DiaryMoved:
    """The error for a school whose diary is kept in the archive."""
    return DiaryMoved("the school is in the archive", text=words.ARCHIVED)
