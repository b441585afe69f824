"""Every field of a wire type tells how sure it is."""

import pkgutil

import pytest

import gateway_gosuslugi.myschool.wire
from gateway.core.contract.evidence import Seen, evidence_of, wire_structs
from gateway_gosuslugi.myschool.wire import MODULES

STRUCTS = wire_structs(MODULES)
HELPERS = {"base"}


def test_all_modules_of_the_package_are_listed():
    found = {item.name for item in pkgutil.iter_modules(gateway_gosuslugi.myschool.wire.__path__)}
    assert {name.rpartition(".")[2] for name in MODULES} == found - HELPERS


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda item: item.__name__)
def test_every_field_has_its_mark(struct):
    marks = evidence_of(struct)
    assert set(marks) == set(struct.__struct_fields__)
    assert all(mark.clients > 0 for mark in marks.values() if isinstance(mark, Seen))


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda item: item.__name__)
def test_wire_types_are_frozen_and_out_of_the_collectors_way(struct):
    assert struct.__struct_config__.frozen
    assert not struct.__struct_config__.gc
