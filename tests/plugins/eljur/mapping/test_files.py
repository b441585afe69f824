"""Files at the school's own hosts, and addresses for a person."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.model.attachments import AttachmentKind
from gateway_eljur.mapping.files import attachment_records, place_of, place_of_keys
from gateway_eljur.wire.files import File, Resource
from tests.plugins.eljur.mapping.support import BASES, Notes, make_context

OWN = "https://sch1.eljur.ru/storage/a%20b.pdf?x=1&y=%D0%B0"


def records_of(*files, resources=(), notes=None, **changed):
    return attachment_records(make_context(notes, **changed), files, resources)


def test_a_file_of_the_school_is_opened_through_the_gateway():
    (record,) = records_of(File(link=OWN, filename="../План\u202e.pdf"))
    assert record["kind"] is AttachmentKind.FILE
    assert "/" not in record["name"]
    assert "url" not in record
    context = make_context()
    keys = context.keys.ids.keys("file", record["id"])
    place = place_of_keys(keys)
    assert place is not None
    assert (place.role, place.path, place.params) == (
        "web",
        "/storage/a%20b.pdf",
        {"x": "1", "y": "а"},
    )


@pytest.mark.parametrize(
    "link",
    [
        "https://storage.example/a.pdf",
        "https://sch2.eljur.ru/a.pdf",
        "http://sch1.eljur.ru/a.pdf",
        "https://sch1.eljur.ru:444/a.pdf",
        "https://x@sch1.eljur.ru/a.pdf",
    ],
)
def test_a_file_elsewhere_is_an_address_for_a_person(link):
    (record,) = records_of(File(link=link, filename="а.pdf"))
    assert record == {"kind": AttachmentKind.LINK, "name": "а.pdf", "url": link}


@pytest.mark.parametrize("link", ["", None, "нет", "javascript:alert(1)", "//", "https://[", "/"])
def test_what_has_no_address_is_noted(link):
    notes = Notes()
    assert records_of(File(link=link, filename="а.pdf"), notes=notes) == []
    assert notes.paths == ["$.files[]"]


def test_an_online_material_stays_an_address_also_at_the_school():
    (record,) = records_of(resources=[Resource(link=OWN)])
    assert record["kind"] is AttachmentKind.MATERIAL
    assert record["url"] == OWN
    assert record["name"] == "a b.pdf"


def test_a_path_alone_is_at_the_site():
    (record,) = records_of(File(link="/storage/a.pdf"))
    assert record["id"].startswith("eljur@cloud.sch1:file:web/")


def test_the_same_file_told_twice_is_one():
    file = File(link=OWN, filename="План.pdf")
    assert len(records_of(file, file)) == 1


def test_a_mapped_host_may_have_a_path_of_its_own():
    bases = (("web", "http://127.0.0.1:8080/eljur"),)
    place = place_of("http://127.0.0.1:8080/eljur/storage/a.pdf", bases)
    assert place is not None
    assert place.path == "/storage/a.pdf"
    assert place_of("http://127.0.0.1:8080/other/a.pdf", bases) is None


@pytest.mark.parametrize("keys", [("web",), ("web", "a.pdf"), ("web", "/a", "q", "more"), ()])
def test_other_keys_name_no_place(keys):
    assert place_of_keys(keys) is None


@given(st.text(max_size=60))
def test_no_address_leads_anywhere_but_to_a_host_of_the_school(address):
    place = place_of(address, BASES)
    if place is not None:
        assert place.role in {"web", "api"}
        assert place.path.startswith("/")
        assert urlsplit(address).netloc.lower() in {"", "sch1.eljur.ru", "api.eljur.ru"}
