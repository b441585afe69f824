"""Does a session outlive its process, and does its loss end well?

Scenarios: `sessions_survive_storage`; with a login method as their case
`lost_sessions_are_renewed_once` and `revoked_sessions_ask_for_their_person`.
"""

from typing import Final

from gateway.core.contract.declaration import Quality
from gateway.core.errors import GatewayError, InteractionRequired
from gateway.core.sessions.codec import SessionCodec
from gateway.core.wire.request import RequestKind
from gateway.sandbox.faults import FaultKind
from gateway.testing.bench import Attempts, Bench, copy_of, sessions_of
from gateway.testing.calls import plain_read
from gateway.testing.findings import findings
from gateway.testing.people import doors_of, open_account
from gateway.testing.scenario import opening_methods, scenario, scenario_for
from gateway.testing.sweep import sweep_of

_MOST_SENDS: Final = 8
"""Requests after which a call that is refused again and again must have given up."""


@scenario(Quality.BRONZE)
async def sessions_survive_storage(bench: Bench) -> None:
    """A stored session is read back equal, and another process reads with it at once."""
    codec = SessionCodec()
    household = (await sweep_of(bench)).household
    with findings() as found:
        for method, store in household.stores.items():
            for account, session in (await sessions_of(store)).items():
                same = codec.decode(codec.encode(session)) == session
                found.check(same, f"{account}: the stored session differs")
            attempts = Attempts()
            account = household.opened[method][0][1]
            async with bench.gateway(await copy_of(store, bench), attempts=attempts) as gateway:
                try:
                    read = await plain_read(gateway, account, bench.config)
                    await read.make(gateway)
                except GatewayError as error:
                    found.add(f"{method}: another process cannot read: {error}")
            signed_in = attempts.of(RequestKind.AUTH, RequestKind.REFRESH)
            found.check(not signed_in, f"{method}: another process signs in again to read")


@scenario_for(opening_methods, Quality.SILVER)
async def lost_sessions_are_renewed_once(bench: Bench, method: str) -> None:
    """A session refused in the middle is renewed once and the call goes on, or its person asked."""
    with bench.fresh() as own:
        store, attempts = own.store(), Attempts()
        account = (await open_account(own, store, doors_of(own, method)[0]))[0]
        async with own.gateway(store, attempts=attempts) as gateway:
            read = await plain_read(gateway, account, own.config)
            with own.traffic.striking(FaultKind.UNAUTHORIZED, times=1):
                try:
                    await read.make(gateway)
                except InteractionRequired:
                    return
                except GatewayError as error:
                    raise AssertionError(f"a lost session ends in {error}") from None
        if len(attempts.of(RequestKind.REFRESH)) > 1 or attempts.of(RequestKind.AUTH):
            raise AssertionError("one lost session is renewed more than once")


@scenario_for(opening_methods, Quality.BRONZE)
async def revoked_sessions_ask_for_their_person(bench: Bench, method: str) -> None:
    """A session refused for good ends in InteractionRequired; then nothing more is sent."""
    with bench.fresh() as own, findings() as found:
        store = own.store()
        account = (await open_account(own, store, doors_of(own, method)[0]))[0]
        async with own.gateway(store) as gateway:
            read = await plain_read(gateway, account, own.config)
            for most in (_MOST_SENDS, 0):
                mark = len(own.traffic)
                with own.traffic.striking(FaultKind.UNAUTHORIZED):
                    try:
                        await read.make(gateway)
                    except InteractionRequired:
                        pass
                    except GatewayError as error:
                        found.add(f"a revoked session ends in {error}")
                    else:
                        found.add("a revoked session still reads")
                sent = len(own.traffic) - mark
                found.check(sent <= most, f"{sent} requests where {most} are enough")
