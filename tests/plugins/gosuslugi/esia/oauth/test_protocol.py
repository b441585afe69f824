"""What is signed, asked for and refused, without any network."""

import base64
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.core.errors import (
    ERRORS,
    ClientRejected,
    ClockDrift,
    ConsentRefused,
    GatewayError,
    IdentityTooWeak,
    InteractionRequired,
    LoginError,
    ProviderUnavailable,
    Refused,
    SignInCancelled,
)
from gateway_gosuslugi.esia.crypto.signer import SignatureForm
from gateway_gosuslugi.esia.crypto.streebog import streebog256
from gateway_gosuslugi.esia.oauth.consents import (
    JOURNAL_SCOPES,
    Permission,
    is_journal,
    journal,
    permissions_text,
)
from gateway_gosuslugi.esia.oauth.generations import (
    Generation,
    secret_text,
    signed_for_code,
    signed_for_token,
    timestamp,
)
from gateway_gosuslugi.esia.oauth.pkce import challenge_of, new_verifier
from gateway_gosuslugi.esia.oauth.refusals import REFUSALS, code_in, refusal_of
from gateway_gosuslugi.esia.oauth.system import (
    Options,
    RelyingParty,
    Who,
    address,
    code_fields,
    logout_address,
    token_fields,
)

FIELDS = {
    "client_id": "DEMO01",
    "scope": "openid fullname",
    "scope_org": "org_shortname",
    "timestamp": "2030.01.25 14:36:11 +0300",
    "state": "6f1c2d3e-0000-4a5b-8c9d-0123456789ab",
    "redirect_uri": "https://diary.example.org/cb",
    "code": "opaque",
    "refresh_token": "r-1",
}
NEW = (
    "DEMO01openid fullnameorg_shortname2030.01.25 14:36:11 +0300"
    "6f1c2d3e-0000-4a5b-8c9d-0123456789abhttps://diary.example.org/cb"
)
PARTY = RelyingParty(
    client_id="DEMO01", redirect_uri="https://diary.example.org/cb", certificate_hash="AB12"
)


class TestSignedText:
    def test_the_old_generation(self) -> None:
        told = "openid fullname2030.01.25 14:36:11 +0300DEMO016f1c2d3e-0000-4a5b-8c9d-0123456789ab"
        fields = {**FIELDS, "grant_type": "authorization_code"}
        assert signed_for_code(Generation.OLD, FIELDS).decode() == told
        assert signed_for_token(Generation.OLD, fields).decode() == told

    def test_the_new_generation(self) -> None:
        assert signed_for_code(Generation.NEW, FIELDS).decode() == NEW
        fields = {**FIELDS, "grant_type": "authorization_code"}
        assert signed_for_token(Generation.NEW, fields).decode() == NEW + "opaque"

    def test_what_is_not_used_is_empty(self) -> None:
        without = {key: value for key, value in FIELDS.items() if key != "scope_org"}
        told = signed_for_code(Generation.NEW, without).decode()
        assert told == NEW.replace("org_shortname", "")

    def test_refresh_and_the_systems_own_request(self) -> None:
        refresh = {**FIELDS, "grant_type": "refresh_token"}
        assert signed_for_token(Generation.NEW, refresh).decode() == (
            "DEMO01openid fullname2030.01.25 14:36:11 +03006f1c2d3e-0000-4a5b-8c9d-0123456789abr-1"
        )
        own = {**FIELDS, "grant_type": "client_credentials"}
        assert signed_for_token(Generation.NEW, own).decode() == NEW.replace("org_shortname", "")

    def test_a_moment_is_told_with_its_zone(self) -> None:
        moment = datetime(2030, 1, 25, 14, 36, 11, 999, tzinfo=timezone(timedelta(hours=3)))
        assert timestamp(moment) == "2030.01.25 14:36:11 +0300"
        assert timestamp(moment.astimezone(UTC)) == "2030.01.25 11:36:11 +0000"

    @given(st.binary(min_size=1, max_size=80))
    def test_a_secret_survives_the_address(self, signature: bytes) -> None:
        url = address("https://esia.example", "/ac", {"client_secret": secret_text(signature)})
        (told,) = parse_qs(urlsplit(url).query)["client_secret"]
        assert base64.urlsafe_b64decode(told) == signature
        assert not set(told) & {"+", "/"}

    def test_each_generation_has_its_form(self) -> None:
        assert Generation.OLD.form is SignatureForm.DETACHED
        assert Generation.NEW.form is SignatureForm.RAW


class TestRequests:
    def test_spaces_become_percent_twenty(self) -> None:
        fields = code_fields(
            PARTY, scope=("openid", "snils"), state="s", now=FIELDS["timestamp"], options=Options()
        )
        url = address("https://esia.gosuslugi.ru", Generation.NEW.authorize_path, fields)
        assert "scope=openid%20snils" in url
        assert "timestamp=2030.01.25%2014%3A36%3A11%20%2B0300" in url
        assert "client_certificate_hash=AB12" in url
        assert "access_type=online" in url

    def test_everything_else_that_may_be_asked(self) -> None:
        options = Options(
            offline=True, who=Who.CHILDREN, kinds=("P", "B"), roles=("E",), popup=True
        )
        fields = code_fields(PARTY, scope=("openid",), state="s", now="t", options=options)
        assert fields["access_type"] == "offline"
        assert base64.b64decode(fields["person_filter"]) == b"acc_kid"
        assert (fields["obj_type"], fields["roles"], fields["display"]) == ("P B", "E", "popup")

    def test_a_refresh_names_no_address_in_the_new_generation(self) -> None:
        grant = {"grant_type": "refresh_token", "refresh_token": "r"}
        fields = token_fields(PARTY, grant, scope=("openid",), state="s", now="t")
        assert "redirect_uri" not in fields
        assert fields["refresh_token"] == "r"

    def test_signing_out_says_redirect_url(self) -> None:
        url = logout_address("https://esia.gosuslugi.ru", "DEMO01", "https://diary.example.org/")
        assert parse_qs(urlsplit(url).query) == {
            "client_id": ["DEMO01"],
            "redirect_url": ["https://diary.example.org/"],
        }


class TestPkce:
    def test_a_verifier_has_43_characters_and_is_fresh(self) -> None:
        made = {new_verifier() for _ in range(20)}
        assert len(made) == 20
        assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", item) for item in made)

    def test_the_challenge_is_streebog_without_padding(self) -> None:
        told = challenge_of("a" * 43)
        assert base64.urlsafe_b64decode(told + "=") == streebog256(b"a" * 43)


class TestConsents:
    def test_the_guidelines_own_case(self) -> None:
        told = json.loads(base64.urlsafe_b64decode(permissions_text([journal("Иванова И.")])))
        (asked,) = told
        assert asked["sysname"] == "EDU_JOURNAL"
        assert asked["purposes"] == [{"sysname": "EDU_JOURNAL"}]
        assert asked["actions"] == [{"sysname": "ALL_ACTIONS_TO_DATA"}]
        assert asked["expire"] == 525600
        assert asked["responsibleObject"] == "Иванова И."
        assert [item["sysname"] for item in asked["scopes"]] == list(JOURNAL_SCOPES)

    def test_only_what_is_required(self) -> None:
        told = json.loads(
            base64.urlsafe_b64decode(
                permissions_text([Permission(sysname="X", purposes=("Y",), scopes=("snils",))])
            )
        )
        assert set(told[0]) == {"sysname", "purposes", "actions", "scopes"}

    @pytest.mark.parametrize(
        ("name", "is_one"), [("EDU_JOURNAL", True), ("EDU_JORNAL", True), ("APIPGU", False)]
    )
    def test_both_spellings(self, name: str, is_one: bool) -> None:
        assert is_journal(name) is is_one


DOCUMENTED = (
    *("007002", "007003", "007004", "007005", "007006", "007007", "007008", "007009", "007011"),
    *("007012", "007013", "007014", "007015", "007019", "007023", "007036", "007038", "007039"),
    *("007040", "007046", "007053", "007055", "007060", "007061", "007062", "007071", "007194"),
    *("008010", "036746", "005013", "005029", "020203", "035000"),
)


class TestRefusals:
    @pytest.mark.parametrize("code", DOCUMENTED)
    def test_every_documented_code_has_its_class(self, code: str) -> None:
        error = refusal_of("invalid_request", f"ESIA-{code}: слова Госуслуг", status=400)
        assert type(error) is REFUSALS[code].error
        assert ERRORS[error.code] is type(error)
        assert error.context["esia_code"] == f"ESIA-{code}"
        assert "слова" not in str(error)
        assert error.http_status == 400

    def test_and_none_beside_them(self) -> None:
        assert set(REFUSALS) == set(DOCUMENTED)

    @pytest.mark.parametrize(
        ("code", "reason"), [("007027", "expired"), ("007028", "revoked"), ("007011", "refused")]
    )
    def test_a_lost_refresh_token_needs_the_person(self, code: str, reason: str) -> None:
        error = refusal_of("x", f"ESIA-{code}: …", refreshing=True)
        assert isinstance(error, InteractionRequired)
        assert error.reason == reason

    def test_a_spent_code_is_another_thing(self) -> None:
        assert type(refusal_of("invalid_grant", "ESIA-007011: …")) is LoginError

    @pytest.mark.parametrize("code", ["036701", "036720", "036745"])
    def test_all_codes_of_consents(self, code: str) -> None:
        assert isinstance(refusal_of("access_denied", f"ESIA-{code}"), ConsentRefused)

    @pytest.mark.parametrize(
        ("word", "error"),
        [
            ("access_denied", SignInCancelled),
            ("server_error", ProviderUnavailable),
            ("temporarily_unavailable", ProviderUnavailable),
            ("invalid_client", ClientRejected),
            ("invalid_scope", ClientRejected),
            ("something_new", LoginError),
        ],
    )
    def test_a_word_alone_will_do(self, word: str, error: type[GatewayError]) -> None:
        assert isinstance(refusal_of(word, None), error)

    def test_a_new_code_goes_by_its_word(self) -> None:
        assert isinstance(refusal_of("invalid_client", "ESIA-999999: …"), ClientRejected)
        assert "ESIA-999999" in str(refusal_of("new_word", "ESIA-999999: …"))
        assert isinstance(refusal_of(None, "ESIA-999999"), Refused)

    def test_who_can_mend_it_is_told(self) -> None:
        assert refusal_of("", "ESIA-007015").actor.value == "operator"
        assert isinstance(refusal_of("", "ESIA-007015"), ClockDrift)
        assert isinstance(refusal_of("", "ESIA-007055"), IdentityTooWeak)
        assert refusal_of("", "ESIA-007055").actor.value == "person"

    @given(st.text(max_size=200), st.text(max_size=80))
    def test_nothing_of_a_strange_answer_is_repeated(self, description: str, word: str) -> None:
        error = refusal_of(word, f"{description}\n<script>")
        assert "<script>" not in str(error)
        assert code_in("x" * 600 + "ESIA-007053") is None
