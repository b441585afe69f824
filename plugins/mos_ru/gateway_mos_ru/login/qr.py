"""Sign-in by QR code, as the site offers it (protocol notes 2.3, steps 1 to 3)."""

from datetime import UTC, datetime
from typing import Final

from pydantic import SecretStr

from gateway.core.contract.addresses import base_of
from gateway.core.contract.flow import Next, StepInput, decision_of, keys_of
from gateway.core.contract.link import LoginLink
from gateway.core.contract.steps import ShowQr, Step, StepAction, WaitForApproval
from gateway.core.errors import (
    ApprovalExpired,
    ApprovalRejected,
    BadResponse,
    FlowError,
    LoginError,
)
from gateway.core.wire.decoding import decode
from gateway.core.wire.jar import CookieJar
from gateway.core.wire.request import Body, RequestKind
from gateway_mos_ru.login import trust, wire, words
from gateway_mos_ru.login.addresses import (
    PASSWORD_PAGE,
    QR_COMPLETE,
    QR_PULL,
    TRUST,
    WEB_LOGIN,
    factor_of,
)
from gateway_mos_ru.login.base import STAGE, MosFlow, Stage
from gateway_mos_ru.login.cookies import ACCESS_COOKIE, REFRESH_COOKIE
from gateway_mos_ru.login.factors import Factors
from gateway_mos_ru.login.grants import Family, Grant
from gateway_mos_ru.login.pages import asks_to_trust, refresh_url
from gateway_mos_ru.login.refusals import shown
from gateway_mos_ru.login.walk import Landing, follow, open_address
from gateway_mos_ru.routes import API, LOGIN

POLL_AFTER: Final = 1.0
"""Seconds between two looks: what the site's own page keeps to."""

MOST_CODES: Final = 5
"""QR codes that are shown before nobody is waited for any more."""

_ASKED_AT: Final = "asked_at"
_SHOWN: Final = "codes_shown"
_BACK: Final = "trust_bo"
# The words of a cause are known of no client: these are what a refusal would hardly lack.
_REFUSED: Final = ("reject", "refus", "denied", "cancel", "decline")
_ACTIONS: Final = (StepAction.CANCEL,)


class QrFlow(MosFlow):
    """A code to scan, an approval on the phone, perhaps a second factor, then two cookies.

    Needs nothing of the application: it is the site's own way.
    """

    async def start(self, link: LoginLink) -> Next:
        """Shows the first code."""
        return await self._show(link)

    async def poll(self, link: LoginLink, step: Step) -> Next:
        """Looks whether the person has scanned or approved; never asks twice in a second."""
        resumed = await self.resumed(link)
        if resumed is not None:
            return resumed
        if link.state.get(STAGE) != Stage.QR:
            raise FlowError("there is nothing to wait for at this step")
        now = link.now().timestamp()
        if now - float(link.state.get(_ASKED_AT, 0)) < POLL_AFTER:
            return step
        return await self._after_pull(link, await self._pull(link))

    async def answered(self, link: LoginLink, step: Step, answer: StepInput) -> Next:
        """Sends the code of the second factor, or the decision."""
        factors = Factors(link)
        match link.state.get(STAGE):
            case Stage.CODE:
                following = await factors.confirm(step, answer)
            case Stage.FACTOR:
                following = await factors.choose(keys_of(answer))
            case Stage.TRUST:
                return await self._decided(link, trusted=decision_of(answer))
            case _:
                raise FlowError("this step is waited for, not answered")
        if isinstance(following, Landing):
            return await self._landed(link, following)
        return following

    async def act(self, link: LoginLink, step: Step, action: StepAction) -> Next:
        """Sends another code of the second factor, or offers another way to send it."""
        if link.state.get(STAGE) != Stage.CODE:
            return await super().act(link, step, action)
        factors = Factors(link)
        if action is StepAction.SWITCH:
            return factors.others()
        return await self._landed(link, await factors.ask_again())

    async def _show(self, link: LoginLink) -> Next:
        """Begins at the site and shows the code that it gives.

        Raises:
            ApprovalExpired: Several codes were shown and nobody scanned them.
        """
        shown_before = int(link.state.get(_SHOWN, "0"))
        if shown_before >= MOST_CODES:
            raise ApprovalExpired("nobody scanned the code")
        link.state[_SHOWN] = str(shown_before + 1)
        link.jar = CookieJar()
        site = base_of(link, API)
        page = await link.request(API, "GET", WEB_LOGIN, template=WEB_LOGIN)
        url = page.location or refresh_url(page.text)
        if url is None:
            raise BadResponse("the site does not lead to the sign-in", http_status=page.status)
        await open_address(link, url, referer=f"{site}/")
        link.state[STAGE] = Stage.QR.value
        return await self._after_pull(link, await self._pull(link))

    async def _pull(self, link: LoginLink) -> wire.QrState:
        link.state[_ASKED_AT] = str(link.now().timestamp())
        response = await link.request(
            LOGIN,
            "GET",
            QR_PULL,
            headers={
                "Accept": "application/json, text/javascript, */*; q=0.01",
                "X-Requested-With": "XMLHttpRequest",
            },
            template=QR_PULL,
        )
        return decode(response, wire.QrState, link.note)

    async def _after_pull(self, link: LoginLink, state: wire.QrState) -> Next:
        """What follows from what the page is told.

        Raises:
            ApprovalRejected: The person refused on the phone.
            LoginError: The page is told something unknown.
        """
        match state.command:
            case "showQRCode" if state.link:
                ends = _moment(state.expires)
                if ends is not None and ends <= link.now():
                    return await self._show(link)
                return ShowQr(
                    title=words.SHOW_QR,
                    content=state.link,
                    poll_after=POLL_AFTER,
                    expires_at=ends,
                    actions=_ACTIONS,
                )
            case "askForConfirm":
                return WaitForApproval(title=words.APPROVE, poll_after=POLL_AFTER, actions=_ACTIONS)
            case "needComplete":
                return await self._complete(link)
            case "needRefresh":
                if any(word in (state.cause or "").casefold() for word in _REFUSED):
                    raise ApprovalRejected("the sign-in was refused on the phone")
                return await self._show(link)
            case _:
                raise LoginError(
                    f"the page with the code is told {shown(state.command)}",
                    text=words.USE_BROWSER,
                )

    async def _complete(self, link: LoginLink) -> Next:
        origin = base_of(link, LOGIN)
        headers = {"Origin": origin}
        # The page's own address; its mark of the sign-in stands in a cookie.
        back = (link.jar.value("origin") or "").strip('"').partition("|")[2]
        if back and back.isascii() and back.isprintable():
            headers["Referer"] = f"{origin}{PASSWORD_PAGE}?bo={back}"
        response = await link.request(
            LOGIN,
            "POST",
            QR_COMPLETE,
            kind=RequestKind.AUTH,
            headers=headers,
            body=Body.of_form({}),
            template=QR_COMPLETE,
        )
        return await self._landed(link, await follow(link, response))

    async def _landed(self, link: LoginLink, landing: Landing) -> Next:
        """What follows from where a chain ended.

        Raises:
            LoginError: At a page that only a browser can answer.
        """
        if landing.signed_in:
            return await self.welcome(link, _grant(link))
        if landing.path == TRUST or asks_to_trust(landing.html):
            if back := landing.param("bo"):
                link.state[_BACK] = back
            if not link.person_present:
                return await self._decided(link, trusted=False)
            link.state[STAGE] = Stage.TRUST.value
            return trust.question()
        if landing.role == LOGIN and factor_of(landing.path) is not None:
            return await Factors(link).enter(landing)
        raise LoginError("the sign-in goes on with a page", text=words.USE_BROWSER)

    async def _decided(self, link: LoginLink, *, trusted: bool) -> Next:
        response = await link.request(
            LOGIN,
            "POST",
            TRUST,
            kind=RequestKind.AUTH,
            params={"bo": link.state.get(_BACK)},
            headers={"Origin": base_of(link, LOGIN)},
            body=trust.answer_of(trust=trusted),
            template=TRUST,
        )
        landing = await follow(link, response)
        if landing.path == TRUST and not landing.signed_in:
            raise LoginError("the sign-in goes on with a page", text=words.USE_BROWSER)
        return await self._landed(link, landing)


def _grant(link: LoginLink) -> Grant:
    """The tokens of the site's cookies."""
    token = (link.jar.value(ACCESS_COOKIE) or "").strip('"')
    refresh = (link.jar.value(REFRESH_COOKIE) or "").strip('"')
    return Grant(
        family=Family.WEB if refresh else Family.PASTED,
        access_token=SecretStr(token),
        refresh_token=SecretStr(refresh) if refresh else None,
    )


def _moment(seconds: int | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
