import pickle
import re

import pytest

from gateway.core import errors
from gateway.core.errors import ERRORS, GatewayError


def test_every_class_of_the_tree_is_exported() -> None:
    def walk(root: type[GatewayError]) -> set[type[GatewayError]]:
        return {root}.union(*(walk(child) for child in root.__subclasses__()))

    ours = {item for item in walk(GatewayError) if item.__module__.startswith("gateway.core")}
    assert {item.__name__ for item in ours} <= set(errors.__all__)


def test_codes_are_stable_words_and_each_stands_for_one_class() -> None:
    classes = [getattr(errors, name) for name in errors.__all__ if name[0].isupper()]
    own = [
        item.code
        for item in classes
        if isinstance(item, type) and issubclass(item, GatewayError) and "code" in vars(item)
    ]
    assert len(own) == len(set(own)) == len(ERRORS)
    assert all(re.fullmatch(r"[a-z]+\.[a-z0-9_]+", code) for code in own)


@pytest.mark.parametrize("error", ERRORS.values(), ids=lambda item: item.code)
def test_every_error_tells_the_person_in_both_languages(error: type[GatewayError]) -> None:
    assert re.search("[а-яё]", error.text.ru)
    assert not re.search("[а-яё]", error.text.en)
    assert error.text.ru.endswith((".", "!", "?"))
    assert error.text.en.endswith((".", "!", "?"))


@pytest.mark.parametrize("error", ERRORS.values(), ids=lambda item: item.code)
def test_every_error_is_a_problem_document_and_survives_pickling(
    error: type[GatewayError],
) -> None:
    made = error("what happened")
    made.provider = "sample"
    problem = made.to_problem("en")
    assert problem["code"] == error.code
    assert problem["provider"] == "sample"
    copy = pickle.loads(pickle.dumps(made))
    assert type(copy) is error
    assert copy.to_problem("en") == problem


def test_an_error_keeps_the_place_it_knows_already() -> None:
    error = GatewayError(provider="first").located(provider="second", operation="list_marks")
    assert (error.provider, error.operation) == ("first", "list_marks")
