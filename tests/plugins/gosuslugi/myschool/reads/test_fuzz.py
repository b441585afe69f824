"""Whatever comes over the wire ends in models or in the error tree."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.plugins.fuzzing import JUNK, read, spoiled_cases, with_answer
from tests.plugins.gosuslugi.support import cases

CASES = [case for case in cases() if case.data["exchanges"]]


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoiled_cases(CASES))
def test_spoiled_answers_escape_as_nothing_but_gateway_errors(case):
    read(case)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(CASES), JUNK)
def test_any_json_in_place_of_an_answer_is_drift_or_nothing(case, junk):
    read(with_answer(case, junk))
