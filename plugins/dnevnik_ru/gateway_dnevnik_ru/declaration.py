"""What the plugin says of «Дневник.ру», Kundelik.kz and eMaktab.uz (protocol notes 1, 2)."""

from typing import Final

from gateway.core.contract.declaration import (
    Certainty,
    Declaration,
    Instance,
    Limits,
    LoginMethod,
    Quality,
    Renewal,
)
from gateway.core.errors import Text
from gateway_dnevnik_ru.capabilities import CAPABILITIES

_ADAPTER: Final = "gateway_dnevnik_ru.adapter:DnevnikAdapter"
_EMULATOR: Final = "gateway_dnevnik_ru.emulator:DnevnikEmulator"
_SETTINGS: Final = "gateway_dnevnik_ru.settings:DnevnikSettings"

# Limits of the service are not published; a careful client keeps at most ten calls in flight.
_LIMITS: Final = Limits(host_concurrency=8, account_concurrency=4)

_SECRET_PARAMS: Final = frozenset(
    {
        "access_token",
        "accesstoken",
        "captcha.input",
        "client_secret",
        "clientsecret",
        "newpassword",
        "newpasswordrepeat",
        "password",
        "passwordrepeat",
        "refresh_token",
        "refreshtoken",
        "repeatedpassword",
        "taskid",
        "token",
        "username",
    }
)


def _oauth(certainty: Certainty = Certainty.SEEN) -> LoginMethod:
    return LoginMethod(
        name="oauth",
        title=Text("Логин и пароль сайта", "Login and password of the site"),
        needs_settings=("client_id",),
        certainty=certainty,
    )


def _partner(certainty: Certainty = Certainty.SEEN) -> LoginMethod:
    return LoginMethod(
        name="password:partner",
        title=Text("Логин и пароль, прямой вход", "Login and password, direct"),
        needs_settings=("client_id", "client_secret"),
        certainty=certainty,
    )


def _mobile(certainty: Certainty = Certainty.SEEN) -> LoginMethod:
    return LoginMethod(
        name="password:mobile",
        title=Text("Логин и пароль, как в приложении", "Login and password, as in the app"),
        needs_settings=("mobile_client_id", "mobile_client_secret"),
        certainty=certainty,
    )


def _token(certainty: Certainty = Certainty.SEEN) -> LoginMethod:
    return LoginMethod(
        name="token",
        title=Text("Ключ доступа из браузера", "Access token from the browser"),
        certainty=certainty,
    )


def _cookies(certainty: Certainty = Certainty.SEEN) -> LoginMethod:
    return LoginMethod(
        name="cookies",
        title=Text("Вход, уже сделанный в браузере", "A sign-in made in the browser"),
        certainty=certainty,
    )


_ESIA: Final = LoginMethod(
    name="esia",
    title=Text("Госуслуги", "Gosuslugi"),
    needs_settings=("mobile_client_id", "mobile_client_secret"),
    identity_provider="esia",
)


def _service(
    *,
    name: str,
    title: Text,
    platform: str,
    domain: str,
    regions: tuple[str, ...],
    zone: str,
    login_methods: tuple[LoginMethod, ...],
    settings: str = _SETTINGS,
) -> Declaration:
    return Declaration(
        name=name,
        api=(1, 0),
        title=title,
        platform=platform,
        quality=Quality.SILVER,
        instances=(
            Instance(
                key="main",
                title=title,
                hosts={
                    "api": f"https://api.{domain}",
                    "login": f"https://login.{domain}",
                    "web": f"https://{domain}",
                    "schools": f"https://schools.{domain}",
                },
                regions=regions,
                zone=zone,
            ),
        ),
        login_methods=login_methods,
        capabilities=CAPABILITIES,
        adapter=_ADAPTER,
        emulator=_EMULATOR,
        settings=settings,
        limits=_LIMITS,
        # The password and Gosuslugi grants of the interfaces rotate; tokens of the site's OAuth
        # have no refresh token at all and end in InteractionRequired.
        renewal=Renewal.ROTATING,
        # The service's OAuth knows a code only for applications with a secret and a registered
        # address; for everybody else the token comes in the fragment or not at all.
        implicit_flow=True,
        secret_params=_SECRET_PARAMS,
    )


DNEVNIK_RU: Final = _service(
    name="dnevnik_ru",
    title=Text("Дневник.ру", "Dnevnik.ru"),
    platform="dnevnik_ru",
    domain="dnevnik.ru",
    regions=("01", "08", "15", "17", "20", "27", "29", "37", "38", "53", "55", "64", "68"),
    # Only where neither the region nor the account tells another: login stores each student's.
    zone="Europe/Moscow",
    login_methods=(_oauth(), _partner(), _mobile(), _ESIA, _token(), _cookies()),
)

KUNDELIK_KZ: Final = _service(
    name="kundelik_kz",
    title=Text("Kundelik", "Kundelik"),
    platform="kundelik",
    domain="kundelik.kz",
    regions=("kz",),
    zone="Asia/Almaty",
    login_methods=(
        _partner(),
        _token(),
        _oauth(Certainty.ASSUMED),
        _mobile(Certainty.ASSUMED),
        _cookies(Certainty.ASSUMED),
    ),
)

EMAKTAB_UZ: Final = _service(
    name="emaktab_uz",
    title=Text("eMaktab", "eMaktab"),
    platform="emaktab",
    domain="emaktab.uz",
    regions=("uz",),
    zone="Asia/Tashkent",
    login_methods=(
        _mobile(),
        _cookies(),
        _token(Certainty.ASSUMED),
        _oauth(Certainty.ASSUMED),
        _partner(Certainty.ASSUMED),
    ),
    settings="gateway_dnevnik_ru.settings:EmaktabSettings",
)

DECLARATIONS: Final = (DNEVNIK_RU, KUNDELIK_KZ, EMAKTAB_UZ)
