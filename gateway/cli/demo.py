"""A tour: every provider, every way to sign in, one child's week from each."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gateway.cli.exit_codes import ExitCode
from gateway.cli.output import Output
from gateway.cli.render import answer_fields, show_grades, show_marks, show_week
from gateway.core.client.diary import AsyncDiary
from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.declaration import Declaration, LoginMethod
from gateway.core.contract.emulator import Emulator, SandboxAccount
from gateway.core.errors import GatewayError, NotSupported
from gateway.core.login.status import Login
from gateway.core.model import Answer
from gateway.sandbox.server import Sandbox, Served

DEMO_DAY: Final = date(2026, 11, 20)
"""The fictional today of the tour: a Friday in the second quarter, so that all parts are there."""

_MOST_STEPS: Final = 20


@dataclass(slots=True)
class Visit:
    """What was seen of one provider.

    Attributes:
        logins: One entry per login method, with the steps that it took.
        parts: Answers by part: week, marks, averages, final grades.
        lacking: Declared reasons, by part.
    """

    declaration: Declaration
    logins: list[dict[str, Any]] = field(default_factory=list)
    student: str | None = None
    parts: dict[str, Answer[Any]] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every method led in and a week was read."""
        return all(item["ok"] for item in self.logins) and "week" in self.parts


async def tour(out: Output, box: Sandbox) -> ExitCode:
    """Visits every provider and prints what it shows."""
    visits = []
    with box.serving(dict.fromkeys(box.providers, 0)) as served:
        settings = box.settings(served)
        for place in served:
            async with AsyncGateway(settings=settings, registry=box.registry) as gateway:
                visit = await _visit(out, gateway, box, place)
            visits.append(visit)
            if not out.as_json:
                _show(out, visit)
    if out.as_json:
        out.document(today=box.world.today.isoformat(), providers=list(map(_fields, visits)))
    return ExitCode.OK if all(visit.is_whole for visit in visits) else ExitCode.PARTIAL


async def _visit(out: Output, gateway: AsyncGateway, box: Sandbox, place: Served) -> Visit:
    declaration = box.registry.provider(place.provider)
    emulator = box.emulator(place.provider)
    visit = Visit(declaration)
    if not out.as_json:
        out.console.rule(out.text(declaration.title))
    accounts = box.accounts(place.provider)
    for method in declaration.login_methods:
        await _sign_in(out, gateway, emulator, place, accounts, method, visit)
    for student in await gateway.students():
        diary = await gateway.diary(student)
        visit.student = student.name
        await _read(out, diary, box.world.today, visit)
        if visit.parts["week"].value.days:
            break
    return visit


async def _sign_in(
    out: Output,
    gateway: AsyncGateway,
    emulator: Emulator,
    place: Served,
    accounts: tuple[SandboxAccount, ...],
    method: LoginMethod,
    visit: Visit,
) -> None:
    """Goes one way in, with the first account for which it works."""
    account = next(
        (item for item in accounts if item.state == "ok" and method.name in item.methods), None
    )
    entry: dict[str, Any] = {"method": method.name, "steps": [], "ok": False, "error": None}
    visit.logins.append(entry)
    if account is None:
        entry["error"] = "the sandbox has no account for this method"
        return
    entry["account"] = account.label
    try:
        login = await gateway.begin_login(
            place.provider, method=method.name, region=None, label=account.label
        )
        ended = await _played(gateway, emulator, login, account, place.origin, entry["steps"])
        ended.raise_if_failed()
        entry["ok"] = bool(ended.accounts) or ended.step is None
    except GatewayError as error:
        entry["error"] = str(error)
    if not out.as_json:
        sign = "✓" if entry["ok"] else "✗"
        steps = " → ".join(entry["steps"])
        text = f"{sign} {out.text(method.title)} [{method.name}]: {steps}"
        out.console.print(text, markup=False)
        if entry["error"]:
            out.console.print(f"  {entry['error']}", markup=False, style="red")


async def _played(
    gateway: AsyncGateway,
    emulator: Emulator,
    login: Login,
    account: SandboxAccount,
    origin: str,
    steps: list[str],
) -> Login:
    """Plays the person through a login."""
    for _ in range(_MOST_STEPS):
        if login.step is None:
            break
        steps.append(login.step.type)
        answer = emulator.answer(login.step, account, origin=origin)
        if login.step.poll_after is not None:  # the person has acted on another device
            await asyncio.sleep(login.step.poll_after)
            login = await gateway.poll(login.id)
        else:
            login = await gateway.submit(login.id, answer)
    return login


async def _read(out: Output, diary: AsyncDiary, today: date, visit: Visit) -> None:
    reads: dict[str, Callable[[], Awaitable[Answer[Any]]]] = {
        "week": lambda: diary.get_week(today),
        "averages": diary.list_subject_results,
        "final_grades": diary.list_final_grades,
    }
    for name, read in reads.items():
        try:
            visit.parts[name] = await read()
        except NotSupported as error:
            visit.lacking[name] = out.text(error.text)


def _show(out: Output, visit: Visit) -> None:
    out.console.print(visit.student or "", markup=False, style="bold")
    week = visit.parts["week"].value
    show_week(out, week)
    averages = visit.parts.get("averages")
    marks = [mark for day in week.days for mark in day.marks]
    show_marks(out, marks, averages.value if averages is not None else ())
    if (grades := visit.parts.get("final_grades")) is not None:
        show_grades(out, grades.value)
    for name, reason in visit.lacking.items():
        out.console.print(f"{name}: {reason}", markup=False)


def _fields(visit: Visit) -> dict[str, Any]:
    return {
        "provider": visit.declaration.name,
        "title": {"ru": visit.declaration.title.ru, "en": visit.declaration.title.en},
        "logins": visit.logins,
        "student": visit.student,
        "lacking": visit.lacking,
        **{name: answer_fields(answer) for name, answer in visit.parts.items()},
    }
