"""One public call: capability, cache, single flight, adapter, validation, answer."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from gateway.core.client.attachments import Download
from gateway.core.client.bearer import AccountBearer, Run
from gateway.core.client.options import CallOptions
from gateway.core.client.services import Services
from gateway.core.client.support import check, support_of
from gateway.core.contract.capability import Capability, Support, SupportInfo
from gateway.core.contract.observer import CallEvent
from gateway.core.contract.operation import OPERATIONS, Operation, Scope
from gateway.core.contract.reading import Reading, Written
from gateway.core.contract.session import SessionStatus, StudentRef
from gateway.core.contract.windows import joined, windows
from gateway.core.errors import (
    AccountNotFound,
    BadResponse,
    CacheMiss,
    GatewayError,
    InteractionRequired,
    NotFound,
    NotSupported,
    OtherFamily,
    OutcomeUnknown,
    Overloaded,
    ProviderUnavailable,
    RateLimited,
    SessionLost,
)
from gateway.core.model import Answer, Receipt, Student
from gateway.core.model.base import MODEL_VERSION
from gateway.core.pipeline.account import OpenAccount
from gateway.core.pipeline.cache import Ages, Freshness
from gateway.core.pipeline.cache_key import CacheKey
from gateway.core.pipeline.deadline import Deadline
from gateway.core.pipeline.engine import CallContext, tell
from gateway.core.pipeline.link import AccountLink
from gateway.core.pipeline.validation import validate
from gateway.core.text.filenames import safe_filename

_SERVE_STALE: Final = (ProviderUnavailable, RateLimited, Overloaded, BadResponse)
"""Failures in which yesterday's answer is better than none (resilience notes 6)."""

_DOWNLOAD_SECONDS: Final = 120.0

Arguments = Mapping[str, Any]


class Caller:
    """Answers the calls of all diaries of a gateway."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._ages = {
            name: Ages(operation.soft_age, operation.hard_age)
            for name, operation in OPERATIONS.items()
        }

    def supports(self, capability: Capability, account: str, student_id: str) -> SupportInfo:
        """What an opened account's diary says of a capability; never sends.

        Raises:
            OtherFamily: The account does not see the student.
        """
        opened = self._services.keeper.at_hand(account)
        if opened is None:
            raise InteractionRequired("open the account first", reason="not_open")
        return support_of(capability, opened.adapter, opened.session, _student(opened, student_id))

    async def today(self, account: str, student_id: str) -> date:
        """Today at the student's school."""
        opened = await self._services.keeper.open(account)
        zone = ZoneInfo(_student(opened, student_id).zone)
        return self._services.clock.now().astimezone(zone).date()

    async def read(
        self,
        name: str,
        account: str,
        student_id: str | None,
        arguments: Arguments,
        options: CallOptions,
    ) -> Answer[Any]:
        """The answer of a read.

        Raises:
            GatewayError: Whatever went wrong; nothing else.
        """
        services = self._services
        operation = OPERATIONS[name]
        keeper = services.keeper
        opened = keeper.at_hand(account) or await keeper.open(account)
        adapter = opened.adapter
        key = services.cache.key(
            tenant=keeper.store.tenant,
            provider=adapter.declaration.name,
            host=adapter.instance.key,
            account=account,
            student=student_id or "",
            operation=name,
            arguments=arguments,
            model_version=MODEL_VERSION,
        )
        whole = not options.get("keep_raw") and not options.get("strict")
        max_age = options.get("max_age") if whole else 0.0
        found = services.cache.get(key, max_age=max_age)
        if found.state is Freshness.FRESH:
            if found.error is not None:
                raise found.error
            if services.observers:
                self._called(opened, name, "cache", services.clock.monotonic())
            if found.value is not None:
                return found.value[1]
        old = found.value[1] if found.value is not None else None
        if options.get("cached_only"):
            if old is None:
                raise CacheMiss(provider=adapter.declaration.name, operation=name)
            return replace(old, stale=True)
        return await self._fetch(operation, opened, student_id, arguments, options, key, old)

    async def students(self, account: str, options: CallOptions) -> Answer[tuple[Student, ...]]:
        """Children of an account, each with the account's key and the user's own label."""
        answer = await self.read("list_students", account, None, {}, options)
        opened = await self._services.keeper.open(account)
        labels = {ref.id: ref.label for ref in opened.session.students}
        named = (
            item.model_copy(update={"account": account, "label": labels.get(item.id) or item.label})
            for item in answer.value
        )
        return replace(answer, value=tuple(named))

    async def account_of(self, student_id: str) -> str:
        """An account that sees a student; open ones are looked at first.

        Raises:
            AccountNotFound: None does.
        """
        keeper = self._services.keeper
        for opened in keeper.opened:
            if opened.session.student(student_id) is not None:
                return opened.key
        prefix = student_id.partition(":")[0]
        for key in await keeper.accounts(prefix + ":"):
            if (await keeper.open(key)).session.student(student_id) is not None:
                return key
        raise AccountNotFound("no stored account sees this student")

    async def sign_out(self, opened: OpenAccount) -> None:
        """Tells the provider that the session ends."""
        link = self._link(opened, by_person=True)
        await self._services.flights.run_alone(lambda: opened.adapter.sign_out(link))

    async def write(
        self,
        name: str,
        account: str,
        student_id: str,
        arguments: Arguments,
        *,
        timeout: float | None = None,
    ) -> Receipt:
        """The receipt of a write.

        Raises:
            OutcomeUnknown: It was sent and no whole answer came.
            GatewayError: Whatever else went wrong.
        """
        services = self._services
        operation = OPERATIONS[name]
        opened = await services.keeper.open(account)
        started = services.clock.monotonic()
        try:
            student = _student(opened, student_id)
            info = self._checked(operation, opened, student)
            written = await services.flights.run_alone(
                lambda: self._write(operation, opened, student, arguments, info),
                deadline=self._patience(timeout),
            )
        except GatewayError as error:
            self._called(opened, name, "provider", started, error)
            error.located(provider=opened.adapter.declaration.name, operation=name)
            raise
        self._called(opened, name, "provider", started)
        return Receipt(
            operation=name,
            target=written.target,
            created=written.created,
            confirmed_at=services.clock.now(),
            text=written.text,
        )

    @asynccontextmanager
    async def download(
        self, account: str, student_id: str, attachment_id: str, *, timeout: float | None
    ) -> AsyncIterator[Download]:
        """The bytes of an attachment, piece by piece.

        Raises:
            GatewayError: It cannot be had, is too large, or the connection failed.
        """
        opened = await self._services.keeper.open(account)
        adapter = opened.adapter
        try:
            student = _student(opened, student_id)
            info = support_of(Capability.ATTACHMENTS, adapter, opened.session, student)
            check(
                "open_attachment",
                info,
                adapter,
                allow_unverified=adapter.settings.allow_unverified,
            )
            # The caller reads the body itself, so only what must not be cut short runs detached.
            run = self._services.flights.run_alone
            await run(lambda: self._usable(opened))
            link = self._link(opened, seconds=timeout or _DOWNLOAD_SECONDS, run=run)
            source = adapter.open_attachment(link, student, attachment_id=attachment_id)
            async with link.stream(source.role, source.path, params=source.params) as body:
                yield Download(safe_filename(source.name), body)
        except GatewayError as error:
            error.located(provider=adapter.declaration.name, operation="open_attachment")
            raise

    async def _fetch(
        self,
        operation: Operation,
        opened: OpenAccount,
        student_id: str | None,
        arguments: Arguments,
        options: CallOptions,
        key: CacheKey,
        old: Answer[Any] | None,
    ) -> Answer[Any]:
        """Asks the provider, or serves the old answer where that is better than none."""
        services = self._services
        started = services.clock.monotonic()
        alone = options.get("keep_raw", False) or options.get("strict", False)
        patience = self._patience(options.get("timeout"))

        def start() -> Coroutine[Any, Any, Answer[Any]]:
            return self._upstream(operation, opened, student_id, arguments, options, key)

        try:
            if alone:
                answer = await services.flights.run_alone(start, deadline=patience)
            else:
                answer = await services.flights.run(key, start, deadline=patience)
        except GatewayError as error:
            error.located(provider=opened.adapter.declaration.name, operation=operation.name)
            may_be_stale = old is not None and options.get("max_age") != 0
            source = "stale" if may_be_stale and isinstance(error, _SERVE_STALE) else "provider"
            self._called(opened, operation.name, source, started, error)
            if old is not None and source == "stale":
                return replace(old, stale=True, error=error)
            raise
        self._called(opened, operation.name, "provider", started, issues=len(answer.issues))
        return answer

    async def _upstream(
        self,
        operation: Operation,
        opened: OpenAccount,
        student_id: str | None,
        arguments: Arguments,
        options: CallOptions,
        key: CacheKey,
    ) -> Answer[Any]:
        """The whole upstream call; runs detached, so no caller can cut it short."""
        services = self._services
        student = None if student_id is None else _student(opened, student_id)
        info = self._checked(operation, opened, student)
        await self._usable(opened)
        link = self._link(opened, raw=options.get("keep_raw", False))
        try:
            reading = await self._reading(operation, opened, student, arguments, info, link)
        except NotFound as error:
            if any(name.endswith("_id") and value for name, value in arguments.items()):
                services.cache.put_missing(key, error)
            raise
        except NotSupported:
            self._narrow(opened, operation.capability)
            raise
        finally:
            if opened.dirty:
                await services.keeper.save_changes(opened)
        value, dropped = validate(operation, reading, strict=options.get("strict", False))
        issues = (*link.issues, *reading.issues, *dropped)
        answer: Answer[Any] = Answer(
            value=value,
            provider=opened.adapter.declaration.name,
            fetched_at=services.clock.now(),
            covered=reading.covered,
            complete=reading.complete and not issues,
            issues=issues,
            next_cursor=reading.next_cursor,
            raw=tuple(link.raw),
        )
        if not link.raw:
            services.cache.put(key, (operation.name, answer), self._ages[operation.name])
        return answer

    async def _reading(
        self,
        operation: Operation,
        opened: OpenAccount,
        student: StudentRef | None,
        arguments: Arguments,
        info: SupportInfo,
        link: AccountLink,
    ) -> Reading:
        method: Callable[..., Awaitable[Reading]] = getattr(opened.adapter, operation.name)
        if operation.scope is Scope.ACCOUNT:
            return await method(link)
        if not operation.dated:
            return await method(link, student, **arguments)
        parts = windows(arguments["start"], arguments["end"], info)
        if len(parts) == 1:
            return await method(link, student, **arguments)
        rest = {name: value for name, value in arguments.items() if name not in {"start", "end"}}
        readings = await link.gather(
            *(method(link, student, start=part.start, end=part.end, **rest) for part in parts)
        )
        return joined(readings)

    async def _write(
        self,
        operation: Operation,
        opened: OpenAccount,
        student: StudentRef,
        arguments: Arguments,
        info: SupportInfo,
    ) -> Written:
        await self._usable(opened)
        link = self._link(opened, by_person=True)
        method: Callable[..., Awaitable[Written]] = getattr(opened.adapter, operation.name)
        try:
            return await method(link, student, **arguments)
        except BadResponse as error:
            if not link.wrote:
                raise
            # The provider took it and said what nobody understands: done, perhaps.
            unknown = OutcomeUnknown(error.message, http_status=error.http_status)
            unknown.attempts = error.attempts
            raise unknown from error
        finally:
            # Also after a failure: what was sent may have happened.
            services = self._services
            services.cache.invalidate(services.account_ref(opened.session), info.invalidates)
            await services.keeper.save_changes(opened)

    async def _usable(self, opened: OpenAccount) -> None:
        """Refuses an account that needs its person, and renews one that is nearly over."""
        session = opened.session
        if session.status in {SessionStatus.NEEDS_LOGIN, SessionStatus.FROZEN}:
            raise InteractionRequired(
                method=session.method, reason="revoked", provider=session.provider
            )
        if self._services.keeper.refresh_is_due(opened):
            try:
                await self._services.keeper.renew(opened, session)
            except (ProviderUnavailable, RateLimited, Overloaded, BadResponse, SessionLost):
                return  # the old one still has a fifth of its life

    def _link(
        self,
        opened: OpenAccount,
        *,
        raw: bool = False,
        by_person: bool = False,
        seconds: float | None = None,
        run: Run | None = None,
    ) -> AccountLink:
        services = self._services
        adapter = opened.adapter
        limit = services.settings.call_seconds or adapter.declaration.limits.call_seconds
        call = CallContext(
            bearer=AccountBearer(opened, services.keeper, run=run),
            way=services.way(adapter),
            deadline=Deadline.after(services.clock, seconds or limit),
            by_person=by_person,
        )
        return AccountLink(adapter, services.engine, call, services.clock, opened.memo, raw=raw)

    def _checked(
        self, operation: Operation, opened: OpenAccount, student: StudentRef | None
    ) -> SupportInfo:
        adapter = opened.adapter
        info = support_of(operation.capability, adapter, opened.session, student)
        check(operation.name, info, adapter, allow_unverified=adapter.settings.allow_unverified)
        return info

    def _narrow(self, opened: OpenAccount, capability: Capability) -> None:
        """Remembers that a node lacks a route, so that it is not asked for again."""
        known = {**opened.session.capabilities, capability: Support.UNSUPPORTED}
        opened.replace(replace(opened.session, capabilities=known))

    def _patience(self, timeout: float | None) -> Deadline | None:
        return None if timeout is None else Deadline.after(self._services.clock, timeout)

    def _called(
        self,
        opened: OpenAccount,
        name: str,
        source: str,
        started: float,
        error: GatewayError | None = None,
        *,
        issues: int = 0,
    ) -> None:
        services = self._services
        if not services.observers:
            return
        from gateway.core.redaction import pseudonym  # noqa: PLC0415 - its patterns are costly

        event = CallEvent(
            provider=opened.adapter.declaration.name,
            operation=name,
            account=pseudonym("account", opened.key, services.log_key),
            source=source,
            seconds=services.clock.monotonic() - started,
            issues=issues,
            error=error,
        )
        tell(services.observers, lambda observer: observer.on_call(event))


def _student(opened: OpenAccount, student_id: str) -> StudentRef:
    found = opened.session.student(student_id)
    if found is None:
        raise OtherFamily("the account does not see this student")
    return found
