import html
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.core.text import to_plain

UNCHANGED = [
    "",
    "§ 12, № 345 (а, б)",
    "2 < 3 & 4",
    "x<y and y>z",
    "a<b и c>d",
    "Tom & Jerry, AT&T, R&D;",
    "если 5 < x, то x > 5",
    "<ivan@example.org>",
    "<https://example.org/a?b=1&copy=2>",
    "https://example.org/?a=1&lt=2&copy=3&reg_id=4",
    "if (a < b) { c <= d; }",
    "<3 — сердечко",
    "<имя ученика>",
    "<o> <v> <x:y> <q:p>",
    "&нет; &; &#; &#x; &unknown;",
    "#include <vector>",
    "  две  строки\r\n  и отступ < > ",
    "</",
    "<",
    "&",
    "a<",
    "<b",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_text_that_is_no_markup_comes_back_unchanged(text: str) -> None:
    assert to_plain(text) == text


PLAIN = {
    "&laquo;Война и мир&raquo; &mdash; т.&nbsp;1": "«Война и мир» — т. 1",
    "2 &lt; 3 &amp; 4": "2 < 3 & 4",
    "&#1055;&#x440;&#x438;вет": "Привет",
    "Строка 1\nСтрока &quot;2&quot;": 'Строка 1\nСтрока "2"',
    "раз<br>два<br/>три<BR />четыре": "раз\nдва\nтри\nчетыре",
    "раз<br>\n  два": "раз\nдва",
    "раз<br><br><br><br>два": "раз\n\nдва",
    "<p>раз</p><p>два</p>": "раз\nдва",
    "<p>раз</p>\n\n<p>два</p>": "раз\nдва",
    "<p>раз<br></p><p>два</p>": "раз\nдва",
    "<p>раз</p><p>&nbsp;</p><p>два</p>": "раз\n\nдва",
    "стр. 5<div>6</div>7": "стр. 5\n6\n7",
    "<h1>Тема</h1>Текст": "Тема\nТекст",
    "<ul><li>раз</li><li>два</li></ul>": "• раз\n• два",
    "<ol><li>раз<li>два</ol>три": "1. раз\n2. два\nтри",
    '<ol start="7"><li>раз</li><li>два</li></ol>': "7. раз\n8. два",
    "<ul><li><p>раз</p></li><li></li><li>два</li></ul>": "• раз\n• два",
    "<ol><li>раз<ul><li>а</li></ul></li><li>два</li></ol>": "1. раз\n• а\n2. два",
    "<table><tr><th>День</th><th>Урок</th></tr><tr><td><p>пн</p></td><td>1</td></tr></table>": (
        "День | Урок\nпн | 1"
    ),
    "<b>ж</b>ирный <i>к</i>урсив": "жирный курсив",
    "a  \n b<p>c": "a b\nc",
    "<p><b>раз</b> <i>два</i></p>": "раз два",
    "<b>раз</b>\nдва": "раз\nдва",
    "<pre>раз\n  два</pre>": "раз\nдва",
    "x<sup>2</sup> + H<sub>2</sub>O, № 5<sup>1</sup>": "x² + H₂O, № 5¹",
    '<a href="https://example.org/1">§ 5</a>': "§ 5 (https://example.org/1)",
    "<a href='http://example.org/?a=1&amp;b=2'>тест</a>": "тест (http://example.org/?a=1&b=2)",
    '<a href="https://example.org/">https://example.org</a>': "https://example.org",
    '<a href="https://www.example.org/">example.org</a>': "example.org",
    '<a href="https://example.org/1"><img src="x.png"></a>': "https://example.org/1",
    '<a href="mailto:school@example.org">Почта</a>': "Почта (school@example.org)",
    '<a href="mailto:school@example.org">school@example.org</a>': "school@example.org",
    '<a href="javascript:alert(1)">нажми</a>': "нажми",
    '<a href="/file/5">файл</a>': "файл",
    '<a title=" href=https://example.org/ ">слово</a>': "слово",
    '<a href="https://example.org/1">без конца': "без конца (https://example.org/1)",
    '<img src="x" alt="😀"> привет': "😀 привет",
    "раз<!-- <b>два</b> -->три": "разтри",
    "раз<!-- два": "раз",
    "<style>p { color: red }</style>раз<script>if (a < b) alert('</p>')</script>два": "раздва",
    "раз<script>alert(1)": "раз",
    '<p title="a > b">раз</p>': "раз",
    '<p class="x"><o:p></o:p>раз<o:p>&nbsp;</o:p></p>': "раз",
    "<!DOCTYPE html><html><head><title>x</title></head><body>раз</body></html>": "раз",
    "<p>2 < 3 & x<y</p>": "2 < 3 & x<y",
    "<p>мяг\u00adкий пере\u200bнос</p>": "мягкий перенос",
    "<P>раз</P><p >два</p\n>": "раз\nдва",
    "<p></p>": "",
    "&nbsp;": "",
    "<br>": "",
}


@pytest.mark.parametrize("source, plain", PLAIN.items())
def test_markup_becomes_lines_of_text(source: str, plain: str) -> None:
    assert to_plain(source) == plain


@pytest.mark.parametrize("plain", PLAIN.values())
def test_the_result_is_not_changed_by_a_second_pass(plain: str) -> None:
    assert to_plain(plain) == plain


@given(st.text(st.characters(exclude_characters="<&", exclude_categories=["Cs"])))
@settings(deadline=None)
def test_text_without_brackets_and_ampersands_is_never_touched(text: str) -> None:
    assert to_plain(text) is text


@given(
    st.lists(
        st.sampled_from(["<", ">", "&", ";", " ", "<<", "&&", "3", "x", "Я", "=", "/", '"', "'"])
    ).map("".join)
)
@settings(deadline=None)
def test_loose_signs_that_form_no_known_tag_or_entity_survive(text: str) -> None:
    # "x" is no element and no entity, so nothing made of these signs is markup.
    assert to_plain(text) == text


WORDS = st.text(
    st.sampled_from(string.ascii_letters + string.digits + 'абвгд<>&"=;'), min_size=1, max_size=12
)


@given(st.lists(WORDS, min_size=1))
@settings(deadline=None)
def test_escaped_text_comes_back_as_it_was_written(words: list[str]) -> None:
    text = " ".join(words)
    assert to_plain(f"<p>{html.escape(text)}</p>") == text


@given(
    st.lists(st.sampled_from([*PLAIN, "<p", "</", "<a href=", '"', "'", ">", "<!--", "-->", "&"]))
)
@settings(deadline=None)
def test_any_mixture_of_fragments_gives_tidy_lines(fragments: list[str]) -> None:
    source = "".join(fragments)
    plain = to_plain(source)
    if plain != source:
        assert plain == plain.strip()
        assert "\n\n\n" not in plain
        assert "  " not in plain
        assert "\u00a0" not in plain


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<a ",
        '<a ">"',
        "<a \"'<a '\"",
        "<!--",
        "<!",
        "<script>",
        "</title ",
        "&#",
        "<p ",
        " \n",
    ],
)
def test_hostile_repetition_is_read_in_linear_time(unit: str) -> None:
    # A quadratic reader needs minutes for this and runs into the time limit of the suite.
    source = f"<br>{unit * 200_000}'"
    assert len(to_plain(source)) <= len(source)
