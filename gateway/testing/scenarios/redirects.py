"""Can a redirect's answer be forged?

Scenario, with a login method as its case: `state_cannot_be_forged`.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from gateway.core.client.gateway import AsyncGateway
from gateway.core.contract.declaration import Quality
from gateway.core.contract.steps import Redirect
from gateway.core.errors import FlowError
from gateway.testing.bench import Bench, Door
from gateway.testing.findings import NotApplicable, findings
from gateway.testing.people import doors_of, play_until
from gateway.testing.scenario import login_methods, scenario_for


@scenario_for(login_methods, Quality.BRONZE)
async def state_cannot_be_forged(bench: Bench, method: str) -> None:
    """A redirect's answer whose `state` is forged, another login's, or used is refused."""
    with bench.fresh() as own:
        door = doors_of(own, method)[0]
        async with own.gateway() as gateway:
            answer = await _final_address(own, gateway, door)
            forged = _with_state(answer, "forged-state-of-nobody")
            with findings() as found:
                for address, what in ((forged, "a forged state"), (answer, "another's state")):
                    login = await play_until(own, gateway, door, Redirect)
                    login_id = login.id if login is not None else ""
                    refused = await _is_refused(gateway, login_id, address)
                    found.check(refused, f"{what} is taken")
                login = await play_until(own, gateway, door, Redirect)
                if login is not None and login.step is not None:
                    own_answer = own.answer(login.step, door.account)
                    await gateway.submit(login.id, own_answer)
                    refused = await _is_refused(gateway, login.id, str(own_answer))
                    found.check(refused, "an answer is taken twice")


async def _final_address(bench: Bench, gateway: AsyncGateway, door: Door) -> str:
    """The address that would end one login, which is then left behind."""
    login = await play_until(bench, gateway, door, Redirect)
    if login is None or login.step is None:
        raise NotApplicable(f"{door.method} sends nobody to another site")
    answer = bench.answer(login.step, door.account)
    if not isinstance(answer, str) or "state" not in _parameters(answer):
        raise NotApplicable(f"{door.method} carries no state in its final address")
    return answer


async def _is_refused(gateway: AsyncGateway, login_id: str, address: str) -> bool:
    try:
        login = await gateway.submit(login_id, address)
    except FlowError:
        return True
    return isinstance(login.error, FlowError)


def _parameters(address: str) -> Mapping[str, str]:
    parts = urlsplit(address)
    return dict(parse_qsl(parts.query) + parse_qsl(parts.fragment))


def _with_state(address: str, state: str) -> str:
    parts = urlsplit(address)

    def changed(text: str) -> str:
        pairs = parse_qsl(text, keep_blank_values=True)
        return urlencode([(key, state if key == "state" else value) for key, value in pairs])

    return urlunsplit(parts._replace(query=changed(parts.query), fragment=changed(parts.fragment)))
