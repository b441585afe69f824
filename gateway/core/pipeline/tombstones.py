"""Which secrets were refused, and when a login may be sent again; outlives the process.

The rules are those of resilience notes 3: a wrong password is sent once, an unknown outcome is not
repeated by itself, and neither people nor background work may get an account locked.
"""

import hmac
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Literal

import msgspec
from pydantic import SecretStr

from gateway.core.errors import (
    AccountLocked,
    KnownWrongSecret,
    LoginOutcomeUnknown,
    StoreUnreadable,
    TooManyAttempts,
)
from gateway.core.pipeline.clock import Clock

REFUSED_FOR = timedelta(hours=24).total_seconds()
UNKNOWN_PAUSE = 60.0
UNATTENDED_PAUSE = 300.0
PERSON_WINDOW = 900.0
PERSON_SECRETS = 3


class _Account(msgspec.Struct, omit_defaults=True):
    """What is kept of one account; all times in unix seconds, secrets only as marks.

    Attributes:
        refused: Marks of secrets that were wrong, with the time.
        unknown: Marks of secrets that were sent and have no known outcome, with the time.
        tried: Marks that a person sent, with the time of the last sending.
        pending: Marks on their way: whether a person sent them, and when they had before.
        unattended: When background work last sent one.
        locked: When a lock was reported, and for how many seconds.
    """

    refused: dict[str, float] = {}
    unknown: dict[str, float] = {}
    tried: dict[str, float] = {}
    pending: dict[str, tuple[bool, float | None]] = {}
    unattended: float | None = None
    locked: tuple[float, float] | None = None


class _State(msgspec.Struct):
    """All accounts, as stored."""

    version: Literal[1]
    accounts: dict[str, _Account]


class Tombstones:
    """Decides before a login is sent, and learns from what came of it.

    `admit` once per attempt, before anything is sent and with the state saved after it: further
    sendings because the provider asks for a captcha, a role or the next page are the same attempt.
    Then exactly one of `succeeded`, `refused`, `locked`, `outcome_unknown`, `ended`. An attempt
    that never got one (the process died) counts as of unknown outcome.

    Args:
        key: Secret key of the marks, 32 bytes or more, kept apart from the state.
        clock: Its time of day counts, for the state outlives the process.
        state: What `dump` returned.

    Raises:
        StoreUnreadable: `state` is damaged or of an unknown version.
    """

    def __init__(
        self, *, key: SecretStr, clock: Clock, state: Mapping[str, object] | None = None
    ) -> None:
        self._key = key
        self._clock = clock
        self._accounts: dict[str, _Account] = {}
        if state is not None:
            try:
                self._accounts = msgspec.convert(dict(state), _State).accounts
            except msgspec.ValidationError:
                raise StoreUnreadable("the records of refused secrets cannot be read") from None

    def dump(self) -> dict[str, object]:
        """Everything that still matters, as plain JSON values; no secret can be read from it."""
        now = self._now()
        for account in tuple(self._accounts):
            self._pruned(account, now)
        state = _State(version=1, accounts=self._accounts)
        return dict(msgspec.to_builtins(state))

    def admit(self, account: str, secret: SecretStr, *, by_person: bool) -> str:
        """Let a login be sent now; it counts as sent.

        Args:
            account: Stable pseudonym of the account, known before the login succeeds.
            secret: Password, or whatever the person typed.
            by_person: Whether a person has just submitted it; otherwise it is background work.

        Returns:
            The mark of the secret, for the method that tells the outcome.

        Raises:
            AccountLocked: The provider's lock is not over.
            KnownWrongSecret: This very secret was refused within 24 h.
            LoginOutcomeUnknown: It is not known what came of this secret the last time: a person
                may repeat it after 60 s, background work not at all.
            TooManyAttempts: The rate for people or for background work is used up.
        """
        now = self._now()
        record = self._pruned(account, now) or _Account()
        mark = self._mark(account, secret)
        if record.locked is not None:
            raise AccountLocked(
                "the account was reported as locked", retry_after=sum(record.locked) - now
            )
        if mark in record.refused:
            raise KnownWrongSecret("this secret was refused before and was not sent again")
        if mark in record.unknown:
            pause = record.unknown[mark] + UNKNOWN_PAUSE - now
            if pause > 0 or not by_person:
                raise LoginOutcomeUnknown(
                    "the outcome of the last sign-in is not known",
                    retry_after=pause if pause > 0 else None,
                )
        if by_person:
            if mark not in record.tried and len(record.tried) >= PERSON_SECRETS:
                pause = min(record.tried.values()) + PERSON_WINDOW - now
                raise TooManyAttempts("too many different secrets", retry_after=pause)
            record.pending[mark] = (True, record.tried.get(mark))
            record.tried[mark] = now
        else:
            if record.unattended is not None:
                pause = record.unattended + UNATTENDED_PAUSE - now
                raise TooManyAttempts("too many sign-ins without a person", retry_after=pause)
            record.pending[mark] = (False, None)
            record.unattended = now
        record.unknown[mark] = now
        self._accounts[account] = record
        return mark

    def succeeded(self, account: str, mark: str) -> None:
        """The secret is right; what was known of other secrets is void."""
        record = self._settled(account, mark)
        record.refused.clear()
        record.unknown.clear()
        record.tried = {known: at for known, at in record.tried.items() if known == mark}

    def refused(self, account: str, mark: str) -> None:
        """The provider said explicitly that the secret is wrong."""
        self._settled(account, mark).refused[mark] = self._now()

    def locked(self, account: str, mark: str, seconds: float) -> None:
        """The provider reported a lock; nothing is sent for `seconds`, whatever the secret."""
        self._settled(account, mark).locked = (self._now(), seconds)

    def outcome_unknown(self, account: str, mark: str) -> None:
        """It was sent and no whole answer came: its 60 s begin now."""
        self._settled(account, mark).unknown[mark] = self._now()

    def ended(self, account: str, mark: str, *, sent: bool = True) -> None:
        """It ended in any other known way; `sent=False` if it never left, which costs nothing."""
        pending = self._record_of(account).pending.get(mark)
        record = self._settled(account, mark)
        if sent or pending is None:
            return
        by_person, before = pending
        if not by_person:
            record.unattended = None
        elif before is None:
            record.tried.pop(mark, None)
        else:
            record.tried[mark] = before

    def try_again(self, account: str) -> None:
        """The person insists: refused secrets may be sent once more. Locks and rates stay."""
        record = self._accounts.get(account)
        if record is not None:
            record.refused.clear()

    def erase(self, account: str) -> None:
        """Forget everything of the account."""
        self._accounts.pop(account, None)

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _mark(self, account: str, secret: SecretStr) -> str:
        """Keyed hash over account and secret, so that equal passwords do not look equal."""
        name = account.encode()
        message = len(name).to_bytes(8, "big") + name + secret.get_secret_value().encode()
        return hmac.new(self._key.get_secret_value().encode(), message, sha256).hexdigest()

    def _record_of(self, account: str) -> _Account:
        return self._accounts.setdefault(account, _Account())

    def _settled(self, account: str, mark: str) -> _Account:
        record = self._record_of(account)
        record.unknown.pop(mark, None)
        record.pending.pop(mark, None)
        return record

    def _pruned(self, account: str, now: float) -> _Account | None:
        """The account's record without what is over; None, and none kept, if nothing is left."""
        record = self._accounts.get(account)
        if record is None:
            return None
        record.refused = _alive(record.refused, REFUSED_FOR, now)
        record.unknown = _alive(record.unknown, REFUSED_FOR, now)
        record.pending = {
            mark: was for mark, was in record.pending.items() if mark in record.unknown
        }
        record.tried = _alive(record.tried, PERSON_WINDOW, now)
        if record.unattended is not None:
            record.unattended = _alive({"": record.unattended}, UNATTENDED_PAUSE, now).get("")
        if record.locked is not None:
            since, seconds = record.locked
            since = min(since, now)
            record.locked = (since, seconds) if now < since + seconds else None
        if record == _Account():
            del self._accounts[account]
            return None
        return record


def _alive(times: Mapping[str, float], lasts: float, now: float) -> dict[str, float]:
    """Those not older than `lasts`; a time in the future (the clock was set back) becomes now."""
    return {name: min(at, now) for name, at in times.items() if now < at + lasts}
