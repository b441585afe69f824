"""What the plugin says of itself."""

import subprocess
import sys

import pytest
from pydantic import ValidationError

from gateway.core.config import Settings
from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability
from gateway.core.contract.declaration import Certainty, Declaration, Renewal
from gateway.core.contract.loading import load
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import ConfigurationError, MethodNotOffered
from gateway.core.redaction.names import is_sensitive_name
from gateway.core.regions import load_directory
from gateway.core.registry.plugins import Registry
from gateway_dnevnik_ru import plugin
from gateway_dnevnik_ru.adapter import DnevnikAdapter
from gateway_dnevnik_ru.declaration import DECLARATIONS, DNEVNIK_RU, EMAKTAB_UZ, KUNDELIK_KZ
from gateway_dnevnik_ru.settings import DnevnikSettings, EmaktabSettings

GUID = "11111111-2222-4333-8444-555555555555"

each = pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda item: item.name)


def test_the_entry_point_brings_three_services() -> None:
    registry = Registry((), plugins={"dnevnik": plugin})

    assert registry.skipped == ()
    assert list(registry.providers) == ["dnevnik_ru", "kundelik_kz", "emaktab_uz"]


def test_importing_it_loads_neither_protocol_nor_settings() -> None:
    code = (
        "import sys, gateway_dnevnik_ru.plugin as p; "
        "print([n for n in sys.modules if n.startswith('gateway_dnevnik_ru.') and n.split('.')[1] "
        "in {'wire', 'mapping', 'reads', 'login', 'adapter', 'settings', 'emulator'}], "
        "'httpx' in sys.modules, 'starlette' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[] False False"


@each
def test_what_it_names_can_be_imported(declaration: Declaration) -> None:
    assert load(declaration.adapter, Adapter) is DnevnikAdapter
    assert issubclass(load(declaration.settings, ProviderSettings), DnevnikSettings)


@each
def test_every_method_has_a_flow_and_no_other_has(declaration: Declaration) -> None:
    settings = load(declaration.settings, ProviderSettings)()
    adapter = DnevnikAdapter(declaration, declaration.instances[0], settings)

    for method in declaration.login_methods:
        assert adapter.login_flow(method.name) is not None
        assert set(method.needs_settings) <= set(type(settings).model_fields)
    with pytest.raises(MethodNotOffered):
        adapter.login_flow("qr")


@each
def test_hosts_are_plain_https_origins_of_one_domain(declaration: Declaration) -> None:
    (instance,) = declaration.instances
    web = instance.hosts["web"]

    assert set(instance.hosts) >= {"api", "login", "web"}
    assert all(
        url.startswith("https://") and url.count("/") == 2 for url in instance.hosts.values()
    )
    domain = web.removeprefix("https://")
    assert all(url.endswith(domain) for url in instance.hosts.values())


@each
def test_its_platform_and_regions_are_those_of_the_directory(declaration: Declaration) -> None:
    regions = load_directory().by_platform(declaration.platform)

    assert declaration.instances[0].regions == tuple(region.code for region in regions)


@each
def test_every_capability_has_its_say(declaration: Declaration) -> None:
    assert set(declaration.capabilities) == set(Capability)


@each
@pytest.mark.parametrize(
    "name", ["access_token", "refreshToken", "client_secret", "password", "taskId", "NewPassword"]
)
def test_secret_parameters_are_redacted(declaration: Declaration, name: str) -> None:
    assert is_sensitive_name(name, declaration.secret_params)


@each
def test_it_is_polite_and_says_how_tokens_come(declaration: Declaration) -> None:
    assert declaration.limits.host_concurrency <= 10
    assert declaration.implicit_flow
    assert declaration.renewal is Renewal.ROTATING
    assert not declaration.single_session


def test_the_first_method_of_each_is_a_seen_one() -> None:
    defaults = [item.login_methods[0] for item in DECLARATIONS]

    assert [item.name for item in defaults] == ["oauth", "password:partner", "password:mobile"]
    assert all(item.certainty is Certainty.SEEN for item in defaults)


def test_gosuslugi_is_offered_in_russia_only() -> None:
    esia = DNEVNIK_RU.login_method("esia")

    assert esia is not None
    assert esia.identity_provider == "esia"
    assert KUNDELIK_KZ.login_method("esia") is None
    assert EMAKTAB_UZ.login_method("esia") is None


class TestSettings:
    def test_nothing_of_anybodys_application_is_shipped(self) -> None:
        for model in (DnevnikSettings, EmaktabSettings):
            shipped = model()
            assert shipped.client_id is None
            assert shipped.client_secret is None
            assert shipped.mobile_client_id is None
            assert shipped.mobile_client_secret is None
            assert shipped.redirect_uri is None

    def test_they_are_read_from_the_environment(self) -> None:
        environ = {
            "DIARY_DNEVNIK_RU__CLIENT_ID": GUID.replace("-", "").upper(),
            "DIARY_DNEVNIK_RU__CLIENT_SECRET": "hidden",
        }
        settings = Settings.from_env(environ).provider(DNEVNIK_RU)

        assert isinstance(settings, DnevnikSettings)
        assert (
            settings.mobile_client_id
            == settings.client_id
            == environ["DIARY_DNEVNIK_RU__CLIENT_ID"]
        )
        assert settings.mobile_client_secret is not None
        assert "hidden" not in repr(settings)

    def test_versions_differ_by_service(self) -> None:
        assert DnevnikSettings().mobile_version == "v8.5"
        assert Settings().provider(EMAKTAB_UZ).model_dump()["mobile_version"] == "v10.0"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"client_id": "not-a-guid"},
            {"mobile_version": "8.5"},
            {"mobile_version": "v8/../x"},
            {"scope": "CommonInfo, Files"},
            {"redirect_uri": "app.example/back"},
            {"redirect_uri": "https://app.example/#fragment"},
            {"unheard": "x"},
        ],
    )
    def test_what_cannot_be_meant_is_refused(self, wrong: dict[str, str]) -> None:
        with pytest.raises(ValidationError):
            DnevnikSettings.model_validate(wrong)

    def test_a_refusal_names_the_field_and_not_the_value(self) -> None:
        settings = Settings().with_provider("dnevnik_ru", client_id="secret-ish")

        with pytest.raises(ConfigurationError, match="client_id") as raised:
            settings.provider(DNEVNIK_RU)

        assert "secret-ish" not in str(raised.value)
