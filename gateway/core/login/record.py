"""What is kept of a login between its steps, perhaps by another process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from pydantic import SecretStr, TypeAdapter

from gateway.core.contract.steps import Step
from gateway.core.errors import FlowNotFound
from gateway.core.wire.jar import Cookie, CookieJar

FLOW_VERSION: Final = 1

_STEP: TypeAdapter[Step] = TypeAdapter(Step, config={"defer_build": True})


@dataclass(slots=True, kw_only=True)
class FlowRecord:
    """One login on its way; lives encrypted in the store and is erased at its end.

    Attributes:
        id: Identifier that the driver holds.
        provider: Provider name.
        instance: Instance key.
        method: Login method.
        expires_at: Unix seconds after which it cannot go on.
        step: The step that waits for an answer.
        state: What the provider's flow remembers.
        secrets: What it remembers and nobody may see.
        cookies: The flow's cookies.
        states: `state` values that were sent, with whether they came back.
        account: Account to sign in anew; another one is refused.
        person_present: Whether a person drives it.
        remember: Whether the secret may be kept for unattended sign-ins.
        label: The user's own label of the account.
        region: Region that was asked for, if any.
        sent: Place and mark of the secret that was sent, until it is known what came of it.
    """

    id: str
    provider: str
    instance: str
    method: str
    expires_at: float
    step: Step | None = None
    state: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, SecretStr] = field(default_factory=dict, repr=False)
    cookies: CookieJar = field(default_factory=CookieJar, repr=False)
    states: dict[str, bool] = field(default_factory=dict, repr=False)
    account: str | None = None
    person_present: bool = True
    remember: bool = False
    label: str | None = None
    region: str | None = None
    sent: tuple[str, str] | None = None

    def to_bytes(self) -> bytes:
        """The record as JSON, secrets in clear: only an encrypting store may hold it."""
        step = None if self.step is None else _STEP.dump_python(self.step, mode="json")
        return msgspec.json.encode(
            {
                "v": FLOW_VERSION,
                "id": self.id,
                "provider": self.provider,
                "instance": self.instance,
                "method": self.method,
                "expires_at": self.expires_at,
                "step": step,
                "state": self.state,
                "secrets": {k: v.get_secret_value() for k, v in self.secrets.items()},
                "cookies": [_cookie_fields(item) for item in self.cookies],
                "states": self.states,
                "account": self.account,
                "person_present": self.person_present,
                "remember": self.remember,
                "label": self.label,
                "region": self.region,
                "sent": self.sent,
            }
        )

    @classmethod
    def from_bytes(cls, payload: bytes) -> "FlowRecord":
        """The record that `to_bytes()` wrote, by this version or an earlier one.

        Raises:
            FlowNotFound: It is damaged or was written by a newer version.
        """
        try:
            data = msgspec.json.decode(payload, type=dict[str, object])
            if data.pop("v", None) != FLOW_VERSION:
                raise FlowNotFound("the login was begun by another version")
            return cls(**_restored(data))
        except (msgspec.MsgspecError, TypeError, ValueError, AttributeError):
            raise FlowNotFound("the login's state is damaged") from None


def _cookie_fields(cookie: Cookie) -> Mapping[str, object]:
    return {
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.domain,
        "path": cookie.path,
        "host_only": cookie.host_only,
        "secure": cookie.secure,
        "expires": cookie.expires,
    }


def _restored(data: dict[str, object]) -> dict[str, Any]:
    step = data.pop("step")
    secrets = msgspec.convert(data.pop("secrets"), dict[str, str])
    cookies = msgspec.convert(data.pop("cookies"), tuple[Cookie, ...])
    sent = msgspec.convert(data.pop("sent"), tuple[str, str] | None)
    return {
        **data,
        "step": None if step is None else _STEP.validate_python(step),
        "secrets": {key: SecretStr(value) for key, value in secrets.items()},
        "cookies": CookieJar(cookies),
        "sent": sent,
    }
