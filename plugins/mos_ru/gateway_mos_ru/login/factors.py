"""The second factor on the pages of mos.ru (protocol notes 2.3, step 4)."""

from collections.abc import Mapping, Sequence
from typing import Final

from gateway.core.contract.addresses import base_of
from gateway.core.contract.flow import StepInput
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import Choice, OneTimeCode, Option, Step
from gateway.core.errors import (
    CodeAttemptsExhausted,
    CodeExpired,
    FlowError,
    IllegalAnswer,
    LoginError,
    WrongCode,
)
from gateway.core.wire.request import Body, RequestKind
from gateway_mos_ru.login import codes, words
from gateway_mos_ru.login.addresses import factor_of
from gateway_mos_ru.login.base import STAGE, Stage
from gateway_mos_ru.login.pages import code_state, factors_of, is_expired
from gateway_mos_ru.login.walk import Landing, follow
from gateway_mos_ru.routes import LOGIN

_FACTOR: Final = "factor"
_BACK: Final = "factor_bo"
_OFFERED: Final = "factors"
_CALL: Final = "flashCall"

_ASK_CALL: Final = "/sps/login/method/flashCall"
# Where the code of an authenticator goes is known of no client: as with SMS and e-mail.
_SEND: Final[Mapping[str, tuple[str, str]]] = {
    "sms": ("/sps/login/methods/sms", "sms-code"),
    "email": ("/sps/login/methods/email", "email-code"),
    "totp": ("/sps/login/methods/totp", "otp"),
    _CALL: (f"{_ASK_CALL}/code", "code"),
}


class Factors:
    """The second factor of one sign-in; remembers in the flow's state alone."""

    def __init__(self, link: LoginLink) -> None:
        self._link = link

    async def enter(self, landing: Landing) -> Step:
        """The step of a page that asks for a code.

        Opening the page sends the code, except for a call, which must be asked for.

        Raises:
            LoginError: It is confirmed in a way that only the page itself can do.
        """
        factor = factor_of(landing.path)
        if factor is None or factor not in codes.MEDIA:
            raise LoginError("an unknown second factor is due", text=words.USE_BROWSER)
        back = landing.param("bo") or self._link.state.get(_BACK)
        if back is None:
            raise LoginError("the second factor cannot be answered", text=words.USE_BROWSER)
        self._link.state[_FACTOR] = factor
        self._link.state[_BACK] = back
        offered = [item for item in factors_of(landing.html) if item in codes.MEDIA]
        if offered or _OFFERED not in self._link.state:
            known = offered or [item for item in codes.MEDIA if item != "totp"]
            self._link.state[_OFFERED] = " ".join(dict.fromkeys([factor, *known]))
        if factor == _CALL and landing.path != _ASK_CALL:
            landing = await self._post(_ASK_CALL, Body.of_form({}))
            if factor_of(landing.path) != _CALL:
                return await self.enter(landing)
        self._link.state[STAGE] = Stage.CODE.value
        return self._step(landing)

    async def confirm(self, step: Step, answer: StepInput) -> Step | Landing:
        """Sends the code: the same step where it did not do, else where it led.

        Raises:
            CodeAttemptsExhausted: No tries are left.
        """
        factor = self._factor()
        medium = codes.MEDIA[factor]
        path, name = _SEND[factor]
        code = codes.code_of(answer, medium)
        landing = await self._post(path, Body.of_form({name: code}))
        if landing.signed_in or factor_of(landing.path) != factor:
            return landing
        state = code_state(landing.html)
        if state is not None and state.attempts_left == 0:
            raise CodeAttemptsExhausted("the page says that no tries are left")
        expired = state is not None and is_expired(state)
        error = CodeExpired() if expired else WrongCode()
        if state is None and isinstance(step, OneTimeCode):
            return codes.again(step, error)
        return self._step(landing, error)

    async def ask_again(self) -> Landing:
        """Asks for another code, as its page does when it is opened."""
        return await self._open(self._factor())

    def others(self) -> Choice:
        """Asks by which other way the code shall come."""
        current = self._factor()
        others = [item for item in self._offered() if item != current]
        self._link.state[STAGE] = Stage.FACTOR.value
        return Choice(
            title=words.FACTOR,
            options=tuple(
                Option(key=item, label=words.in_both(words.CODES[codes.MEDIA[item]]))
                for item in others
            ),
        )

    async def choose(self, keys: Sequence[str]) -> Landing:
        """Goes to the page of another way."""
        if len(keys) != 1 or keys[0] not in self._offered():
            raise IllegalAnswer("there is no such way to confirm")
        return await self._open(keys[0])

    def _step(self, landing: Landing, error: LoginError | None = None) -> OneTimeCode:
        factor = self._factor()
        state = code_state(landing.html)
        return codes.step(
            codes.MEDIA[factor],
            self._link.now(),
            ttl=None if state is None else state.ttl,
            attempts_left=None if state is None else state.attempts_left,
            error=error,
            can_switch=len(self._offered()) > 1,
        )

    def _factor(self) -> str:
        try:
            return self._link.state[_FACTOR]
        except KeyError:
            raise FlowError("no second factor is due") from None

    def _offered(self) -> list[str]:
        return self._link.state.get(_OFFERED, "").split()

    async def _open(self, factor: str) -> Landing:
        path = f"/sps/login/methods2/{factor}"
        return await follow(
            self._link,
            await self._link.request(LOGIN, "GET", path, params=self._back(), template=path),
        )

    async def _post(self, path: str, body: Body) -> Landing:
        response = await self._link.request(
            LOGIN,
            "POST",
            path,
            kind=RequestKind.AUTH,
            params=self._back(),
            headers={"Origin": base_of(self._link, LOGIN)},
            body=body,
            template=path,
        )
        return await follow(self._link, response)

    def _back(self) -> dict[str, str]:
        return {"bo": self._link.state[_BACK]}
