"""Which attachments are files of ours, and which are addresses for a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.ids import parse_id
from gateway.core.model.attachments import AttachmentKind
from gateway_mos_ru.mapping.files import Place, attachment_records, place_of
from gateway_mos_ru.wire.homework import AttachedFile, Material, MaterialItem, MaterialUrl
from tests.plugins.mos_ru.mapping.support import Notes, make_context

BASES = (("api", "http://127.0.0.1:8080/node"), ("api", "https://school.mos.ru"))


def read(file, bases=BASES, notes=None):
    return attachment_records(make_context(notes, bases=bases), files=[file])


@pytest.mark.parametrize(
    "url",
    [
        "https://school.mos.ru/files/5?v=2&w=",
        "http://127.0.0.1:8080/node/files/5?v=2&w=",
        "/files/5?v=2&w=",
    ],
)
def test_a_file_of_ours_is_known_by_its_place_and_found_again(url):
    (record,) = read(AttachedFile(title="Лист.docx", link=url))
    assert "url" not in record
    place = place_of(parse_id(str(record["id"])).keys)
    assert place == Place("api", "/files/5", "v=2&w=")
    assert place.params == {"v": "2", "w": ""}


@pytest.mark.parametrize(
    "url",
    [
        "https://school.mos.ru.example.test/files/5",
        "http://school.mos.ru/files/5",
        "http://127.0.0.1:8080/other/5",
        "https://elsewhere.example.test/5",
    ],
)
def test_a_file_elsewhere_is_a_link(url):
    (record,) = read(url)
    assert (record["kind"], record["url"]) == (AttachmentKind.LINK, url)
    assert "id" not in record


@pytest.mark.parametrize("url", ["", " ", "javascript:alert(1)", "//", "file", "http://[x"])
def test_what_is_no_address_is_noted_and_left_out(url):
    notes = Notes()
    assert read(url, notes=notes) == []
    assert notes.paths == ["$.attachments[]"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("test_spec_binding", AttachmentKind.TEST),
        ("test_task_binding", AttachmentKind.TEST),
        ("lesson_template", AttachmentKind.MATERIAL),
        ("game_app", AttachmentKind.MATERIAL),
        ("something_new", AttachmentKind.MATERIAL),
        (None, AttachmentKind.UNKNOWN),
    ],
)
def test_electronic_materials_are_opened_by_their_launcher(word, kind):
    material = Material(type=word, uuid="u-1", title="Работа", urls=[])
    (record,) = attachment_records(make_context(), materials=[material], entry=70)
    assert record["kind"] is kind
    assert record["url"] == (
        "https://school.mos.ru/api/ej/partners/v1/homeworks/launch"
        "?homework_entry_id=70&material_id=u-1"
    )


def test_both_shapes_of_materials_tell_one_file_once():
    url = MaterialUrl("https://school.mos.ru/files/5")
    grouped = Material(type="attachments", items=[MaterialItem(title="a.pdf", link=url.url)])
    single = Material(type="attachments", title="a.pdf", urls=[url])
    assert len(attachment_records(make_context(), materials=[single, grouped])) == 1


def test_what_is_hidden_from_students_stays_hidden():
    hidden = MaterialItem(title="Ответы", link="/files/6", is_hidden_from_students=True)
    material = Material(type="attachments", items=[hidden])
    assert attachment_records(make_context(), materials=[material]) == []


@pytest.mark.parametrize("keys", [(), ("api",), ("api", "files/5"), ("api", "/a", "b", "c")])
def test_other_keys_name_no_file(keys):
    assert place_of(keys) is None


@given(st.text(max_size=40))
def test_no_address_breaks_it(url):
    for record in read(url):
        assert record["name"]
