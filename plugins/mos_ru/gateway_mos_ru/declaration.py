"""What the plugin says of МЭШ and of the regional nodes (protocol notes 1, 2)."""

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
from gateway_mos_ru.capabilities import capabilities_of
from gateway_mos_ru.nodes import MOSCOW_OBLAST, NODES, Node

_MOSCOW_ADAPTER: Final = "gateway_mos_ru.adapter:MosAdapter"
_NODE_ADAPTER: Final = "gateway_mos_ru.adapter:NodeAdapter"
_EMULATOR: Final = "gateway_mos_ru.emulator:MosEmulator"
_MOSCOW_SETTINGS: Final = "gateway_mos_ru.settings:MosSettings"
_NODE_SETTINGS: Final = "gateway_mos_ru.settings:NodeSettings"

# No limit is published; clients pause 100-200 ms between calls. The profile, with which every
# sign-in ends, may take minutes (notes 5): its own application waits 300 s, a person here 60.
_LIMITS: Final = Limits(host_concurrency=8, account_concurrency=4, call_seconds=60.0, redirects=10)

_SECRET_PARAMS: Final = frozenset(
    {
        "access_token",
        "aupd_refresh_token",
        "aupd_token",
        "auth_token",
        "authentication_token",
        "client_secret",
        "code",
        "code_verifier",
        "email-code",
        "id_token",
        "login",
        "mesh_access_token",
        "mesh_refresh_token",
        "mos_access_token",
        "mos_id_token",
        "otp",
        "password",
        "password_plain",
        "refresh_token",
        "sms-code",
        "snils",
        "software_statement",
        "token",
    }
)

_REGISTRATION: Final = ("registration_token", "software_statement")

_TOKEN: Final = LoginMethod(
    name="token",
    title=Text("Ключ доступа из браузера", "Access token from the browser"),
)
_COOKIES: Final = LoginMethod(
    name="cookies",
    title=Text("Вход, уже сделанный в браузере", "A sign-in made in the browser"),
)

_MOSCOW_METHODS: Final = (
    LoginMethod(
        name="password",
        title=Text("Логин и пароль mos.ru", "Login and password of mos.ru"),
        needs_settings=_REGISTRATION,
    ),
    LoginMethod(
        name="oauth",
        title=Text("Вход на mos.ru в браузере", "Sign in to mos.ru in the browser"),
        needs_settings=_REGISTRATION,
    ),
    LoginMethod(
        name="qr",
        title=Text("QR-код для приложения mos.ru", "QR code for the mos.ru application"),
    ),
    _TOKEN,
    _COOKIES,
)


def _node_methods(node: Node) -> tuple[LoginMethod, ...]:
    """Ways into a regional node; a password was seen to work in Moscow Oblast only."""
    password = Certainty.SEEN if node is MOSCOW_OBLAST else Certainty.ASSUMED
    return (
        LoginMethod(name="esia", title=Text("Госуслуги", "Gosuslugi"), identity_provider="esia"),
        LoginMethod(
            name="password",
            title=Text("Логин и пароль дневника", "Login and password of the diary"),
            certainty=password,
        ),
        _TOKEN,
        _COOKIES,
    )


def _declared(node: Node) -> Declaration:
    return Declaration(
        name=node.provider,
        api=(1, 0),
        title=node.title,
        platform=node.platform,
        quality=Quality.SILVER,
        instances=(
            Instance(
                key="main",
                title=node.title,
                hosts=node.hosts,
                regions=(node.region,),
                zone=node.zone,
                certainty=node.certainty,
            ),
        ),
        login_methods=_MOSCOW_METHODS if node.is_moscow else _node_methods(node),
        capabilities=capabilities_of(node),
        adapter=_MOSCOW_ADAPTER if node.is_moscow else _NODE_ADAPTER,
        emulator=_EMULATOR,
        settings=_MOSCOW_SETTINGS if node.is_moscow else _NODE_SETTINGS,
        limits=_LIMITS,
        # Moscow's refresh tokens are single use; a node gives a new token for the old one.
        renewal=Renewal.ROTATING,
        secret_params=_SECRET_PARAMS,
        # The service sums every mark with its own weight, also two marks of one lesson.
        average_weighs_cell_once=False,
    )


DECLARATIONS: Final = tuple(_declared(node) for node in NODES)
"""Moscow, Moscow Oblast, then the others by region code."""
