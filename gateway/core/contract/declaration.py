"""What a provider says of itself; importing it loads nothing else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, Literal

from gateway.core.contract.capability import UNDECLARED, Capability, SupportInfo
from gateway.core.errors import Text
from gateway.core.model.people import Role

PLUGIN_API: Final = (1, 0)
"""Version of the plugin API: a plugin of another major or a newer minor is skipped."""

_RECOVERY: Final = "recovery"
_INVITE_CODE: Final = "invite_code"


class Quality(StrEnum):
    """Quality tier of a provider, checked by the conformance kit."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"


class Certainty(StrEnum):
    """How sure a fact about a provider is."""

    SEEN = "seen"
    DOCUMENTED = "documented"
    ASSUMED = "assumed"


class Renewal(StrEnum):
    """How a session's credentials are renewed."""

    NONE = "none"
    SLIDING = "sliding"
    ROTATING = "rotating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One installation of a provider.

    Attributes:
        key: Stable key, part of ids unless it is `main`.
        title: What people call it.
        hosts: Base URL by host role; `api` always, `login` and `files` where there are any.
        regions: Region or country codes served.
        zone: IANA zone where school and account tell none.
        trust: TLS trust profile.
        vendor: The provider's own tenant key, where it has one.
        tenants: Regular expression of tenant keys, where one installation keeps many schools as
            strangers to each other: `key.tenant` then is an instance of its own.
        tenant_hosts: Further hosts by role that each tenant has; `{tenant}` stands for its key.
        certainty: How sure the hosts are.
        capabilities: What this instance has otherwise than its provider.
    """

    key: str
    title: Text
    hosts: Mapping[str, str]
    regions: tuple[str, ...] = ()
    zone: str = "Europe/Moscow"
    trust: str = "default"
    vendor: str | None = None
    tenants: str | None = None
    tenant_hosts: Mapping[str, str] = field(default_factory=dict)
    certainty: Certainty = Certainty.SEEN
    capabilities: Mapping[Capability, SupportInfo] = field(default_factory=dict)

    def tenant(self, key: str) -> "Instance":
        """The instance of one tenant.

        Raises:
            KeyError: The installation has no such tenants.
        """
        if self.tenants is None or re.fullmatch(self.tenants, key) is None:
            raise KeyError(key)
        own = {role: url.replace("{tenant}", key) for role, url in self.tenant_hosts.items()}
        return replace(
            self,
            key=f"{self.key}.{key}",
            vendor=key,
            hosts={**self.hosts, **own},
            tenants=None,
            tenant_hosts={},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginMethod:
    """One way to sign in.

    Attributes:
        name: `password`, `oauth`, `esia`, `qr`, `token`, `cookies`, `invite_code`, `recovery`;
            a variant follows a colon.
        title: What to call it on a button.
        needs_settings: Settings that must be set by the operator.
        identity_provider: Name of the sign-in system that it goes through, if any.
        certainty: How sure its wire form is; an assumed one is off for real hosts.
        roles: Roles that have it; empty for all.
    """

    name: str
    title: Text
    needs_settings: tuple[str, ...] = ()
    identity_provider: str | None = None
    certainty: Certainty = Certainty.SEEN
    roles: frozenset[Role] = frozenset()

    @property
    def opens_account(self) -> bool:
        """Whether it leads into an account; recovery of access only ends well."""
        return self.name.partition(":")[0] != _RECOVERY

    @property
    def works_once(self) -> bool:
        """Whether it is used up by one sign-in; its sessions name a method that lasts."""
        return self.name.partition(":")[0] == _INVITE_CODE


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How politely and how largely a provider is spoken to.

    Attributes:
        host_concurrency: Requests in flight per host.
        account_concurrency: Requests in flight per account.
        rate: Requests a second per host, if limited.
        wire_bytes: Largest body on the wire.
        decoded_bytes: Largest body after decompression.
        attachment_bytes: Largest file.
        call_seconds: Deadline of a whole call.
        redirects: Most hops of one request.
        login_concurrency: Secrets on their way at once, per instance.
        login_rate: Secrets sent per second and instance.
    """

    host_concurrency: int = 8
    account_concurrency: int = 4
    rate: float | None = None
    wire_bytes: int = 8 * 1024 * 1024
    decoded_bytes: int = 16 * 1024 * 1024
    attachment_bytes: int = 50 * 1024 * 1024
    call_seconds: float = 30.0
    redirects: int = 5
    login_concurrency: int = 2
    login_rate: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One provider.

    Attributes:
        name: Provider name in ids, settings and commands.
        api: Plugin API version that it was written for.
        title: What people call it.
        platform: Key of the platform in the region directory.
        instances: Installations; the first is the default.
        login_methods: Ways in; the first is the default.
        capabilities: Every capability with its support.
        settings: `module:Class` of the settings model.
        adapter: `module:Class` of the adapter.
        emulator: `module:Class` of the emulator.
        renewal: How credentials are renewed.
        credentials: `session` or `every_request`.
        single_session: Whether a new sign-in ends the others.
        implicit_flow: Whether tokens come in a URL fragment because there is no other way.
        secret_params: Query, fragment and body names that are redacted everywhere.
        user_agent: Overrides the truthful User-Agent, with `user_agent_reason`.
        average_weighs_cell_once: Whether several values of one cell weigh like one.
    """

    name: str
    api: tuple[int, int]
    title: Text
    platform: str
    quality: Quality
    instances: tuple[Instance, ...]
    login_methods: tuple[LoginMethod, ...]
    capabilities: Mapping[Capability, SupportInfo]
    adapter: str
    emulator: str
    settings: str = "gateway.core.contract.settings:ProviderSettings"
    limits: Limits = field(default_factory=Limits)
    renewal: Renewal = Renewal.NONE
    credentials: Literal["session", "every_request"] = "session"
    single_session: bool = False
    implicit_flow: bool = False
    secret_params: frozenset[str] = frozenset()
    user_agent: str | None = None
    user_agent_reason: str | None = None
    average_weighs_cell_once: bool = True

    def supports(self, capability: Capability, instance: Instance | None = None) -> SupportInfo:
        """What the provider, or one instance of it, says of a capability."""
        if instance is not None and capability in instance.capabilities:
            return instance.capabilities[capability]
        return self.capabilities.get(capability, UNDECLARED)

    def instance(self, key: str | None = None) -> Instance:
        """The instance called `key`, a tenant's for `key.tenant`, the default for None.

        Raises:
            KeyError: There is no such instance.
        """
        if key is None:
            return self.instances[0]
        found = next((item for item in self.instances if item.key == key), None)
        if found is not None:
            return found
        place, _, tenant = key.partition(".")
        if not tenant:
            raise KeyError(key)
        return self.instance(place).tenant(tenant)

    def login_method(self, name: str | None = None) -> LoginMethod | None:
        """The login method called `name`, or its first variant; the default for None."""
        if name is None:
            return self.login_methods[0]
        found = next((item for item in self.login_methods if item.name == name), None)
        variants = (item for item in self.login_methods if item.name.startswith(f"{name}:"))
        return found or next(variants, None)
