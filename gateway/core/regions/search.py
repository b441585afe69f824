"""Fuzzy search of regions by what people call them."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from gateway.core.regions.model import Region

# Words for the kind of a region: they decide between namesakes and are no name themselves.
_KINDS: Final = (
    (re.compile(r"обл|област(?:ь|и|ью)|oblast|region"), ("oblast",)),
    (re.compile(r"кра(?:й|я|ю|ем|е)|krai"), ("krai",)),
    (re.compile(r"респ|республик(?:а|и|е|у|ой)|republic"), ("republic",)),
    (re.compile(r"автономн(?:ая|ый|ой|ого|ому|ом|ую)|autonomous"), ("autonomous",)),
    (re.compile(r"округ(?:а|у|ом|е)?|okrug"), ("okrug",)),
    (re.compile(r"ао"), ("autonomous", "okrug")),
)
_NOISE: Final = frozenset({"г", "город", "в", "из", "и", "city", "of", "the", "in", "and"})

# «Чувашская», «Чувашской», «Чувашский» are one word; a short rest would be nobody's name.
_ADJECTIVE: Final = re.compile(r"(.{4,}?)[сц]к(?:ая|ой|ую|ий|ого|ому|ом|им|ое|ие|их)")

_LONGEST_QUERY = 100  # characters; comparing costs the square of the length
_SAME_STEM = 0.95
_PREFIX_BASE = 0.8
_FUZZY_WEIGHT = 0.9
_FUZZY_RATIO = 0.72
_FUZZY_LENGTH = 4
_LEFTOVER_WORD = 0.1
_LEFTOVER_FLOOR = 0.5
_KIND_UNASKED = 0.98
_KIND_MISMATCH = 0.5
_GOOD_ENOUGH = 0.5
_NEAR_BEST = 0.85


class _Word(NamedTuple):
    """A word as written (folded), and without the ending of an adjective."""

    full: str
    stem: str


class _Phrase(NamedTuple):
    """A name cut into its own words and the kinds of region it mentions."""

    words: tuple[_Word, ...]
    kinds: frozenset[str]


def _phrase(text: str) -> _Phrase:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    words: list[_Word] = []
    kinds: set[str] = set()
    for token in re.findall(r"\w+", folded):
        kind = next((names for pattern, names in _KINDS if pattern.fullmatch(token)), None)
        if kind is not None:
            kinds.update(kind)
        elif token not in _NOISE:
            adjective = _ADJECTIVE.fullmatch(token)
            words.append(_Word(token, adjective[1] if adjective else token))
    return _Phrase(tuple(words), frozenset(kinds))


def _likeness(wanted: _Word, word: _Word) -> float:
    """How alike two words are, from 0 (not at all) to 1 (the same)."""
    if wanted.full == word.full:
        return 1.0
    if wanted.stem == word.stem:
        return _SAME_STEM
    if word.full.startswith(wanted.full):
        return _PREFIX_BASE + (_SAME_STEM - _PREFIX_BASE) * len(wanted.full) / len(word.full)
    if min(len(wanted.stem), len(word.stem)) < _FUZZY_LENGTH:
        return 0.0
    matcher = SequenceMatcher(None, wanted.stem, word.stem, autojunk=False)
    # The two quick bounds are cheap and refuse nearly every pair.
    if matcher.real_quick_ratio() < _FUZZY_RATIO or matcher.quick_ratio() < _FUZZY_RATIO:
        return 0.0
    ratio = matcher.ratio()
    return ratio * _FUZZY_WEIGHT if ratio >= _FUZZY_RATIO else 0.0


def _score(query: _Phrase, label: _Phrase) -> float:
    """How well a label answers the query, from 0 to 1."""
    if not query.words:
        return 1.0 if query.kinds and query.kinds <= label.kinds else 0.0
    total = 0.0
    for wanted in query.words:
        best = max((_likeness(wanted, word) for word in label.words), default=0.0)
        if best == 0:
            return 0.0
        total += best
    leftover = max(0, len(label.words) - len(query.words))
    score = total / len(query.words) * max(_LEFTOVER_FLOOR, 1 - _LEFTOVER_WORD * leftover)
    if not query.kinds <= label.kinds:
        return score * _KIND_MISMATCH
    return score * (_KIND_UNASKED if label.kinds > query.kinds else 1.0)


class SearchIndex:
    """The searchable names of some regions."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._entries = tuple(
            (region, tuple(_phrase(s) for s in (region.name.ru, region.name.en, *region.aliases)))
            for region in regions
        )

    def search(self, text: str) -> tuple[Region, ...]:
        """Regions alike enough, the likeliest first, equals in the order given.

        What is much less alike than the best is left out.
        """
        query = _phrase(text[:_LONGEST_QUERY])
        scored = [
            (max(_score(query, label) for label in labels), region)
            for region, labels in self._entries
        ]
        best = max((score for score, _ in scored), default=0.0)
        bar = max(_GOOD_ENOUGH, best * _NEAR_BEST)
        found = [(score, region) for score, region in scored if score >= bar]
        return tuple(region for _, region in sorted(found, key=lambda pair: -pair[0]))
