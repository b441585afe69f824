"""Is the declaration sane in itself?

Scenarios: `declaration_names_are_sane`, `plugin_api_is_known`, `reasons_are_given`,
`instances_are_reachable`, `settings_ship_no_keys`, `writes_name_what_they_invalidate`,
`absent_fields_exist`, `quality_is_earned`.
"""

import re
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import gateway.core.model as diary_model
from gateway.core.contract.declaration import PLUGIN_API, Quality
from gateway.core.contract.loading import load
from gateway.core.contract.operation import OPERATIONS
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import Text, UnknownRegion
from gateway.core.regions import load_directory
from gateway.testing.bench import Bench
from gateway.testing.findings import findings
from gateway.testing.scenario import SCENARIOS, scenario

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_METHODS: Final = frozenset(
    {"password", "oauth", "esia", "qr", "token", "cookies", "invite_code", "recovery"}
)
_SECRET_FIELD: Final = re.compile(r"secret|token|password|(?:^|_)key$|client_id|api_key")
_TIERS: Final = tuple(Quality)


@scenario(Quality.BRONZE)
async def declaration_names_are_sane(bench: Bench) -> None:
    """Names, titles and keys are what ids, settings and commands can carry."""
    declaration = bench.declaration
    with findings() as found:
        found.check(bool(_NAME.fullmatch(declaration.name)), f"name {declaration.name!r}")
        keys = [item.key for item in declaration.instances]
        found.check(bool(keys), "there is no instance")
        found.check(len(set(keys)) == len(keys), "instances share a key")
        for key in keys:
            found.check(bool(_KEY.fullmatch(key)), f"instance key {key!r}")
        methods = [item.name for item in declaration.login_methods]
        found.check(bool(methods), "there is no login method")
        found.check(len(set(methods)) == len(methods), "login methods share a name")
        for name in methods:
            plain = name.partition(":")[0]
            found.check(plain in _METHODS, f"login method {name!r} has no name that drivers know")
        titles = [declaration.title, *(item.title for item in declaration.instances)]
        for title in (*titles, *(item.title for item in declaration.login_methods)):
            found.check(bool(title.ru.strip() and title.en.strip()), "a title is empty")
        for name in declaration.secret_params:
            found.check(name == name.lower(), f"secret parameter {name!r} is not in lower case")


@scenario(Quality.BRONZE)
async def plugin_api_is_known(bench: Bench) -> None:
    """The plugin was written for this plugin API, or an older minor of it."""
    major, minor = bench.declaration.api
    if major != PLUGIN_API[0] or minor > PLUGIN_API[1]:
        raise AssertionError(f"written for {major}.{minor}, this is {PLUGIN_API}")


@scenario(Quality.BRONZE)
async def reasons_are_given(bench: Bench) -> None:
    """Whatever is lacking, unverified or unusual says why, in Russian and English."""
    declaration = bench.declaration
    with findings() as found:
        for where, capability, info in bench.supports():
            if not info.is_available:
                found.check(_is_said(info.reason), f"{where}: {capability.value} lacks its reason")
        if declaration.user_agent is not None:
            said = bool((declaration.user_agent_reason or "").strip())
            found.check(said, "the overridden User-Agent lacks its reason")


@scenario(Quality.BRONZE)
async def instances_are_reachable(bench: Bench) -> None:
    """Hosts are https origins with an `api` role, zones and regions exist."""
    directory = load_directory()
    with findings() as found:
        for item in bench.declaration.instances:
            found.check("api" in item.hosts, f"{item.key} has no host for the role api")
            if item.tenant_hosts:
                found.check(item.tenants is not None, f"{item.key} has hosts of no tenants")
            for role, url in (*item.hosts.items(), *item.tenant_hosts.items()):
                parts = urlsplit(url.replace("{tenant}", "tenant"))
                good = parts.scheme == "https" and bool(parts.hostname) and not parts.query
                found.check(good and not url.endswith("/"), f"{item.key}/{role}: {url!r}")
            try:
                ZoneInfo(item.zone)
            except (ZoneInfoNotFoundError, ValueError):
                found.add(f"{item.key}: there is no zone {item.zone!r}")
            for region in item.regions:
                try:
                    directory.get(region)
                except UnknownRegion:
                    found.add(f"{item.key}: there is no region {region!r}")


@scenario(Quality.BRONZE)
async def settings_ship_no_keys(bench: Bench) -> None:
    """No key, secret or registration of somebody's application has a default."""
    model = load(bench.declaration.settings, ProviderSettings)
    with findings() as found:
        for name, field in model.model_fields.items():
            found.check(bool(field.description), f"setting {name!r} has no description")
            if _SECRET_FIELD.search(name):
                default = field.get_default(call_default_factory=True, validated_data={})
                found.check(not default, f"setting {name!r} ships a value")
        for method in bench.declaration.login_methods:
            for name in method.needs_settings:
                known = name in model.model_fields
                found.check(known, f"{method.name} needs a setting {name!r} that there is not")


@scenario(Quality.BRONZE)
async def writes_name_what_they_invalidate(bench: Bench) -> None:
    """Every write names the reads whose cached answers it makes old."""
    reads = {item.name for item in OPERATIONS.values() if item.kind == "read"}
    writes = {item.capability for item in OPERATIONS.values() if item.kind == "write"}
    with findings() as found:
        for where, capability, info in bench.supports():
            unknown = sorted(info.invalidates - reads)
            found.check(not unknown, f"{where}: {capability.value} invalidates {unknown}")
            if capability in writes and info.is_available:
                said = bool(info.invalidates)
                found.check(said, f"{where}: {capability.value} invalidates nothing")


@scenario(Quality.BRONZE)
async def absent_fields_exist(bench: Bench) -> None:
    """Fields that are declared absent are fields of the model."""
    with findings() as found:
        for where, capability, info in bench.supports():
            for name in sorted(info.absent_fields):
                owner, _, field = name.partition(".")
                model = getattr(diary_model, owner, None)
                known = model is not None and field in getattr(model, "model_fields", ())
                found.check(known, f"{where}: {capability.value} names {name!r}")


@scenario(Quality.BRONZE)
async def quality_is_earned(bench: Bench) -> None:
    """A provider is exempt from no scenario that its quality tier promises."""
    promised = _TIERS.index(bench.declaration.quality)
    with findings() as found:
        for name in bench.config.exemptions:
            tier = SCENARIOS[name.partition("[")[0]].tier
            broken = _TIERS.index(tier) <= promised
            found.check(not broken, f"{name} belongs to {tier.value}, which is declared")


def _is_said(reason: Text | None) -> bool:
    return reason is not None and bool(reason.ru.strip() and reason.en.strip())
