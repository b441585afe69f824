"""OAuth of the site: implicit and code flavour, consent, the final address (protocol notes 2.2)."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from gateway.sandbox.world import model as m
from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.login.credentials import guid
from gateway_dnevnik_ru.emulator.login.pages import consent_page, login_address, page, redirect
from gateway_dnevnik_ru.emulator.router import Dress, Router
from gateway_dnevnik_ru.emulator.sessions import Code
from gateway_dnevnik_ru.emulator.tokens import Scope

TOKEN, CODE = "token", "code"
_NAMES: Final = ("response_type", "client_id", "scope", "redirect_uri", "state")
_DEFAULT_SCOPE: Final = "CommonInfo,EducationalInfo"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("oauth2", authorize, dress=Dress.PAGE, methods=("GET", "POST"))
    router.add("oauth2/authorization/result", result_page, dress=Dress.PAGE)


def authorize(call: Call) -> object:
    """`/oauth2`: for a signed-in browser the token (or code) in the final address."""
    session = call.cookie_session
    asked = {name: call.text(name) for name in _NAMES if call.text(name)}
    if session is None:
        query = "&".join(f"{name}={quote(value, safe=',')}" for name, value in asked.items())
        return redirect(login_address(call.site, f"{call.site.login}/oauth2?{query}"))
    asked.setdefault("scope", _DEFAULT_SCOPE)
    if guid(asked.get("client_id", "")) is None or asked.get("response_type") not in (TOKEN, CODE):
        return redirect(_result(call, asked, "invalid_request"))
    account = call.service.account(session.account_key)
    state = call.service.state.state_of(account)
    if state is m.AccountState.CONSENT:
        answer = call.text("is_granted").lower()
        if answer == "false":
            return _denied(call, asked)
        if answer != "true":
            shown = {name: asked[name] for name in _NAMES if name in asked}
            return consent_page(call.site, {"access_token": "0"} | shown)
    if state in (m.AccountState.CONSENT, m.AccountState.LINKING_OFFER):
        call.service.state.settle(account)
    return _granted(call, asked, account)


def _granted(call: Call, asked: dict[str, str], account: m.Account) -> Response:
    back, given = asked.get("redirect_uri"), asked.get("state", "")
    if asked["response_type"] == CODE:
        code = call.service.sessions.code(Code(account.key, asked["scope"]))
        target = back or _result(call, asked, "success")
        tail = f"code={code}" + (f"&state={quote(given)}" if given else "")
        return redirect(f"{target}{'&' if '?' in target else '?'}{tail}")
    grant = call.service.tokens.issue(account.key, Scope.parse(asked["scope"]))
    target = back or _result(call, asked, "success")
    return redirect(f"{target}#access_token={grant.token}&state={quote(given)}")


def _denied(call: Call, asked: dict[str, str]) -> Response:
    back = asked.get("redirect_uri")
    target = back or _result(call, asked, "access_denied")
    given = quote(asked.get("state", ""))
    if asked["response_type"] == CODE:
        return redirect(f"{target}{'&' if '?' in target else '?'}error=access_denied&state={given}")
    return redirect(f"{target}#error=access_denied&state={given}")


def _result(call: Call, asked: dict[str, str], result: str) -> str:
    """The final address; clients compare it part by part, so order and spelling are fixed."""
    client = guid(asked.get("client_id", "")) or ""
    scope = call.site.family.printed_scope or quote(asked.get("scope", ""), safe=",")
    kind = quote(asked.get("response_type", ""))
    return (
        f"{call.site.login}/oauth2/Authorization/Result?response_type={kind}"
        f"&client_id={client}&scope={scope}&is_granted=False&result={result}"
    )


def result_page(call: Call) -> object:
    """The page of the final address: HTTP 200, whatever the result."""
    good = call.text("result") == "success"
    return page("Авторизация", "<h1>Доступ предоставлен</h1>" if good else "<h1>Ошибка</h1>")
