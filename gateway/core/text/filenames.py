"""File names that providers send → names that are safe to write on any system."""

import re
import unicodedata

_LONGEST = 255  # bytes of UTF-8: ext4 and APFS; NTFS counts 255 UTF-16 units, never more than these
_LONGEST_EXTENSION = 32
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*⁄∕⧸／＼⧵﹨：]')  # also what code pages turn into a separator
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})  # controls, bidi, invisibles
_SPACES = re.compile(r"[^\S\x1c-\x1f]+")  # \s takes four control characters for space
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)


def safe_filename(name: str, *, fallback: str = "file") -> str:
    """Last component of `name` without anything that a file system or a reader could trip over.

    At most 255 bytes of UTF-8, the extension kept; `fallback` where nothing is left. Applying it
    to its own result changes nothing.
    """
    name = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    # Unicode spaces first: U+2028 would otherwise vanish and glue two words together.
    name = _SPACES.sub(" ", name)
    name = "".join(c for c in name if unicodedata.category(c) not in _DROPPED_CATEGORIES)
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub("_", name))
    name = _SPACES.sub(" ", name).strip(" .")
    if not name:
        return fallback
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name)


def _shortened(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > _LONGEST_EXTENSION:
        stem, dot, extension = name, "", ""
    room = _LONGEST - len(f"{dot}{extension}".encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
    return f"{stem}{dot}{extension}"
