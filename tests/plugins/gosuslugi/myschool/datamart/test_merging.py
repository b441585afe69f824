"""Deltas merged into what is held equal the snapshot."""

from hypothesis import given
from hypothesis import strategies as st

from gateway_gosuslugi.emulator.myschool.versions import Versions, identified
from gateway_gosuslugi.myschool.datamart.merging import merged, record_key

VALUES = st.dictionaries(st.sampled_from(("value", "comment")), st.text(max_size=5), max_size=2)
STATES = st.dictionaries(st.text("abc123", min_size=1, max_size=3), VALUES, max_size=8)


def records(state):
    return [{"id": key, **values} for key, values in state.items()]


def by_key(found):
    return {record_key(record): record for record in found}


@given(STATES, STATES)
def test_a_base_with_its_delta_is_the_snapshot(before, after):
    delta = [{**record, "obj_id": record["id"]} for record in records(after)]
    gone = [{"obj_id": key, "obj_action": "delete"} for key in before if key not in after]
    found = merged(records(before), [*gone, *delta])
    assert by_key(found) == by_key(delta)


@given(STATES, STATES)
def test_what_the_emulator_tells_of_a_change_makes_its_snapshot(before, after):
    old, new = (identified(records(state), ("id",)) for state in (before, after))
    versions = Versions()
    delta = versions.changes(versions.keep(old), new)
    assert by_key(merged(old, delta)) == by_key(new)


@given(STATES)
def test_a_delta_that_came_twice_changes_nothing_more(state):
    delta = [*records(state), {"obj_id": "gone", "obj_action": "delete"}]
    once = merged([{"id": "gone"}, {"id": "kept"}], delta)
    assert merged(once, delta) == once


def test_a_record_without_a_key_makes_merging_impossible():
    assert merged([{"value": "4"}], []) is None
    assert merged([], [{"obj_id": None, "value": "4"}]) is None


def test_a_snapshot_without_obj_id_is_found_by_its_own_key():
    held = [{"lesson_id": "100-alg", "theme": "a"}, {"marks_id": 7}]
    changed = [{"obj_id": "100-alg", "theme": "b"}, {"obj_id": "7", "obj_action": "delete"}]
    assert merged(held, changed) == [{"obj_id": "100-alg", "theme": "b"}]


def test_a_deletion_of_what_is_not_held_is_no_matter():
    assert merged([{"id": "a"}], [{"obj_id": "b", "obj_action": "delete"}]) == [{"id": "a"}]
