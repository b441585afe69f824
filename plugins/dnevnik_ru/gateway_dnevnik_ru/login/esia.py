"""Signing in through Gosuslugi by the app's interface (protocol notes 2.5).

The service has an optional status of the task, in numbers whose meaning nobody knows; clients go on
without it, and so does this.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from pydantic import SecretStr

from gateway.core.config import required
from gateway.core.contract.addresses import base_of
from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, keys_of, text_of
from gateway.core.contract.identity import IdentityProvider, SignInRequest, SignInResult
from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Session
from gateway.core.contract.steps import (
    Choice,
    CompletedBy,
    Option,
    Redirect,
    Step,
    StepAction,
)
from gateway.core.errors import (
    AccountNotLinked,
    BadResponse,
    ClientRejected,
    EsiaNotOffered,
    FlowError,
    ForgedState,
    GatewayError,
    IdentityTooWeak,
    IllegalAnswer,
    LoginError,
    ProviderUnavailable,
)
from gateway.core.regions import load_directory
from gateway.core.wire.decoding import decode
from gateway.core.wire.request import Body, RequestKind
from gateway_dnevnik_ru.login import wire, words
from gateway_dnevnik_ru.login.addresses import MOBILE_SCOPE, esia_pattern, esia_task
from gateway_dnevnik_ru.login.grants import Family, grant_of, plain
from gateway_dnevnik_ru.login.session import REGION, open_session
from gateway_dnevnik_ru.settings import DnevnikSettings

_STAGE: Final = "stage"
_REGION_ID: Final = "esia_region_id"
_START_URL: Final = "esia_url"
_TASK: Final = "esia_task"
_SUCCESS: Final = "Success"


class _Stage(StrEnum):
    REGION = "region"
    BROWSER = "browser"
    IDENTITY = "identity"
    ACCOUNTS = "accounts"


class EsiaFlow(LoginFlow):
    """Region, Gosuslugi, then one or several of the diary accounts that hang on the person.

    Args:
        settings: The operator's keys.
        method: Name of the method.
        identity: The sign-in system, where one is installed; otherwise the person's own browser.
    """

    def __init__(
        self, settings: DnevnikSettings, method: str, identity: IdentityProvider | None = None
    ) -> None:
        self.settings = settings
        self.method = method
        self.identity = identity
        self._root = f"/mobile/{settings.mobile_version}/authorizations/esia"

    async def start(self, link: LoginLink) -> Next:
        """Asks for the region, unless the one that was named has exactly one door.

        Raises:
            MissingSetting: The operator has no application with a secret.
            EsiaNotOffered: No region has a door.
        """
        names = ("mobile_client_id", "mobile_client_secret")
        required(self.settings, link.declaration.name, *names)
        regions = await self._regions(link)
        if not regions:
            raise EsiaNotOffered("the service names no region")
        named = _of_region(regions, link.state.get(REGION))
        if len(named) == 1:
            return await self._enter(link, named[0])
        link.state[_STAGE] = _Stage.REGION.value
        options = sorted(named or regions, key=lambda region: region.name or "")
        return Choice(
            title=words.REGION,
            options=tuple(
                Option(key=str(item.region_id), label=item.name or str(item.region_id))
                for item in options
            ),
        )

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Goes on with the region, the final address, or the accounts."""
        match link.state.get(_STAGE):
            case _Stage.REGION:
                chosen = _only(keys_of(answer))
                for region in await self._regions(link):
                    if str(region.region_id) == chosen:
                        return await self._enter(link, region)
                raise IllegalAnswer("the service has no such region")
            case _Stage.BROWSER:
                return await self._arrived(link, text_of(answer))
            case _Stage.IDENTITY:
                identity = self._identity(link)
                following = await identity.submit(link, _request(link), step, answer)
                return await self._identified(link, following)
            case _Stage.ACCOUNTS:
                return await self._open(link, keys_of(answer))
            case _:
                raise FlowError("the sign-in through Gosuslugi has not begun")

    async def poll(self, link: LoginLink, step: Step) -> Next:
        """Looks whether the sign-in system has heard of the person."""
        identity = self._identity(link)
        return await self._identified(link, await identity.poll(link, _request(link), step))

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        """Resends or switches at the sign-in system."""
        identity = self._identity(link)
        return await self._identified(link, await identity.act(link, _request(link), step, action))

    async def _enter(self, link: LoginLink, region: wire.EsiaRegion) -> Next:
        """Sends the person to Gosuslugi through a region's door."""
        url = region.esia_url or ""
        if not url.startswith(("https://", f"{base_of(link, 'login')}/")):
            raise BadResponse("the door to Gosuslugi is no address")
        link.state[_REGION_ID] = str(region.region_id)
        link.state[_START_URL] = url
        code = _code_of(region)
        if code is not None:
            link.state[REGION] = code
        if self.identity is not None:
            link.state[_STAGE] = _Stage.IDENTITY.value
            return await self.identity.start(link, _request(link))
        link.state[_STAGE] = _Stage.BROWSER.value
        return Redirect(
            title=words.ESIA,
            url=url,
            completes_by=CompletedBy.FINAL_URL,
            pattern=esia_pattern(link),
        )

    def _identity(self, link: LoginLink) -> IdentityProvider:
        if link.state.get(_STAGE) != _Stage.IDENTITY or self.identity is None:
            raise FlowError("there is nothing to wait for at this step")
        return self.identity

    async def _identified(self, link: LoginLink, following: Step | SignInResult) -> Next:
        if isinstance(following, SignInResult):
            return await self._arrived(link, following.url)
        return following

    async def _arrived(self, link: LoginLink, url: str) -> Next:
        """Takes the task from the final address.

        The service begins this redirect itself and takes no `state` of ours: what can be checked
        is that the address is the service's own and of the region that was asked for.
        """
        task = esia_task(link, url)
        if task is None:
            raise IllegalAnswer("this is not the last address of a sign-in through Gosuslugi")
        if str(task.region_id) != link.state.get(_REGION_ID):
            raise ForgedState("the address belongs to a sign-in through another region")
        response = await link.request(
            "api",
            "POST",
            f"{self._root}/users/linked",
            kind=RequestKind.AUTH,
            body=Body.of_json({"taskId": task.task_id, "regionId": task.region_id}),
            template=f"{self._root}/users/linked",
        )
        found = decode(response, wire.LinkedUsers, link.note)
        if not found.users:
            raise _nobody(found)
        link.secrets[_TASK] = SecretStr(task.task_id)
        if len(found.users) == 1:
            return await self._open(link, (str(found.users[0].user_id),))
        link.state[_STAGE] = _Stage.ACCOUNTS.value
        return Choice(
            title=words.ACCOUNTS,
            options=tuple(_option(user) for user in found.users),
            multiple=True,
        )

    async def _open(self, link: LoginLink, users: Sequence[str]) -> Next:
        """Opens the chosen accounts; one that fails does not spoil the others."""
        sessions: list[Session] = []
        failure: LoginError | None = None
        for user in dict.fromkeys(users):
            try:
                sessions.append(await self._open_one(link, user))
            except LoginError as error:
                link.note("authorizations/esia", error.code)
                failure = failure or error
        if sessions:
            return SignedIn(tuple(sessions))
        raise failure or IllegalAnswer("no account was chosen")

    async def _open_one(self, link: LoginLink, user: str) -> Session:
        if _TASK not in link.secrets or not user.isdigit():
            raise FlowError("the sign-in through Gosuslugi has not been finished")
        response = await link.request(
            "api",
            "POST",
            f"{self._root}/",
            kind=RequestKind.AUTH,
            body=Body.of_json(
                {
                    "taskId": link.secrets[_TASK].get_secret_value(),
                    "userId": int(user),
                    "regionId": int(link.state[_REGION_ID]),
                    "clientId": self.settings.mobile_client_id,
                    "clientSecret": plain(self.settings.mobile_client_secret),
                    "scope": self.settings.scope or MOBILE_SCOPE,
                }
            ),
            template=f"{self._root}/",
        )
        found = decode(response, wire.EsiaSignIn, link.note)
        tokens = found.authorization or found.login_response
        grant = grant_of(tokens, Family.MOBILE, link.now())
        if grant is None:
            raise _refusal(found)
        if grant.user_id is None:
            grant = replace(grant, user_id=int(user))
        return await open_session(link, self.settings, grant, self.method)

    async def _regions(self, link: LoginLink) -> list[wire.EsiaRegion]:
        path = f"{self._root}/regions"
        found = await link.read(wire.EsiaRegions, "api", path, template=path)
        return [region for region in found.regions or () if region.esia_url]


def _request(link: LoginLink) -> SignInRequest:
    return SignInRequest(
        start_url=link.state[_START_URL],
        completes_by=CompletedBy.FINAL_URL,
        pattern=esia_pattern(link),
    )


def _nobody(found: wire.LinkedUsers) -> LoginError:
    """Why a finished sign-in shows no account."""
    if found.type not in {None, _SUCCESS}:
        return LoginError("the service does not know the task", text=words.ESIA_UNFINISHED)
    if "подтвержд" in (found.description or "").casefold():
        return IdentityTooWeak("the service wants a confirmed account of Gosuslugi")
    return AccountNotLinked("no diary account hangs on the person")


def _refusal(found: wire.EsiaSignIn) -> GatewayError:
    status = found.status
    code = None if status is None else status.code or status.type
    if code == "EsiaUserNotLinked":
        return AccountNotLinked("the service says that the account is not linked")
    if code == "FirstSign":
        return LoginError("the first sign-in must be finished at the site", text=words.FIRST_SIGN)
    if code == "UnexpectedError":
        return ProviderUnavailable("the service failed to finish the sign-in")
    if status is None and found.type not in {None, _SUCCESS}:
        return ClientRejected(f"the service refuses the application ({str(found.type)[:40]})")
    return LoginError("the service does not finish the sign-in", text=words.ESIA_UNFINISHED)


def _option(user: wire.LinkedUser) -> Option:
    name = words.joined((user.last_name, user.first_name, user.middle_name))
    return Option(
        key=str(user.user_id),
        label=name or str(user.user_id),
        note=None if user.school is None else user.school.name,
    )


def _of_region(regions: Sequence[wire.EsiaRegion], code: str | None) -> list[wire.EsiaRegion]:
    """Doors of a region by its code; the service's own numbers are another numbering."""
    if code is None:
        return []
    return [region for region in regions if _code_of(region) == code]


def _code_of(region: wire.EsiaRegion) -> str | None:
    found = load_directory().find(region.name or "")
    return found[0].code if found else None


def _only(keys: Sequence[str]) -> str:
    if len(keys) != 1:
        raise IllegalAnswer("one region is chosen")
    return keys[0]
