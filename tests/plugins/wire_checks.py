"""What every wire type of every plugin has to keep."""

import pkgutil
from types import ModuleType
from typing import ClassVar

import pytest

from gateway.core.contract.evidence import Seen, evidence_of, wire_structs


class WireChecks:
    """Every field of a wire type tells how sure it is; a provider's tests inherit this."""

    package: ClassVar[ModuleType]
    """Lists its modules of wire types as `MODULES`."""

    helpers: ClassVar[frozenset[str]] = frozenset({"base"})
    """Modules of the package that hold no wire types."""

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """A test takes every wire type."""
        if "struct" in metafunc.fixturenames:
            structs = wire_structs(self.package.MODULES)
            metafunc.parametrize("struct", structs, ids=lambda item: item.__name__)

    def test_all_modules_of_the_package_are_listed(self):
        found = {item.name for item in pkgutil.iter_modules(self.package.__path__)}
        assert {name.rpartition(".")[2] for name in self.package.MODULES} == found - self.helpers

    def test_every_field_has_its_mark(self, struct):
        marks = evidence_of(struct)
        assert set(marks) == set(struct.__struct_fields__)
        assert all(mark.clients > 0 for mark in marks.values() if isinstance(mark, Seen))

    def test_wire_types_are_frozen_and_out_of_the_collectors_way(self, struct):
        assert struct.__struct_config__.frozen
        assert not struct.__struct_config__.gc
