import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.core.text import to_plain, to_safe_html

VECTORS: dict[str, str] = {
    vector["name"]: vector["html"]
    for vector in json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
}
ALLOWED = "p|br|b|i|u|ul|ol|li|a|table|thead|tbody|tr|td|th"
# The whole language of the output: anything else in it is a finding.
INERT = re.compile(
    rf"""(?:[^<]|</?(?:{ALLOWED})>|<a\ href="https://[^\s"<>\\@/?\#]+(?:[/?\#][^\s"<>\\]*)?">)*""",
    re.VERBOSE | re.IGNORECASE,
)


class Reader(HTMLParser):
    """A second opinion about what the output contains."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [
            (tag, name)
            for name, value in attrs
            if (tag, name) != ("a", "href") or not (value or "").lower().startswith("https://")
        ]

    def handle_comment(self, data: str) -> None:
        self.found.append(("!--", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("!", decl))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("![", data))

    def handle_pi(self, data: str) -> None:
        self.found.append(("?", data))


def assert_inert(html: str) -> None:
    assert INERT.fullmatch(html), html
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.found
    assert reader.tags <= set(ALLOWED.split("|"))


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 150
    assert len(set(VECTORS.values())) == len(VECTORS)


@pytest.mark.parametrize("name", VECTORS)
def test_no_vector_leaves_anything_active(name: str) -> None:
    assert_inert(to_safe_html(VECTORS[name]))


@pytest.mark.parametrize("name", VECTORS)
def test_cleaning_a_vector_twice_changes_nothing(name: str) -> None:
    once = to_safe_html(VECTORS[name])
    assert to_safe_html(once) == once


SAFE = {
    "<p>раз</p>": "<p>раз</p>",
    "<b>раз</b> <i>два</i> <u>три</u>": "<b>раз</b> <i>два</i> <u>три</u>",
    "<strong>раз</strong> <em>два</em>": "<b>раз</b> <i>два</i>",
    "раз<br/>два": "раз<br>два",
    "<ul><li>раз</ul>": "<ul><li>раз</li></ul>",
    "<ol type=a><li>раз</li></ol>": "<ol><li>раз</li></ol>",
    '<p class="x" style="color:red">раз</p>': "<p>раз</p>",
    "стр. 5<div>6</div>7": "стр. 5<br>6<br>7",
    "<h2>Тема</h2><p>раз</p>": "Тема<p>раз</p>",
    "x<sup>2</sup> и H<sub>2</sub>O": "x² и H₂O",
    '<a href="https://example.org/?a=1&b=2" onclick="x()">раз</a>': (
        '<a href="https://example.org/?a=1&amp;b=2">раз</a>'
    ),
    '<a href="HTTPS://EXAMPLE.ORG/">раз</a>': '<a href="HTTPS://EXAMPLE.ORG/">раз</a>',
    '<a href="http://example.org/">раз</a>': "<a>раз</a>",
    "<table><tr><th>1</th><td>2</td></tr></table>": (
        "<table><tbody><tr><th>1</th><td>2</td></tr></tbody></table>"
    ),
    "<script>alert(1)</script>раз<style>p{}</style><!-- x -->": "раз",
    "2 < 3 & 4": "2 &lt; 3 &amp; 4",
    "a?x=1&copy=2": "a?x=1&amp;copy=2",
    "&lt;b&gt;": "&lt;b&gt;",
    "<b>раз<p>два</b>три": "<b>раз</b><p><b>два</b>три</p>",
    "обычный текст": "обычный текст",
}


@pytest.mark.parametrize("source, safe", SAFE.items())
def test_formatting_is_kept_and_nothing_else(source: str, safe: str) -> None:
    assert to_safe_html(source) == safe


@pytest.mark.parametrize("source", SAFE)
def test_no_letter_of_the_text_is_lost(source: str) -> None:
    source = source.replace("http://example.org/", "")
    letters = re.sub(r"\s", "", to_plain(source))
    assert re.sub(r"\s", "", to_plain(to_safe_html(source))) == letters


def test_a_lone_surrogate_is_replaced() -> None:
    assert to_safe_html("<b>\ud800</b>") == "<b>?</b>"


FRAGMENTS = st.sampled_from(
    [
        *("<p>", "</p>", "<br>", "<b>", "</b>", "<i>", "</i>", "<u>", "<a>", "</a>", "<div>"),
        *("<ul>", "</ul>", "<ol>", "<li>", "</li>", "<table>", "</table>", "<tr>", "<td>", "</td>"),
        *(
            "<tbody>",
            "<thead>",
            "<th>",
            "</div>",
            "<svg>",
            "</svg>",
            "<math>",
            "<mtext>",
            "<style>",
        ),
        *("</style>", "<script>", "</script>", "<title>", "</title>", "<noscript>", "<template>"),
        *("<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "<!", "<", ">", '"', "'", "`", "=", "/"),
        *(" onclick=alert(1)", "<a href=", "<a href='https://example.org/", "javascript:alert(1)"),
        *(
            "&lt;",
            "&gt;",
            "&quot;",
            "&amp;",
            "&#60;",
            "&#x3c",
            "&",
            "\0",
            "\n",
            "\f",
            " ",
            "x",
            "я",
        ),
        *("<object>", "</object>", "<select>", "<textarea>", "<form>", "<caption>", "<button>"),
        *(
            "<img src=x onerror=alert(1)>",
            "<a href=https://example.org/>",
            "\\",
            "//",
            "<frameset>",
        ),
    ]
)


@given(st.lists(FRAGMENTS | st.text(max_size=3), max_size=40).map("".join))
@settings(deadline=None, max_examples=500)
def test_no_mixture_of_fragments_leaves_anything_active(source: str) -> None:
    once = to_safe_html(source)
    assert_inert(once)
    assert to_safe_html(once) == once


@st.composite
def crossbreeds(draw: st.DrawFn) -> str:
    parts = []
    for html in draw(st.lists(st.sampled_from(sorted(VECTORS.values())), min_size=2, max_size=4)):
        start = draw(st.integers(0, len(html)))
        parts.append(html[start : draw(st.integers(start, len(html)))])
    return "".join(parts)


@given(crossbreeds())
@settings(deadline=None, max_examples=500)
def test_no_crossbreed_of_vectors_leaves_anything_active(source: str) -> None:
    once = to_safe_html(source)
    assert_inert(once)
    assert to_safe_html(once) == once


@pytest.mark.parametrize(
    "unit",
    [
        "<ul><li>",
        "<ul><li></ol>",
        "<ul><li><table><tr><td></ul>",
        "<b><i><u><p>",
        "<table><table>",
        "<table><tr><td>",
        "<a href=https://example.org/><p>",
        "<p><i></b><b>",
    ],
)
def test_deep_nesting_costs_neither_time_nor_space(unit: str) -> None:
    source = unit * 10_000
    assert len(to_safe_html(source)) < 10 * len(source)


def test_lists_below_the_deepest_level_are_flattened_and_later_ones_are_not() -> None:
    deep = "<ul><li>" * 40 + "раз" + "</li></ul>" * 40
    safe = to_safe_html(f"{deep}<ol><li>два</li></ol>")
    assert safe.count("<ul>") == safe.count("</ul>") == 32
    assert safe.endswith("</ul><ol><li>два</li></ol>")


def test_nesting_that_the_parser_repairs_twice_is_cleaned_until_it_stays() -> None:
    once = to_safe_html("<li><table><li>раз")
    assert "раз" in once
    assert to_safe_html(once) == once


def test_nesting_that_never_settles_becomes_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.core.text.sanitize._ROUNDS", 0)
    assert to_safe_html("<ul><li>2 &lt; 3 & 4</ul>") == "• 2 &lt; 3 &amp; 4"


def test_distinct_formats_do_not_multiply() -> None:
    source = "".join(f"<b a={n}>" for n in range(5_000)) + "<p>x" * 5_000
    assert len(to_safe_html(source)) < 2 * len(source)


def test_nh3_is_loaded_only_when_needed() -> None:
    code = (
        "import sys; from gateway.core.text import to_plain, to_safe_html;"
        "to_plain('<b>x</b>'); to_safe_html('x');"
        "assert 'nh3' not in sys.modules; to_safe_html('<b>x</b>'); assert 'nh3' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
