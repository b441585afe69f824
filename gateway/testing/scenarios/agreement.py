"""Does the declaration agree with adapter, wire types and emulator?

Scenarios: `login_methods_have_flows`, `capabilities_match_methods`, `renewal_matches_methods`,
`wire_fields_are_marked`, `emulator_is_complete`.
"""

from typing import Final
from urllib.parse import urlsplit

from pydantic import ValidationError

from gateway.core.contract.adapter import Adapter
from gateway.core.contract.capability import Capability, Support
from gateway.core.contract.declaration import Quality, Renewal
from gateway.core.contract.evidence import evidence_of, wire_structs
from gateway.core.contract.flow import LoginFlow
from gateway.core.contract.loading import load
from gateway.core.contract.operation import OPERATIONS
from gateway.core.contract.settings import ProviderSettings
from gateway.core.errors import GatewayError, MethodNotOffered
from gateway.testing.bench import OPENING_STATES, Bench
from gateway.testing.findings import findings
from gateway.testing.scenario import scenario

_METHOD_OF: Final = {item.capability: item.name for item in OPERATIONS.values()} | {
    Capability.ATTACHMENTS: "open_attachment"
}


@scenario(Quality.BRONZE)
async def login_methods_have_flows(bench: Bench) -> None:
    """Every declared login method has a flow, and no other has."""
    with findings() as found:
        adapter = _adapter(bench)
        for method in bench.declaration.login_methods:
            try:
                flow: object = adapter.login_flow(method.name)
            except GatewayError as error:
                found.add(f"{method.name} has no flow: {error}")
            else:
                found.check(isinstance(flow, LoginFlow), f"the flow of {method.name} is no flow")
        try:
            adapter.login_flow("no-such-method")
        except MethodNotOffered:
            return
        found.add("an undeclared login method has a flow")


@scenario(Quality.BRONZE)
async def capabilities_match_methods(bench: Bench) -> None:
    """Each declared capability has its method, and each method is declared."""
    with findings() as found:
        for capability, name in _METHOD_OF.items():
            supports = {info.support for _, other, info in bench.supports() if other is capability}
            declared = bool(supports - {Support.UNSUPPORTED})
            own = getattr(bench.adapter_class, name) is not getattr(Adapter, name)
            found.check(own or not declared, f"{capability.value} is declared without {name}()")
            found.check(declared or not own, f"{name}() is there, {capability.value} not declared")


@scenario(Quality.BRONZE)
async def renewal_matches_methods(bench: Bench) -> None:
    """Rotating renewal has `refresh()`, sliding renewal `renew()`, and no other has them."""
    adapter = bench.adapter_class
    renewal = bench.declaration.renewal
    with findings() as found:
        refreshes = adapter.refresh is not Adapter.refresh
        renews = adapter.renew is not Adapter.renew
        found.check(refreshes == (renewal is Renewal.ROTATING), "refresh() against the renewal")
        found.check(renews == (renewal is Renewal.SLIDING), "renew() against the renewal")


@scenario(Quality.BRONZE)
async def wire_fields_are_marked(bench: Bench) -> None:
    """Every field of every wire type says whether it was seen, documented or assumed."""
    modules = bench.adapter_class.wire_models
    with findings() as found:
        structs = wire_structs(modules)
        found.check(bool(structs), "Adapter.wire_models names no module with wire types")
        for struct in structs:
            marked = evidence_of(struct)
            for name in struct.__struct_fields__:
                found.check(name in marked, f"{struct.__module__}.{struct.__name__}.{name}")


@scenario(Quality.BRONZE)
async def emulator_is_complete(bench: Bench) -> None:
    """The emulator stands for every host and has an account for every login method."""
    with findings() as found:
        hosts = {
            urlsplit(url).hostname
            for item in bench.declaration.instances
            for url in item.hosts.values()
        }
        lacking = sorted(str(host) for host in hosts - set(bench.emulator.hosts))
        found.check(not lacking, f"hosts without an emulator: {lacking}")
        keys = [account.key for account in bench.accounts]
        found.check(len(set(keys)) == len(keys), "accounts share a key")
        for account in bench.accounts:
            found.check(account.provider == bench.provider, f"{account.key} of another provider")
        for method in bench.declaration.login_methods:
            opens = any(
                method.name in account.methods and account.state in OPENING_STATES
                for account in bench.accounts
            )
            found.check(opens, f"{method.name} opens no account of the emulator")
        try:
            model = load(bench.declaration.settings, ProviderSettings)
            settings = model.model_validate(dict(bench.emulator.settings("http://127.0.0.1:1")))
        except ValidationError:
            found.add("the emulator's settings are no settings of the provider")
        else:
            found.check(bool(settings.base_url or settings.hosts), "its settings map no host")


def _adapter(bench: Bench) -> Adapter:
    settings = load(bench.declaration.settings, ProviderSettings)
    instance = bench.declaration.instance()
    values = dict(bench.emulator.settings("http://127.0.0.1:1"))
    return bench.adapter_class(bench.declaration, instance, settings.model_validate(values))
