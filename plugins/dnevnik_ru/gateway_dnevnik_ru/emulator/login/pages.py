"""HTML of the login host, with the element markup that browser clients look for."""

from html import escape
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from gateway_dnevnik_ru.emulator.captcha import Challenge
from gateway_dnevnik_ru.emulator.families import Site

_URL_SIGNS = "/:?#[]@!$&'()*+,;=%~|"


def page(title: str, body: str, status: int = 200) -> Response:
    """A page."""
    html = (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>{body}</body></html>"
    )
    return HTMLResponse(html, status)


def redirect(url: str, cookies: tuple[str, ...] = ()) -> Response:
    """A 302 whose address is left as it is (commas, fragment), with cookies beside it."""
    response = Response(status_code=302, headers={"location": quote(url, safe=_URL_SIGNS)})
    return with_cookies(response, cookies)


def with_cookies(response: Response, cookies: tuple[str, ...]) -> Response:
    """The response with more `Set-Cookie` lines."""
    response.raw_headers.extend((b"set-cookie", cookie.encode("latin-1")) for cookie in cookies)
    return response


def login_address(site: Site, return_url: str | None) -> str:
    """The login page that leads back to an address."""
    tail = f"?ReturnUrl={quote(return_url, safe='')}" if return_url else ""
    return f"{site.login}/login{tail}"


def login_page(
    site: Site,
    *,
    return_url: str | None,
    message: str = "",
    captcha: Challenge | None = None,
) -> Response:
    """The sign-in form; failures come with HTTP 200 and a message, captchas with a picture."""
    title = f"Войти в {site.family.title}"
    hint = ""
    if message:
        text = escape(message)
        hint = f'<div class="message">{text}</div><div class="login__body__hint">{text}</div>'
    exceeded = captcha is not None
    door = f"{site.login}/login/esia/"
    body = (
        f'<div class="login"><form class="login__body" method="post" action="{site.login}/login/">'
        f"{hint}"
        f'<input type="hidden" name="exceededAttempts" value="{exceeded}">'
        f'<input type="hidden" name="ReturnUrl" value="{escape(return_url or "")}">'
        '<input type="hidden" name="FingerprintId" value="">'
        '<div class="login-body__field-wrapper"><input type="text" name="login"></div>'
        '<div class="login-body__field-wrapper"><input type="password" name="password"></div>'
        f"{_captcha(site, captcha)}"
        '<input type="submit" class="login__submit" data-test-id="login-button" value="Войти">'
        f'<a class="login__pubservices-link" href="{door}">Войти через Госуслуги</a>'
        "</form></div>"
    )
    return page(title, body)


def _captcha(site: Site, captcha: Challenge | None) -> str:
    if captcha is None:
        return ""
    return (
        '<div class="login-body__field-wrapper">'
        f'<img alt="captcha image" src="{site.login}/captcha/true/{captcha.id}">'
        f'<input type="hidden" name="Captcha.Id" value="{captcha.id}">'
        '<input class="input_captcha-validation" type="text" name="Captcha.Input"></div>'
    )


def password_page(site: Site, *, login: str, token: str, message: str = "") -> Response:
    """The form for a new password in place of a temporary one."""
    hint = f'<div class="message">{escape(message)}</div>' if message else ""
    action = f"{site.login}/password?login={quote(login)}&amp;token={token}"
    body = (
        f'<h1>Придумайте новый пароль</h1>{hint}<form method="post" action="{action}">'
        '<input type="password" name="Password"><input type="password" name="RepeatedPassword">'
        '<input type="submit" value="Сохранить"></form>'
    )
    return page("Смена пароля", body)


def consent_page(site: Site, fields: dict[str, str]) -> Response:
    """The consent to give an application access."""
    query = "&amp;".join(f"{name}={escape(quote(value))}" for name, value in fields.items())
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (*fields.items(), ("is_granted", "true"))
    )
    scopes = "".join(f"<li>{escape(word)}</li>" for word in fields["scope"].split(","))
    body = (
        "<h1>Приложение запрашивает доступ</h1>"
        f'<ul class="oauth-scopes">{scopes}</ul>'
        f'<form method="post" action="{site.login}/oauth2/?{query}">{hidden}'
        '<input type="submit" value="Разрешить"></form>'
    )
    return page("Разрешение доступа", body)
