"""What has no pages of its own: certificates, registration here, signing out."""

import io
import zipfile
from typing import Final
from urllib.parse import urlsplit

from cryptography import x509
from starlette.responses import RedirectResponse, Response

from gateway.sandbox.esia.pages import ROOT
from gateway_gosuslugi.emulator.call import Call
from gateway_gosuslugi.emulator.errors import invalid, page
from gateway_gosuslugi.emulator.esia import keys
from gateway_gosuslugi.emulator.esia.authorize import SESSION
from gateway_gosuslugi.emulator.esia.book import book_of
from gateway_gosuslugi.emulator.esia.systems import may_redirect
from gateway_gosuslugi.emulator.rules import OPEN, Router

_PEM: Final = "application/x-pem-file"


def register(router: Router) -> None:
    """Add the paths of this part."""
    router.add("public/esia.zip", archive, dress=OPEN)
    router.add("idp/ext/Logout", log_out, dress=OPEN)
    router.add("aas/oauth2/config", config, dress=OPEN)
    router.add(f"{ROOT}/certificate.pem", certificate, dress=OPEN)
    router.add(f"{ROOT}/key.pem", key, dress=OPEN)
    router.add(f"{ROOT}/systems", hand_in, dress=OPEN, methods=("POST",))


def archive(_: Call) -> Response:
    """GET the archive of ЕСИА's certificates."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        made.writestr("esia/sandbox.cer", keys.certificate())
    return Response(kept.getvalue(), media_type="application/zip")


def certificate(_: Call) -> Response:
    """GET the same certificate alone, for the sandbox's own users."""
    return Response(keys.certificate(), media_type=_PEM)


def key(_: Call) -> Response:
    """GET its bare public key."""
    return Response(keys.public_key(), media_type=_PEM)


def config(_: Call) -> object:
    """GET what the sign-in page is set up with."""
    return {"captcha": False, "languages": ["ru"]}


def hand_in(call: Call) -> object:
    """POST `{client_id, certificate?, site?}`: stands for the registration of a system.

    Without a certificate, signatures of the new generation are only looked at.
    """
    mnemonic, pem = call.text("client_id"), call.text("certificate").encode()
    if not mnemonic or not mnemonic.isascii() or mnemonic != mnemonic.upper():
        raise invalid("client_id")
    if pem:
        try:
            x509.load_pem_x509_certificate(pem)
        except ValueError:
            raise invalid("certificate") from None
    book_of(call).systems.register(mnemonic, pem or None, call.text("site") or None)
    return {"client_id": mnemonic}


def log_out(call: Call) -> Response:
    """GET `/idp/ext/Logout?client_id&redirect_url`."""
    if not call.text("client_id"):
        return page("Госуслуги", "Не указана система", 400)
    system = book_of(call).systems.find(call.text("client_id"))
    if system is None:
        return page("Госуслуги", "Система не зарегистрирована", 403)
    sign_in = book_of(call).sign_ins.find(call.request.cookies.get(SESSION, ""))
    if sign_in is not None:
        book_of(call).sign_ins.end(sign_in)
    back = call.text("redirect_url")
    at_home = may_redirect(back) if system.site is None else _is_beneath(back, system.site)
    response = RedirectResponse(back if at_home else f"{call.site.esia}/", 302)
    line = f"{SESSION}=; Max-Age=0{call.site.cookie_tail}"
    response.raw_headers.append((b"set-cookie", line.encode("latin-1")))
    return response


def _is_beneath(address: str, site: str) -> bool:
    try:
        return urlsplit(address)[:2] == urlsplit(site)[:2]
    except ValueError:
        return False
