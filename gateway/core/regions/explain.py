"""What to tell a family whose region's system no installed plugin speaks to."""

from collections.abc import Iterable, Mapping

from gateway.core.errors import Text
from gateway.core.regions.model import Host, PlatformUse, Region
from gateway.core.regions.wording import GOSUSLUGI, SIGN_IN, date_text

_NOTHING = Text("", "")
_BEFORE = Text("Прежняя система", "Former system")
_ALSO = Text("Также встречается", "Also met with")


def explain_platform(region: Region, platforms: Mapping[str, Text]) -> Text:
    """Why the region's diary cannot be opened here, and where it is.

    Says which system the region uses and since when, how families sign in, which system it
    came from, and whether «Госуслуги Моя школа» can be used.

    Args:
        region: The region asked for.
        platforms: Titles by platform key (`RegionDirectory.platforms`).

    Returns:
        A few sentences; a platform without a title is called by its key.
    """
    sentences = [*_now(region, platforms), GOSUSLUGI[region.gosuslugi]]
    for label, uses in ((_BEFORE, region.before), (_ALSO, region.also)):
        for use in uses:
            sentences += [_other(label, use, platforms), use.note or _NOTHING]
    checked = date_text(region.as_of)
    sentences += [
        region.notes or _NOTHING,
        Text(f"Сведения от {checked.ru}.", f"As of {checked.en}."),
    ]
    return _joined(sentences, " ")


def _now(region: Region, platforms: Mapping[str, Text]) -> list[Text]:
    """The system of today and the way in."""
    head = Text(f"{region.name.ru} ({region.code})", f"{region.name.en} ({region.code})")
    if not region.has_diary:
        return [
            Text(
                f"{head.ru}: электронного дневника сейчас нет, школы ведут бумажный.",
                f"{head.en}: there is no electronic diary now, schools keep paper ones.",
            )
        ]
    system = _joined(
        [_system(region.platform, region.hosts, platforms), _dated("с", "since", region.since)],
        ", ",
    )
    sign_in = _joined(
        [SIGN_IN[region.sign_in], _dated("с", "since", region.sign_in_since)],
        ", ",
    )
    return [
        Text(
            f"{head.ru}: дневник ведётся в системе {system.ru}. Модуль для неё не установлен.",
            f"{head.en}: the diary is kept in {system.en}. No plugin for it is installed.",
        ),
        Text(f"Вход: {sign_in.ru}.", f"Sign-in: {sign_in.en}."),
        region.sign_in_note or _NOTHING,
    ]


def _other(label: Text, use: PlatformUse, platforms: Mapping[str, Text]) -> Text:
    """A platform of yesterday, or one beside the main one."""
    system = _joined(
        [_system(use.platform, use.hosts, platforms), _dated("до", "until", use.until)],
        ", ",
    )
    return Text(f"{label.ru}: {system.ru}.", f"{label.en}: {system.en}.")


def _system(platform: str | None, hosts: tuple[Host, ...], platforms: Mapping[str, Text]) -> Text:
    """Title and main address of a system, or whichever of the two is known."""
    address = hosts[0].shown if hosts else ""
    if platform is None:
        return Text(address, address)
    title = platforms.get(platform, Text(platform, platform))
    where = f" ({address})" if address else ""
    return Text(f"«{title.ru}»{where}", f"“{title.en}”{where}")


def _dated(ru: str, en: str, date: str | None) -> Text:
    if date is None:
        return _NOTHING
    text = date_text(date)
    return Text(f"{ru} {text.ru}", f"{en} {text.en}")


def _joined(parts: Iterable[Text], separator: str) -> Text:
    """The parts that say anything, in one text."""
    said = [part for part in parts if part != _NOTHING]
    return Text(separator.join(part.ru for part in said), separator.join(part.en for part in said))
