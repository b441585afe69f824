"""Free text: log messages, error texts, tracebacks."""

import re

from gateway.core.redaction.names import SENSITIVE_NAMES, SENSITIVE_WORDS

_HIDDEN = "«secret»"

# Stems of the secret words: a plain substring search costs a tenth of the pattern it saves.
_PAIR_STEMS = (
    *("pass", "pwd", "парол", "tok", "secret", "cook", "auth", "jwt", "sess", "srf", "key"),
    *("snils", "снилс"),
)
_SCHEME_STEMS = ("bearer", "basic", "digest")

_KEY_END = r"""(?P<key_quote>\\*["'])?"""
_BETWEEN = r"""(?:\s*+(?:=>|[:=]|%3d)\s*+|(?(key_quote)\s*+,\s*+(?=b?["'])|(?!)))"""
# "password= token: x": what follows one key may be another key. What is hidden stays hidden.
_FURTHER_KEY = r"""(?:(?:[\w.-]++|"[\w.-]++"|'[\w.-]++')\s*+(?:=>|[:=])\s++)"""
_START = rf"{_FURTHER_KEY}*+"
# "token= Cookie: a=b; c=d": a cookie header stays one behind another key.
_COOKIES = rf"""{_FURTHER_KEY}*?["']?[\w.-]*?cookies?2?["']?\s*+(?:=>|[:=])[^\r\n]++"""
# "password=x = ": where nothing follows it, what looked like a key was the value.
_NO_KEY = rf"{_FURTHER_KEY}++"
_QUOTED = r"""b?(?P<quote>\\*["'])(?:(?!(?P=quote))(?:\\.|[^\\]))*+(?P=quote)?"""
_CONTAINER = r"""\{(?:[^{}]++|\{[^{}]*+\}?)*+\}?|\[(?:[^\[\]]++|\[[^\[\]]*+\]?)*+\]?"""
_SCHEME = r"(?:digest\s[^\r\n]++|(?:(?:bearer|basic|oauth|token|jwt)\s++)?"
_BARE = rf"""{_SCHEME}(?(key_quote)[^\s,}}\]]++|(?:[^\s&,;]|[,;](?!\s|\Z))++))"""
_VALUE = rf"(?:{_COOKIES}|{_START}(?:{_HIDDEN}|{_QUOTED}|{_CONTAINER}|{_BARE})|{_NO_KEY})"

_FLAGS = re.IGNORECASE | re.DOTALL
# A cookie header is secret to the end of its line.
_PAIR = re.compile(
    rf"(?P<before>(?:(?P<cookie>cookies?2?)|{SENSITIVE_WORDS})[\w\[\]-]{{0,40}}+"
    rf"{_KEY_END}{_BETWEEN})(?:{_COOKIES}|{_START}"
    rf"(?:{_HIDDEN}|{_QUOTED}|{_CONTAINER}|(?(cookie)[^\r\n]++|{_BARE}))|{_NO_KEY})",
    _FLAGS,
)
_WORD = re.compile(SENSITIVE_WORDS)
_NAMED_KEY = re.compile(
    rf"""(?P<before>["'](?:{SENSITIVE_NAMES}){_KEY_END}(?(key_quote)|(?!)){_BETWEEN}){_VALUE}""",
    _FLAGS,
)
_PARAMETER = re.compile(rf"""([?&#](?:{SENSITIVE_NAMES})=)[^&#\s"'<>]++""", re.IGNORECASE)

_USERINFO = re.compile(r"(?<=://)[^/\s?#]*@")
_CREDENTIALS = re.compile(
    # "Basic settings" is prose; base64 of a name and a password without any of these is not met.
    r"\b(bearer\s++|(?:basic|digest)\s++(?=[a-z+/._~-]*(?-i:[A-Z0-9=])))[\w.~+/=-]{4,}",
    re.IGNORECASE,
)
_DOTTED_WORD = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]*+)++")
_PADDED_BASE64 = re.compile(r"(?<![0-9A-Za-z+/])[0-9A-Za-z+/]{22,}+={1,2}")
_PADDING = re.compile(r"=(?<=[0-9A-Za-z+/]{22}=)")  # told at once, where most text has none
_LONG_WORD = re.compile(r"[0-9A-Za-z_-]{32,}")
_PLAIN_RUN = re.compile(r"[0-9A-Za-z]{32}")
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]++@\w[\w.-]*")

_GAP = r" \t\u00a0\u202f().\u2010-\u2015-"
_NUMBER = re.compile(rf"[0-9][0-9{_GAP}]{{8,}}[0-9]")
_FEWEST_DIGITS = 10
_INTERNATIONAL = re.compile(rf"[1-9](?:[{_GAP}]{{0,3}}[0-9]){{9,14}}")  # after a plus
_PHONE = re.compile(
    rf"""
      (?<![0-9])[78][{_GAP}]{{0,3}}[0-9]{{3}}[{_GAP}]{{0,3}}[0-9]{{3}}
      [{_GAP}]{{0,2}}[0-9]{{2}}[{_GAP}]{{0,2}}[0-9]{{2}}(?![0-9])
    | (?<![0-9])[78][ -]?\([0-9]{{3,5}}\)(?:[ -]?[0-9]){{5,7}}(?![0-9])
    | (?<![0-9])9[0-9]{{9}}(?![0-9])
    """,
    re.VERBOSE,
)
# Also any lone eleven digits: whose number it is, is not ours to tell.
_SNILS = re.compile(r"(?<![0-9])[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{3}[ -]?[0-9]{2}(?![0-9])")


def redact_text(text: str) -> str:
    """`text` with everything that looks like a secret or a contact replaced.

    Replaced are values of secret keys and parameters, cookies, credentials of headers and URLs,
    JWTs, long tokens, e-mails, phones and СНИЛС. Names and marks have no pattern: keep those out
    of messages. When in doubt it replaces too much. Redacting twice changes nothing.
    """
    lowered = text.lower()
    for stem in _PAIR_STEMS:
        if stem in lowered:
            text = _hide_pairs(text, lowered)
            break
    if '"' in text or "'" in text:
        text = _NAMED_KEY.sub(_hide_value, text)
    if "=" in text:
        text = _PARAMETER.sub(rf"\1{_HIDDEN}", text)
        if _PADDING.search(text) is not None:
            text = _PADDED_BASE64.sub("«token»", text)
    for stem in _SCHEME_STEMS:
        if stem in lowered:
            text = _CREDENTIALS.sub(rf"\1{_HIDDEN}", text)
            break
    if "eyJ" in text:
        text = _DOTTED_WORD.sub(_hide_jwt, text)
    text = _LONG_WORD.sub(_hide_token, text)
    if "@" in text:
        text = _EMAIL.sub("«email»", _USERINFO.sub(f"{_HIDDEN}@", text))
    return _NUMBER.sub(_hide_number, text)


def _hide_pairs(text: str, lowered: str) -> str:
    """Replace the values of secret keys; the words are sought in lower case, which is faster."""
    if len(lowered) != len(text):  # "İ" becomes two characters: positions would not fit
        return _PAIR.sub(_hide_value, text)
    parts: list[str] = []
    done = 0
    for word in _WORD.finditer(lowered):
        if word.start() < done:
            continue
        pair = _PAIR.match(text, word.start())
        if pair is not None:
            parts += (text[done : word.start()], _hide_value(pair))
            done = pair.end()
    return "".join((*parts, text[done:]))


def _hide_number(match: re.Match[str]) -> str:
    run = match[0]
    if sum(map(str.isdigit, run)) < _FEWEST_DIGITS:
        return run
    if match.string[match.start() - 1 : match.start()] == "+":
        run = _INTERNATIONAL.sub("«phone»", run)
    return _SNILS.sub("«snils»", _PHONE.sub("«phone»", run))


def _hide_value(match: re.Match[str]) -> str:
    quote = match["quote"] or ""
    return f"{match['before']}{quote}{_HIDDEN}{quote}"


def _hide_jwt(match: re.Match[str]) -> str:
    return "«jwt»" if "eyJ" in match[0] else match[0]


def _hide_token(match: re.Match[str]) -> str:
    word = match[0]
    # A long identifier of words and dashes is no token.
    is_token = _PLAIN_RUN.search(word) is not None or any(c.isdigit() for c in word)
    return "«token»" if is_token else word
