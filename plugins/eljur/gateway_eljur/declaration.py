"""What the plugin says of ЭлЖур (notes 1, 2)."""

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
from gateway_eljur.capabilities import CAPABILITIES
from gateway_eljur.places import CLOUD, CLOUD_DOMAIN, REGIONAL, VENDOR, Place

_TITLE: Final = Text("ЭлЖур", "ElJur")

# The service is slow and tells no limit; clients pause half a second and more between calls.
_LIMITS: Final = Limits(host_concurrency=6, account_concurrency=3, call_seconds=60.0)

_SECRET_PARAMS: Final = frozenset(
    {
        "auth_token",
        "code",
        "csrf",
        "devkey",
        "email",
        "login",
        "new_password",
        "old_password",
        "password",
        "password2",
        "registration",
        "token",
        "username",
        "v_token",
        "verify",
    }
)


def _regional(place: Place) -> Instance:
    base = f"https://{place.host}"
    return Instance(
        key=place.key,
        title=place.title,
        hosts={"api": base, "web": base},
        regions=(place.region,),
        zone=place.zone,
        vendor=place.vendor,
        tenants=VENDOR,
        certainty=place.certainty,
    )


ELJUR: Final = Declaration(
    name="eljur",
    api=(1, 0),
    title=_TITLE,
    platform="eljur",
    quality=Quality.SILVER,
    instances=(
        Instance(
            key=CLOUD,
            title=_TITLE,
            hosts={"api": f"https://api.{CLOUD_DOMAIN}"},
            tenants=VENDOR,
            tenant_hosts={"web": f"https://{{tenant}}.{CLOUD_DOMAIN}"},
        ),
        *(_regional(place) for place in REGIONAL),
    ),
    login_methods=(
        LoginMethod(
            name="password",
            title=Text("Логин и пароль", "Login and password"),
            needs_settings=("devkey",),
        ),
        LoginMethod(
            name="esia",
            title=Text("Госуслуги", "Gosuslugi"),
            needs_settings=("devkey",),
            identity_provider="esia",
        ),
        LoginMethod(
            name="token",
            title=Text("Ключ доступа", "Access token"),
            needs_settings=("devkey",),
        ),
        LoginMethod(
            name="invite_code",
            title=Text("Регистрация по пригласительному коду", "Registration with an invite code"),
            needs_settings=("devkey",),
            certainty=Certainty.ASSUMED,
        ),
        LoginMethod(
            name="recovery",
            title=Text("Восстановление пароля", "Password recovery"),
        ),
    ),
    capabilities=CAPABILITIES,
    adapter="gateway_eljur.adapter:EljurAdapter",
    emulator="gateway_eljur.emulator:EljurEmulator",
    settings="gateway_eljur.settings:EljurSettings",
    limits=_LIMITS,
    # Tokens live for about three months; then a person signs in again.
    renewal=Renewal.NONE,
    secret_params=_SECRET_PARAMS,
)
