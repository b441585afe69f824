"""What all ways to sign in share: from tokens to the session of one profile."""

from abc import abstractmethod
from enum import StrEnum
from typing import Final

from gateway.core.contract.flow import LoginFlow, Next, SignedIn, StepInput, keys_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.session import Session
from gateway.core.contract.steps import Choice, CompletedBy, Form, Option, Redirect, Step
from gateway.core.errors import IllegalAnswer, LoginError
from gateway_mos_ru.login import words
from gateway_mos_ru.login.grants import Grant, drop, keep, kept
from gateway_mos_ru.login.owner import Profile
from gateway_mos_ru.login.session import open_session, profiles_of
from gateway_mos_ru.settings import NodeSettings

STAGE: Final = "stage"
"""Key of the flow's state: which step it is at."""

_PROFILES: Final = "profiles"


class Stage(StrEnum):
    """The steps that a flow must tell apart."""

    SIGN_IN = "sign_in"
    CODE = "code"
    FACTOR = "factor"
    TRUST = "trust"
    QR = "qr"
    BROWSER = "browser"
    IDENTITY = "identity"
    PROFILE = "profile"


class MosFlow(LoginFlow):
    """From an answer to tokens, and from tokens to the session.

    One person may be a parent and a student: then they choose, once, since all profiles share one
    refresh token, which serves one session only.

    Tokens are remembered until the session stands: where the diary fails just then, the step
    that led to them is shown again. The one-time code behind them is spent, so any answer goes on
    from the tokens; a password, a token or cookies are taken anew, for they may be another's.
    """

    def __init__(self, settings: NodeSettings, method: str) -> None:
        self._settings = settings
        self.method = method

    async def submit(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """What follows an answer."""
        if link.state.get(STAGE) == Stage.PROFILE:
            return await self._chosen(link, keys_of(answer))
        if _can_be_repeated(step):
            drop(link.secrets)
        return await self.resumed(link) or await self.answered(link, step, answer)

    @abstractmethod
    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """What follows an answer to one of the way's own steps."""

    async def resumed(self, link: LoginLink) -> Next | None:
        """Goes on from tokens that an earlier step has got; None where there are none."""
        grant = kept(link.secrets)
        return None if grant is None else await self.welcome(link, grant)

    async def welcome(self, link: LoginLink, grant: Grant) -> Next:
        """What follows from tokens: the session, or a choice of profiles.

        Raises:
            LoginError: They open no diary.
        """
        keep(link.secrets, grant)
        try:
            profiles = await profiles_of(link, grant)
            if len(profiles) == 1 or not link.person_present:
                return await self._opened(link, grant, profiles)
        except LoginError:
            drop(link.secrets)
            raise
        link.state[STAGE] = Stage.PROFILE.value
        link.state[_PROFILES] = " ".join(f"{item.id}:{item.role}" for item in profiles)
        return Choice(
            title=words.PROFILE,
            options=tuple(
                Option(key=item.id, label=words.kind_of_profile(item.role), note=f"№ {item.id}")
                for item in profiles
            ),
        )

    async def _chosen(self, link: LoginLink, keys: tuple[str, ...]) -> Next:
        grant = kept(link.secrets)
        for item in link.state.get(_PROFILES, "").split():
            number, _, role = item.partition(":")
            if grant is not None and (number,) == keys:
                return await self._opened(link, grant, [Profile(number, role)])
        raise IllegalAnswer("there is no such profile")

    async def _opened(self, link: LoginLink, grant: Grant, profiles: list[Profile]) -> SignedIn:
        """The sessions of profiles: of one, or of all where nobody is there to choose.

        Then an account is signed in anew, and the core picks it among them.
        """
        sessions: list[Session] = []
        failure: LoginError | None = None
        for profile in profiles:
            try:
                sessions.append(await open_session(link, grant, profile, self.method))
            except LoginError as error:
                failure = failure or error
        if failure is not None and not sessions:
            raise failure
        return SignedIn(tuple(sessions))


def _can_be_repeated(step: Step) -> bool:
    """Whether what answers a step serves more than once."""
    by_cookies = isinstance(step, Redirect) and step.completes_by is CompletedBy.COOKIES
    return by_cookies or isinstance(step, Form)
