"""A registered system against the sandbox: both generations, markers, refusals, consents."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from pydantic import SecretStr

from gateway.core.errors import (
    CertificateInvalid,
    ClientRejected,
    ClockDrift,
    ConfigurationError,
    ConsentRefused,
    ForgedState,
    GatewayError,
    IdentityTooWeak,
    IllegalAnswer,
    InteractionRequired,
    InvalidRequest,
    LoginError,
    ReplayedState,
)
from gateway_gosuslugi.esia.client import EsiaClient
from gateway_gosuslugi.esia.crypto.signer import SignatureForm
from gateway_gosuslugi.esia.crypto.verifier import CertificateVerifier
from gateway_gosuslugi.esia.levels import Level
from gateway_gosuslugi.esia.oauth.consents import is_journal, journal
from gateway_gosuslugi.esia.oauth.generations import Generation
from gateway_gosuslugi.esia.oauth.system import Asked, Options, RelyingParty, Who
from tests.plugins.gosuslugi.esia.keys import needs_gost, rsa_files
from tests.plugins.gosuslugi.esia.stand import (
    CALLBACK,
    CONFIRMED,
    DEMO,
    LOCKED,
    MOTHER,
    PUPIL,
    TOTP,
    WEAK,
    Stand,
    serving,
    sign_in,
)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving() as found:
        yield found


@pytest.fixture
def stand(tmp_path: Path, origin: str) -> Stand:
    return Stand(origin, tmp_path)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Stand]:
    with serving() as found:
        yield Stand(found, tmp_path)


def changed(url: str, **fields: str | None) -> str:
    """An address with other fields."""
    told = {**dict(parse_qsl(urlsplit(url).query)), **fields}
    query = urlencode({name: value for name, value in told.items() if value is not None})
    return f"{url.partition('?')[0]}?{query}"


class TestOldGeneration:
    async def test_a_person_signs_in(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            tokens = await esia.finish(asked, sign_in(asked.url, CONFIRMED))

        assert "/aas/oauth2/ac?" in asked.url
        assert tokens.identity is not None
        assert tokens.identity.level is Level.CONFIRMED
        assert tokens.identity.is_confirmed
        assert not tokens.identity.with_second_factor
        assert tokens.access.oid == tokens.oid == tokens.identity.oid
        assert "fullname" in tokens.access.scopes
        assert tokens.refresh_token is None
        assert tokens.access_token.get_secret_value() not in repr(tokens)

    async def test_another_systems_key_is_told_apart(self, fresh: Stand) -> None:
        async with fresh.client(*fresh.old()) as esia:
            asked = await esia.ask()
            await esia.finish(asked, sign_in(asked.url, CONFIRMED))
        async with fresh.client(*fresh.old(1)) as stranger:
            asked = await stranger.ask()
            with pytest.raises(ClientRejected) as raised:
                await stranger.finish(asked, sign_in(asked.url, CONFIRMED))
        assert raised.value.context["esia_code"] == "ESIA-007002"

    async def test_a_changed_request_is_refused(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            url = changed(asked.url, scope="openid snils")
            with pytest.raises(ClientRejected) as raised:
                await esia.finish(asked, sign_in(url, CONFIRMED))
        assert raised.value.context["esia_code"] == "ESIA-007053"


@needs_gost
class TestNewGeneration:
    async def test_a_person_signs_in_and_every_signature_holds(self, stand: Stand) -> None:
        async with stand.client(*stand.new(), with_pkce=True) as esia:
            asked = await esia.ask()
            tokens = await esia.finish(asked, sign_in(asked.url, MOTHER))

        query = parse_qs(urlsplit(asked.url).query)
        assert "/aas/oauth2/v2/ac?" in asked.url
        assert query["code_challenge_method"] == ["GOST3411"]
        assert len(query["code_challenge"][0]) == 43
        assert len(query["client_certificate_hash"][0]) == 64
        assert tokens.identity is not None
        assert tokens.identity.with_second_factor

    async def test_what_only_looks_like_a_signature_is_refused(self, stand: Stand) -> None:
        class Careless:
            form = SignatureForm.RAW

            async def sign(self, data: bytes) -> bytes:
                return b"0" * 64

        party, _ = stand.new(mnemonic="DEMO02")
        async with stand.client(party, Careless()) as esia:
            asked = await esia.ask()
            with pytest.raises(ClientRejected) as raised:
                await esia.finish(asked, sign_in(asked.url, CONFIRMED))
        assert raised.value.context["esia_code"] == "ESIA-007053"

    async def test_a_wrong_certificate_hash_is_told_apart(self, stand: Stand) -> None:
        party, signer = stand.new(mnemonic="DEMO03")
        async with stand.client(party, signer, certificate_hash="AB" * 32) as esia:
            asked = await esia.ask()
            with pytest.raises(ClientRejected) as raised:
                await esia.finish(asked, sign_in(asked.url, CONFIRMED))
        assert raised.value.context["esia_code"] == "ESIA-007002"

    async def test_a_stolen_code_is_worth_nothing_without_the_verifier(self, stand: Stand) -> None:
        async with stand.client(*stand.new(), with_pkce=True) as esia:
            asked = await esia.ask()
            url = sign_in(asked.url, CONFIRMED)
            with pytest.raises(ClientRejected) as raised:
                await esia.finish(replace(asked, verifier=SecretStr("x" * 43)), url)
        assert raised.value.context["esia_code"] == "ESIA-007040"


class TestState:
    async def test_another_sign_in_is_not_taken(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            first, second = await esia.ask(), await esia.ask()
            url = sign_in(first.url, CONFIRMED)
            with pytest.raises(ForgedState):
                await esia.finish(second, url)

    async def test_a_sign_in_ends_once(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            url = sign_in(asked.url, CONFIRMED)
            await esia.finish(asked, url)
            with pytest.raises(ReplayedState):
                await esia.finish(asked, url)

    async def test_a_code_is_good_once(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            url = sign_in(asked.url, CONFIRMED)
            await esia.finish(asked, url)
        async with stand.client(*stand.old()) as another:
            with pytest.raises(LoginError) as raised:
                await another.finish(asked, url)
        assert raised.value.context["esia_code"] == "ESIA-007011"

    @pytest.mark.parametrize("url", [CALLBACK, f"{CALLBACK}?state=", "nonsense", "http://["])
    async def test_what_is_no_end_is_refused(self, stand: Stand, url: str) -> None:
        asked = Asked(url="", state="", scope=("openid",))
        async with stand.client(*stand.old()) as esia:
            with pytest.raises(IllegalAnswer):
                await esia.finish(asked, url)

    async def test_every_state_is_a_fresh_uuid(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            states = {(await esia.ask()).state for _ in range(5)}
        assert len(states) == 5
        assert all(len(state) == 36 for state in states)


class TestMarkers:
    async def test_a_stale_certificate_is_named(self, stand: Stand) -> None:
        _, other = rsa_files(stand.folder, 1)
        async with stand.client(*stand.old(), certificate=other) as esia:
            asked = await esia.ask()
            with pytest.raises(CertificateInvalid):
                await esia.finish(asked, sign_in(asked.url, CONFIRMED))

    async def test_another_issuer_is_refused(self, stand: Stand) -> None:
        async with stand.client(*stand.old(), issuer="http://esia.example.org/") as esia:
            asked = await esia.ask()
            with pytest.raises(ForgedState):
                await esia.finish(asked, sign_in(asked.url, CONFIRMED))

    @pytest.mark.parametrize("minutes", [-5, 5])
    async def test_a_wrong_clock_is_told_apart(self, stand: Stand, minutes: int) -> None:
        async with stand.client(*stand.old(), off=timedelta(minutes=minutes)) as esia:
            asked = await esia.ask()
            with pytest.raises(ClockDrift):
                await esia.finish(asked, sign_in(asked.url, CONFIRMED))

    async def test_half_a_minute_does_not_matter(self, stand: Stand) -> None:
        async with stand.client(*stand.old(), off=timedelta(seconds=-40)) as esia:
            asked = await esia.ask()
            assert await esia.finish(asked, sign_in(asked.url, CONFIRMED))

    async def test_a_standard_account_is_not_told_from_a_simplified_one(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            tokens = await esia.finish(asked, sign_in(asked.url, WEAK))
        assert tokens.identity is not None
        assert tokens.identity.level is None
        assert not tokens.identity.is_confirmed


class TestRefusals:
    @pytest.mark.parametrize(
        ("fields", "code", "error"),
        [
            ({"timestamp": None}, "007014", ClientRejected),
            ({"timestamp": "yesterday"}, "007015", ClockDrift),
            ({"response_type": "token"}, "007009", ClientRejected),
            ({"scope": "openid everything"}, "007006", ClientRejected),
            ({"person_filter": "!"}, "007003", ClientRejected),
            ({"client_secret": "AAAA"}, "007053", ClientRejected),
        ],
    )
    async def test_each_has_its_code(
        self, stand: Stand, fields: dict[str, str | None], code: str, error: type[GatewayError]
    ) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
            with pytest.raises(error) as raised:
                await esia.finish(asked, sign_in(changed(asked.url, **fields), CONFIRMED))
        assert raised.value.context["esia_code"] == f"ESIA-{code}"

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"client_id": "NOBODY"}, "008010"),
            ({"redirect_uri": "https://elsewhere.test/"}, "007023"),
        ],
    )
    async def test_without_a_way_back_the_person_sees_a_page(
        self, stand: Stand, fields: dict[str, str], code: str
    ) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
        assert f"ESIA-{code}" in sign_in(changed(asked.url, **fields), CONFIRMED)

    async def test_an_unknown_system_gets_no_markers(self, stand: Stand) -> None:
        party, signer = stand.old()
        async with stand.client(party, signer) as known:
            asked = await known.ask()
            url = sign_in(asked.url, CONFIRMED)
        async with stand.client(party, signer, client_id="NOBODY") as esia:
            with pytest.raises(ClientRejected) as raised:
                await esia.finish(asked, url)
        assert raised.value.context["esia_code"] == "ESIA-008010"

    async def test_only_confirmed_accounts_where_that_is_asked(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask(options=Options(who=Who.CONFIRMED))
            with pytest.raises(IdentityTooWeak):
                await esia.finish(asked, sign_in(asked.url, WEAK))

    async def test_a_second_factor_where_that_is_asked(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask(("openid", "otp"))
            with pytest.raises(IdentityTooWeak):
                await esia.finish(asked, sign_in(asked.url, CONFIRMED))
            asked = await esia.ask(("openid", "otp"))
            assert await esia.finish(asked, sign_in(asked.url, TOTP))

    async def test_a_blocked_person_stays_at_the_page(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask()
        assert "заблокирована" in sign_in(asked.url, LOCKED)


class TestRefresh:
    async def test_a_token_is_good_once_and_the_new_one_is_given(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            asked = await esia.ask(options=Options(offline=True))
            first = await esia.finish(asked, sign_in(asked.url, CONFIRMED))
            assert first.refresh_token is not None
            second = await esia.refresh(first.refresh_token)
            assert second.oid == first.oid
            assert second.refresh_token is not None
            assert second.refresh_token != first.refresh_token
            with pytest.raises(InteractionRequired) as raised:
                await esia.refresh(first.refresh_token)
            assert raised.value.reason == "revoked"

    async def test_an_unknown_one_needs_the_person(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            with pytest.raises(InteractionRequired) as raised:
                await esia.refresh(SecretStr("11111111-2222-4333-8444-555555555555"))
        assert raised.value.reason == "refused"

    @needs_gost
    async def test_the_new_generation_signs_it_too(self, stand: Stand) -> None:
        async with stand.client(*stand.new(mnemonic="DEMO04")) as esia:
            asked = await esia.ask(options=Options(offline=True))
            first = await esia.finish(asked, sign_in(asked.url, CONFIRMED))
            assert first.refresh_token is not None
            assert (await esia.refresh(first.refresh_token)).oid == first.oid


class TestConsents:
    async def test_a_journal_asks_for_consents_and_comes_back_without_the_person(
        self, fresh: Stand
    ) -> None:
        async with fresh.client(*fresh.old()) as esia:
            options = Options(offline=True, permissions=(journal("Иванова И."),))
            asked = await esia.ask(("openid",), options)
            tokens = await esia.finish(asked, sign_in(asked.url, MOTHER))
            assert tokens.refresh_token is None

            later = await esia.tokens_by_consent(tokens.oid)
            reader = esia.reader(later)
            consents = await reader.issued_consents()
            children = await reader.children()

        assert later.oid == tokens.oid
        assert [is_journal(item.sysname) for item in consents] == [True]
        assert consents[0].is_active
        assert "kid_fullname" in consents[0].scopes
        assert consents[0].issued_at is not None
        assert consents[0].expires_at is not None
        assert len(children) == 2

    async def test_without_a_consent_nothing_comes(self, fresh: Stand) -> None:
        async with fresh.client(*fresh.old()) as esia:
            asked = await esia.ask()
            tokens = await esia.finish(asked, sign_in(asked.url, CONFIRMED))
            with pytest.raises(ConsentRefused):
                await esia.tokens_by_consent(tokens.oid)
            assert await esia.reader(tokens).issued_consents() == ()

    async def test_a_child_cannot_consent(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            options = Options(permissions=(journal("Иванова И."),))
            asked = await esia.ask(("openid",), options)
            with pytest.raises(ConsentRefused) as raised:
                await esia.finish(asked, sign_in(asked.url, PUPIL))
        assert raised.value.context["esia_code"] == "ESIA-036746"

    async def test_the_systems_own_marker_is_of_no_person(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            tokens = await esia.own_tokens(("usr_org",))
            assert tokens.identity is None
            with pytest.raises(InvalidRequest):
                _ = tokens.oid


class TestLogout:
    async def test_the_browser_comes_back(self, stand: Stand) -> None:
        async with stand.client(*stand.old()) as esia:
            url = esia.logout_url("https://diary.example.org/")
        answer = stand.get(url)
        assert answer.headers["location"] == "https://diary.example.org/"

    async def test_without_a_known_system_it_is_refused(self, stand: Stand) -> None:
        assert stand.get("/idp/ext/Logout").status_code == 400
        assert stand.get("/idp/ext/Logout", client_id="NOBODY").status_code == 403

    async def test_another_site_is_not_returned_to(self, stand: Stand) -> None:
        stand.register("DEMO05", site="https://diary.example.org/")
        query = {"client_id": "DEMO05", "redirect_url": "https://evil.example.org/"}
        answer = stand.get("/idp/ext/Logout", **query)
        assert answer.headers["location"] == f"{stand.origin}/"


class TestRegistration:
    @pytest.mark.parametrize(
        "party",
        [
            RelyingParty(client_id="", redirect_uri=CALLBACK, certificate_hash="AB"),
            RelyingParty(client_id=DEMO, redirect_uri=CALLBACK),
            RelyingParty(
                client_id=DEMO, redirect_uri=CALLBACK, generation=Generation.OLD, with_pkce=True
            ),
        ],
    )
    def test_what_cannot_be_registered_is_refused_at_once(
        self, party: RelyingParty, stand: Stand
    ) -> None:
        _, signer = stand.old()
        with pytest.raises(ConfigurationError):
            EsiaClient(party, signer, CertificateVerifier(()))

    def test_the_signer_must_fit_the_generation(self, stand: Stand) -> None:
        _, signer = stand.old()
        party = RelyingParty(client_id=DEMO, redirect_uri=CALLBACK, certificate_hash="AB")
        with pytest.raises(ConfigurationError, match="raw"):
            EsiaClient(party, signer, CertificateVerifier(()))
