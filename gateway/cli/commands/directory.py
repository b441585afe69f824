"""What there is: providers, capabilities, regions."""

from typing import Annotated, Any

import typer

from gateway.cli.app import JsonFlag, app, finish, output
from gateway.cli.exit_codes import ExitCode
from gateway.core.config import Settings
from gateway.core.contract.capability import Capability, SupportInfo
from gateway.core.contract.declaration import Declaration
from gateway.core.regions import Region, load_directory
from gateway.core.registry.plugins import Registry

_SIGNS = {"native": "●", "emulated": "◐", "unknown": "?", "unsupported": "–"}


@app.command()
def providers(as_json: JsonFlag = False) -> None:
    """List installed providers, and plugins that could not join."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        registry = Registry()
        if as_json:
            out.document(
                providers=[_provider_fields(item) for item in registry.providers.values()],
                skipped=[
                    {"name": item.name, "error": item.error.to_problem(out.language)}
                    for item in registry.skipped
                ],
            )
            return None
        out.table(
            (
                out.pick("Имя", "Name"),
                out.pick("Дневник", "Diary"),
                out.pick("Регионы", "Regions"),
                out.pick("Вход", "Sign-in"),
                out.pick("Уровень", "Quality"),
            ),
            (
                (
                    item.name,
                    out.text(item.title),
                    " ".join(code for place in item.instances for code in place.regions),
                    ", ".join(method.name for method in item.login_methods),
                    item.quality.value,
                )
                for item in registry.providers.values()
            ),
        )
        for skipped in registry.skipped:
            out.error(skipped.error)
        return None

    finish(out, work)


def _provider_fields(declaration: Declaration) -> dict[str, Any]:
    return {
        "name": declaration.name,
        "title": {"ru": declaration.title.ru, "en": declaration.title.en},
        "platform": declaration.platform,
        "quality": declaration.quality.value,
        "renewal": declaration.renewal.value,
        "instances": [
            {
                "key": item.key,
                "title": {"ru": item.title.ru, "en": item.title.en},
                "regions": list(item.regions),
                "zone": item.zone,
                "hosts": dict(item.hosts),
                "certainty": item.certainty.value,
            }
            for item in declaration.instances
        ],
        "login_methods": [
            {
                "name": item.name,
                "title": {"ru": item.title.ru, "en": item.title.en},
                "needs_settings": list(item.needs_settings),
                "identity_provider": item.identity_provider,
                "certainty": item.certainty.value,
            }
            for item in declaration.login_methods
        ],
    }


@app.command()
def capabilities(
    provider: Annotated[str | None, typer.Argument(help="One provider.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show what each provider can do, and why not."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        registry = Registry()
        chosen = (
            list(registry.providers.values()) if provider is None else [registry.provider(provider)]
        )
        if as_json:
            out.document(
                capabilities={
                    item.name: {
                        name.value: _support_fields(item.supports(name)) for name in Capability
                    }
                    for item in chosen
                }
            )
            return None
        out.table(
            (out.pick("Возможность", "Capability"), *(item.name for item in chosen)),
            (
                (name.value, *(_SIGNS[item.supports(name).support.value] for item in chosen))
                for name in Capability
            ),
        )
        out.say(
            "● есть  ◐ составлено  ? не проверено  – нет",
            "● native  ◐ composed  ? unverified  – none",
        )
        if provider is not None:
            for name in Capability:
                info = chosen[0].supports(name)
                if info.reason is not None:
                    out.console.print(f"{name.value}: {out.text(info.reason)}", markup=False)
        return None

    finish(out, work)


def _support_fields(info: SupportInfo) -> dict[str, Any]:
    reason = info.reason
    return {
        "support": info.support.value,
        "reason": {"ru": reason.ru, "en": reason.en} if reason is not None else None,
        "max_days": info.max_days,
        "splittable": info.splittable,
        "methods": sorted(info.methods),
        "roles": sorted(info.roles),
        "current_year_only": info.current_year_only,
        "absent_fields": sorted(info.absent_fields),
        "side_effect": info.side_effect,
        "invalidates": sorted(info.invalidates),
    }


@app.command()
def regions(
    text: Annotated[str | None, typer.Argument(help="Code or a part of the name.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show who runs what where."""
    out = output(as_json)

    async def work() -> ExitCode | None:
        directory = load_directory(Settings.load().regions_file)
        registry = Registry()
        wanted = text or ""
        found = (directory.find(wanted) or (directory.get(wanted),)) if text else tuple(directory)
        served = {item.code: registry.for_region(item.code) for item in found}
        if as_json:
            out.document(regions=[_region_fields(item, served[item.code]) for item in found])
            return None
        out.table(
            (
                out.pick("Код", "Code"),
                out.pick("Регион", "Region"),
                out.pick("Дневник", "Platform"),
                out.pick("Подключён", "Connected"),
            ),
            (
                (
                    item.code,
                    out.text(item.name),
                    out.text(directory.platforms[item.platform]),
                    ", ".join(declaration.name for declaration, _ in served[item.code]),
                )
                for item in found
            ),
        )
        if len(found) == 1 and not served[found[0].code]:
            out.console.print(out.text(directory.explain(found[0].code)), markup=False)
        return None

    finish(out, work)


def _region_fields(region: Region, served: tuple[tuple[Declaration, str], ...]) -> dict[str, Any]:
    return {
        "code": region.code,
        "iso": region.iso,
        "name": {"ru": region.name.ru, "en": region.name.en},
        "zone": region.zone,
        "zones": list(region.zones),
        "platform": region.platform,
        "sign_in": region.sign_in.value,
        "hosts": [item.url for item in region.hosts],
        "before": [{"platform": item.platform, "until": item.until} for item in region.before],
        "gosuslugi": region.gosuslugi.value,
        "as_of": region.as_of,
        "providers": [
            {"provider": declaration.name, "instance": instance} for declaration, instance in served
        ],
    }
