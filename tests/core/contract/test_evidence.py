"""Marks of evidence in wire types."""

import sys
from typing import Annotated

import msgspec

from gateway.core.contract.evidence import (
    Assumed,
    Documented,
    Seen,
    evidence_of,
    wire_structs,
)


class Parent(msgspec.Struct, frozen=True):
    id: Annotated[int, Seen(3)]
    name: Annotated[str | None, Documented()] = None


class Child(Parent, frozen=True):
    words: Annotated[list[str] | None, Assumed("its twin has it")] = None
    bare: str = ""


def test_marks_are_found_also_in_inherited_fields():
    assert evidence_of(Child) == {
        "id": Seen(3),
        "name": Documented(),
        "words": Assumed("its twin has it"),
    }


def test_a_field_without_a_mark_is_left_out():
    assert "bare" not in evidence_of(Child)


def test_only_types_of_the_module_itself_are_listed():
    assert set(wire_structs((__name__,))) == {Parent, Child}
    assert wire_structs(("msgspec.json",)) == ()
    assert __name__ in sys.modules


def test_decoding_passes_marks_over():
    decoded = msgspec.json.decode(b'{"id": "7", "words": null}', type=Child, strict=False)
    assert decoded == Child(id=7)
