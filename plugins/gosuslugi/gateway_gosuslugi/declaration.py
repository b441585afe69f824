"""What the plugin says of «Госуслуги Моя школа» (notes 1, 2.4)."""

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
from gateway_gosuslugi.capabilities import CAPABILITIES

_TITLE: Final = Text("Госуслуги Моя школа", "Gosuslugi My School")

DIARY_REGIONS: Final = (
    *("04", "07", "18", "21", "23", "30", "32", "36", "39", "44"),
    *("46", "61", "66", "67", "74", "76", "79", "83", "93", "94"),
)
"""Regions whose only diary it is, since 1 September 2026."""

# No limit is known: this is politeness towards a portal that serves the whole country.
_LIMITS: Final = Limits(host_concurrency=4, account_concurrency=2, redirects=10, call_seconds=60.0)

_SECRET_PARAMS: Final = frozenset(
    {
        "access_token",
        "acc_t",
        "client_secret",
        "code",
        "code_verifier",
        "id_token",
        "login",
        "password",
        "refresh_token",
        "signed_token",
        "snils",
        "sp_session",
        "state",
        "u",
    }
)

GOSUSLUGI: Final = Declaration(
    name="gosuslugi",
    api=(1, 0),
    title=_TITLE,
    platform="my_school",
    quality=Quality.SILVER,
    instances=(
        Instance(
            key="main",
            title=_TITLE,
            hosts={
                "api": "https://www.gosuslugi.ru",
                "esia": "https://esia.gosuslugi.ru",
                # The same portal; partners map it to the stand on which they test.
                "epgu": "https://www.gosuslugi.ru",
            },
            regions=DIARY_REGIONS,
            certainty=Certainty.SEEN,
        ),
    ),
    login_methods=(
        LoginMethod(
            name="esia",
            title=Text("Госуслуги в браузере", "Gosuslugi in the browser"),
            identity_provider="esia",
        ),
        LoginMethod(
            name="cookies",
            title=Text("Вход, уже сделанный в браузере", "A sign-in made in the browser"),
        ),
    ),
    capabilities=CAPABILITIES,
    adapter="gateway_gosuslugi.adapter:GosuslugiAdapter",
    emulator="gateway_gosuslugi.emulator:GosuslugiEmulator",
    settings="gateway_gosuslugi.settings:GosuslugiSettings",
    limits=_LIMITS,
    # How long the cookies live is not known, and nobody renews them.
    renewal=Renewal.NONE,
    secret_params=_SECRET_PARAMS,
)
