import copy
import pickle
from decimal import Decimal
from enum import StrEnum
from typing import get_args

import pytest
from pydantic import ValidationError

import gateway.core.model as diary_model
from gateway.core.model import NOT_LOADED, Lesson, Mark, Model, NotLoaded

MODELS = [
    item
    for item in vars(diary_model).values()
    if isinstance(item, type) and issubclass(item, Model) and item is not Model
]


def test_not_loaded_is_one_falsy_thing() -> None:
    assert not NOT_LOADED
    assert NotLoaded() is NOT_LOADED
    assert copy.deepcopy(NOT_LOADED) is NOT_LOADED
    assert pickle.loads(pickle.dumps(NOT_LOADED)) is NOT_LOADED


def test_not_loaded_is_left_out_of_json_and_restored() -> None:
    mark = Mark(id="a:mark:1", text="5")
    assert mark.weight is NOT_LOADED
    document = mark.model_dump_json()
    assert "weight" not in document
    assert Mark.model_validate_json(document) == mark


def test_none_and_not_loaded_are_two_things() -> None:
    told = Mark(id="a:mark:1", text="5", weight=None, comment=None)
    assert told.weight is None
    assert '"weight":null' in told.model_dump_json()


def test_numbers_keep_their_decimals() -> None:
    mark = Mark.model_validate({"id": "a:mark:1", "text": "4,5", "value": "4.50"})
    assert mark.value == Decimal("4.50")
    assert '"value":"4.50"' in mark.model_dump_json()


@pytest.mark.parametrize("model", MODELS, ids=lambda item: item.__name__)
def test_models_are_closed_frozen_and_described(model: type[Model]) -> None:
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"
    for name, field in model.model_fields.items():
        assert field.description, f"{model.__name__}.{name} has no description"


@pytest.mark.parametrize("model", MODELS, ids=lambda item: item.__name__)
def test_collections_are_tuples_and_there_are_no_mappings(model: type[Model]) -> None:
    for name, field in model.model_fields.items():
        text = str(field.annotation)
        assert "list[" not in text, f"{model.__name__}.{name}"
        assert "dict[" not in text, f"{model.__name__}.{name}"


@pytest.mark.parametrize("model", MODELS, ids=lambda item: item.__name__)
def test_an_enum_field_has_the_providers_word_beside_it(model: type[Model]) -> None:
    own_words = {"scale", "kind", "status"}
    for name, field in model.model_fields.items():
        options = get_args(field.annotation) or (field.annotation,)
        for option in options:
            if isinstance(option, type) and issubclass(option, StrEnum):
                assert "unknown" in {item.value for item in option} or name == "scale"
                if f"{name}_text" not in model.model_fields:
                    # The printed sign is the word of a result's status; an account's own scale.
                    assert name in own_words, f"{model.__name__}.{name}"


def test_models_cannot_be_changed() -> None:
    mark = Mark(id="a:mark:1", text="5")
    with pytest.raises(ValidationError):
        mark.text = "2"  # type: ignore[misc]


def test_an_error_of_a_model_does_not_tell_the_value() -> None:
    with pytest.raises(ValidationError) as caught:
        Lesson.model_validate(
            {"id": "a:lesson:1", "date": "Примеров Иван", "subject": {"name": "x"}}
        )
    assert "Примеров" not in str(caught.value)
