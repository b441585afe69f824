from datetime import date
from functools import cache

import pytest

from gateway.sandbox.esia.headless import answer
from gateway.sandbox.esia.pages import form, path_of
from gateway.sandbox.esia.sign_ins import SignIn, SignIns
from gateway.sandbox.esia.stand_in import TRIES, Refusal, Stage, StandIn, Standing
from gateway.sandbox.world import World, WorldState, build_world
from gateway.sandbox.world import model as m


@cache
def the_world() -> World:
    return build_world(1, date(2026, 2, 12))


def stand_in(*, asks: bool = False) -> StandIn:
    return StandIn(the_world(), WorldState(the_world()), asks_consent=lambda _: asks)


def sign_in() -> SignIn[str]:
    return SignIns[str](lambda: "1").begin("purpose")


def identity(key: str) -> m.EsiaIdentity:
    return the_world().esia_identity(key)


def give(gate: StandIn, request: SignIn[str], key: str, password: str | None = None) -> Standing:
    who = identity(key)
    return gate.give_password(request, who.logins[0], password or who.password)


def test_a_password_is_enough_without_a_second_factor() -> None:
    gate, request = stand_in(), sign_in()
    assert gate.stage(request) is Stage.PASSWORD
    assert give(gate, request, "esia-mother-c") == Standing(Stage.DONE)
    assert gate.identity(request) == identity("esia-mother-c")


def test_a_second_factor_is_asked_and_its_errors_are_mended() -> None:
    gate, request = stand_in(), sign_in()
    assert give(gate, request, "esia-mother-a") == Standing(Stage.CODE)
    assert gate.give_code(request, "000000") == Standing(Stage.CODE, Refusal.WRONG_CODE)
    assert gate.give_code(request, " 123456 ") == Standing(Stage.DONE)


def test_a_code_without_a_password_leads_back() -> None:
    assert stand_in().give_code(sign_in(), "123456") == Standing(Stage.PASSWORD)


def test_another_password_asks_the_second_factor_again() -> None:
    gate, request = stand_in(), sign_in()
    give(gate, request, "esia-mother-a")
    gate.give_code(request, "123456")
    assert give(gate, request, "esia-mother-a") == Standing(Stage.CODE)


def test_a_consent_is_asked_once_of_everybody() -> None:
    gate, request = stand_in(asks=True), sign_in()
    assert gate.give_consent(request) == Standing(Stage.PASSWORD)
    assert give(gate, request, "esia-mother-c") == Standing(Stage.CONSENT)
    assert gate.give_consent(request) == Standing(Stage.DONE)
    assert give(gate, sign_in(), "esia-mother-c") == Standing(Stage.DONE)
    assert give(gate, sign_in(), "esia-student-1") == Standing(Stage.CONSENT)


def test_wrong_passwords_close_the_way_and_a_right_one_forgives_them() -> None:
    gate, request = stand_in(), sign_in()
    wrong = Standing(Stage.PASSWORD, Refusal.WRONG_PASSWORD)
    assert gate.give_password(request, "nobody@example.org", "x") == wrong
    for _ in range(TRIES - 1):
        assert give(gate, request, "esia-mother-c", "x") == wrong
    assert give(gate, request, "esia-mother-c").stage is Stage.DONE
    for _ in range(TRIES):
        assert give(gate, request, "esia-mother-c", "x") == wrong
    assert give(gate, request, "esia-mother-c").refusal is Refusal.LOCKED
    assert give(gate, sign_in(), "esia-legal-guardian-d").refusal is Refusal.LOCKED


def test_sign_ins_end() -> None:
    book = SignIns[str](lambda: "1")
    request = book.begin("purpose")
    assert book.find("1") is request
    book.end(request)
    assert book.find("1") is None


@pytest.mark.parametrize(
    "standing, expected",
    [
        (Standing(Stage.DONE), {"action": "DONE", "redirect_url": "https://x.example"}),
        (Standing(Stage.CONSENT), {"action": "GRANT_SCOPE_ACCESS"}),
        (Standing(Stage.PASSWORD), {"failed": "INVALID_PASSWORD"}),
        (Standing(Stage.CODE, Refusal.WRONG_CODE), {"failed": "INVALID_OTP"}),
        (Standing(Stage.PASSWORD, Refusal.LOCKED), {"failed": "ACCOUNT_LOCKED"}),
    ],
)
def test_headless_answers(standing: Standing, expected: dict[str, object]) -> None:
    assert answer(standing, None, "https://x.example") == expected


@pytest.mark.parametrize("key, kind", [("esia-mother-a", "SMS"), ("esia-mother-d", "TTP")])
def test_headless_answers_name_the_second_factor(key: str, kind: str) -> None:
    found = answer(Standing(Stage.CODE), identity(key), None)
    assert found["action"] == "ENTER_MFA"
    details = found["mfa_details"]
    assert isinstance(details, dict)
    assert details["type"] == kind


@pytest.mark.parametrize("stage", [Stage.PASSWORD, Stage.CODE, Stage.CONSENT])
def test_forms_lead_to_their_stage_and_escape_what_they_carry(stage: Stage) -> None:
    page = bytes(form(Standing(stage), "https://x.example", '"><script>').body).decode()
    assert f'action="https://x.example/{path_of(stage)}"' in page
    assert "<script>" not in page
