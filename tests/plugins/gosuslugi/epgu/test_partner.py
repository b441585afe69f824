"""Nothing can be pushed but what a partner's own template has made."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.contract.capability import Capability, Support, native
from gateway.core.errors import ConfigurationError, MissingSetting, NotSupported
from gateway_gosuslugi.declaration import GOSUSLUGI
from gateway_gosuslugi.emulator.epgu.contract import TEMPLATE, partner_settings
from gateway_gosuslugi.epgu.archive import LEAST_PART, parts_of, zipped
from gateway_gosuslugi.epgu.capabilities import narrowed
from gateway_gosuslugi.epgu.form import read_form
from gateway_gosuslugi.epgu.partner import Filing, Partner, partner_of
from gateway_gosuslugi.epgu.settings import PartnerSettings
from gateway_gosuslugi.epgu.template import LARGEST, Template
from tests.plugins.gosuslugi.epgu.support import FIELDS, PDF, TODAY

GUID = UUID("00000000-0000-4000-8000-000000000001")
LOOPBACK = {"epgu": "http://127.0.0.1:8000"}
OWN = '<a xmlns="urn:example"><b>{{child_surname}}</b><c>{{ okato }}</c></a>'


def partner(tmp_path: Path, text: str = OWN, **settings: object) -> Partner:
    path = tmp_path / "own.xml"
    path.write_text(text, encoding="utf-8")
    given_ = {**partner_settings(), "epgu_template": path, **settings}
    return partner_of(PartnerSettings.model_validate(given_), {"epgu": "https://www.gosuslugi.ru"})


def opened(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_a_filing_holds_the_partners_file_and_the_attachments(tmp_path: Path) -> None:
    form = read_form(FIELDS, today=TODAY, files=(PDF, PDF))
    filing = Filing(partner(tmp_path), form, GUID)

    assert filing.meta == {
        "region": "27000000000",
        "serviceCode": "00000000000",
        "targetCode": "-00000000000",
    }
    assert opened(filing.archive()) == {
        f"req_{GUID}.xml": (
            '<a xmlns="urn:example"><b>Вымыслова</b><c>27000000000</c></a>'.encode()
        ),
        "1_паспорт.pdf": PDF[2],
        "2_паспорт.pdf": PDF[2],
    }


def test_an_accompanying_file_stands_beside_it(tmp_path: Path) -> None:
    beside = tmp_path / "beside.xml"
    beside.write_text("<t>{{guid}}</t>", encoding="utf-8")
    made = partner(tmp_path, epgu_transport_template=beside)
    filing = Filing(made, read_form(FIELDS, today=TODAY), GUID)

    assert opened(filing.archive())[f"trans_{GUID}.xml"] == f"<t>{GUID}</t>".encode()


@pytest.mark.parametrize("lacking", ["epgu_service_code", "epgu_target_code", "epgu_template"])
def test_there_is_no_partner_without_a_contract(lacking: str) -> None:
    settings = PartnerSettings.model_validate({**partner_settings(), lacking: None})
    with pytest.raises(NotSupported):
        partner_of(settings, LOOPBACK)


@pytest.mark.parametrize(("service", "target"), [("", "-1"), ("1", "")])
def test_a_partner_cannot_be_made_past_its_contract(service: str, target: str) -> None:
    template = Template(OWN, {"child_surname", "okato"}, about_child=True)
    with pytest.raises(MissingSetting):
        Partner(service, target, template, "r.xml", None, "t.xml", False, "1.13")


def test_a_filing_without_its_number_cannot_be_made(tmp_path: Path) -> None:
    made = partner(tmp_path, "<a>{{child_snils}} {{order}}</a>", epgu_number_inside=True)
    form = read_form(FIELDS, today=TODAY)
    with pytest.raises(ConfigurationError):
        Filing(made, form, GUID)
    assert opened(Filing(made, form, GUID, 17).archive())[f"req_{GUID}.xml"] == (
        b"<a>000-000-003 03 17</a>"
    )


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("<a>{{child_surname}}", {}),
        ("<a>{{somebody_else}}{{child_surname}}</a>", {}),
        ("<a>{{applicant_surname}}</a>", {}),
        ("<a>{{child_surname}} {{ broken}</a>", {}),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>{{child_surname}}</a>', {}),
        ("<a>{{child_surname}}{{order}}</a>", {}),
        ("<a>{{child_surname}}</a>", {"epgu_number_inside": True}),
        ("<a>{{child_surname}}</a>" + " " * LARGEST, {}),
    ],
)
def test_a_template_that_cannot_serve_is_refused(
    tmp_path: Path, text: str, settings: dict[str, object]
) -> None:
    with pytest.raises(ConfigurationError):
        partner(tmp_path, text, **settings)


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    given_ = {**partner_settings(), "epgu_template": tmp_path / "nowhere.xml"}
    with pytest.raises(ConfigurationError):
        partner_of(PartnerSettings.model_validate(given_), LOOPBACK)


@pytest.mark.parametrize(
    ("url", "passes"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("https://www.gosuslugi.ru", False),
        ("https://127.0.0.1.example.org", False),
        ("", False),
    ],
)
def test_the_template_of_the_sandbox_stays_on_this_machine(url: str, passes: bool) -> None:
    settings = PartnerSettings.model_validate(partner_settings())
    if passes:
        assert partner_of(settings, {"epgu": url}).service_code == "00000000000"
    else:
        with pytest.raises(ConfigurationError):
            partner_of(settings, {"epgu": url})


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=30))
def test_no_value_can_change_the_shape_of_the_file(value: str) -> None:
    template = Template(
        '<a b="{{child_surname}}">{{child_surname}}</a>', {"child_surname"}, about_child=True
    )
    root = ET.fromstring(template.filled({"child_surname": value}))
    assert (root.tag, root.get("b"), root.text or "") == ("a", value, value)
    assert list(root) == []


def test_the_sandboxs_template_asks_only_for_what_the_form_has() -> None:
    settings = PartnerSettings.model_validate(partner_settings())
    asked = partner_of(settings, LOOPBACK).template.asked
    assert "{{" in TEMPLATE.read_text(encoding="utf-8")
    assert {"child_snils", "applicant_snils", "school_name"} <= asked


def test_the_declaration_is_closed_for_whoever_is_no_partner() -> None:
    opened_ = {**GOSUSLUGI.capabilities, Capability.APPLICATIONS: native()}
    declaration = replace(GOSUSLUGI, capabilities=opened_)
    closed = narrowed(declaration, PartnerSettings())
    configured = narrowed(declaration, PartnerSettings.model_validate(partner_settings()))

    assert closed.supports(Capability.APPLICATIONS).support is Support.UNSUPPORTED
    assert configured.supports(Capability.APPLICATIONS).support is Support.NATIVE


@given(st.integers(1, 3 * LEAST_PART), st.integers(LEAST_PART, 2 * LEAST_PART))
def test_parts_make_the_whole_again_within_the_limits(length: int, size: int) -> None:
    content = b"x" * length
    parts = parts_of("a", content, size=size)

    assert sum(len(part.content) for part in parts) == length
    assert [part.index for part in parts] == list(range(len(parts)))
    assert all(part.count == len(parts) for part in parts)
    assert all(len(part.content) == size for part in parts[:-1])
    assert 0 < len(parts[-1].content) <= size
    assert parts[0].name == ("a.zip" if len(parts) == 1 else "a.z001")


@pytest.mark.parametrize(
    ("content", "size"), [(b"", LEAST_PART), (b"x", 4_999_999), (b"x", 50_000_001)]
)
def test_parts_outside_the_limits_are_not_made(content: bytes, size: int) -> None:
    with pytest.raises(ValueError, match="5 to 50"):
        parts_of("a", content, size=size)


@pytest.mark.parametrize("names", [("a", "a"), ("a/b",), ("a\\b",)])
def test_an_archive_is_flat_and_its_names_differ(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="flat"):
        zipped([(name, b"") for name in names])


def test_the_same_files_make_the_same_archive() -> None:
    files = [("a.xml", b"<a/>"), ("b.pdf", b"%PDF-")]
    assert zipped(files) == zipped(files)
