"""The short ways of declaring what a provider can do."""

import inspect
from dataclasses import replace

from gateway.core.contract.capability import Support, native, unverified
from gateway.core.errors import Text
from gateway.core.model.people import Role


def test_what_is_unverified_is_narrowed_as_what_is_native() -> None:
    narrowing = {name for name in inspect.signature(native).parameters if name != "emulated"}
    assert set(inspect.signature(unverified).parameters) == {"ru", "en", *narrowing}
    for part in (
        {"roles": frozenset({Role.GUARDIAN})},
        {"max_days": 7, "splittable": False},
        {"methods": frozenset({"cookies"}), "current_year_only": True},
        {"absent": frozenset({"Lesson.room"}), "side_effect": True},
        {"invalidates": frozenset({"list_marks"})},
    ):
        known = native(**part)  # type: ignore[arg-type]  # as a table
        unknown = unverified("Не проверено.", "Not verified.", **part)  # type: ignore[arg-type]
        reason = Text("Не проверено.", "Not verified.")
        assert unknown == replace(known, support=Support.UNKNOWN, reason=reason)
