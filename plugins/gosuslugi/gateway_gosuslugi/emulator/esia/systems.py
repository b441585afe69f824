"""Systems that may send people here, and the certificates that they have handed in."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

DEMO: Final = "DEMO01"
"""A system that is registered from the start, with whatever certificate it first comes with."""

PORTAL: Final = "PGU"
"""The portal itself: it signs nothing here."""

_REDIRECT_HOSTS: Final = re.compile(
    r"localhost|127\.0\.0\.1|\[::1\]|(?:.+\.)?example\.(?:com|org|net|ru)"
)
SCOPES: Final = frozenset(
    {
        *("openid", "fullname", "birthdate", "birthplace", "gender", "citizenship", "snils"),
        *("inn", "id_doc", "birth_cert_doc", "medical_doc", "foreign_passport_doc"),
        *("drivers_licence_doc", "military_doc", "email", "mobile", "contacts", "addresses"),
        *("usr_org", "usr_reg_cxt", "usr_avt", "self_employed", "otp", "usr_inf"),
        *("kid_fullname", "kid_birthdate", "kid_gender", "kid_snils", "kid_inn"),
        *("kid_birth_cert_doc", "kid_medical_doc", "kid_email", "kid_mobile", "kid_id_doc"),
        *("kid_contacts", "kid_school_data", "prm_chg", "api-order"),
    }
)


@dataclass(slots=True)
class System:
    """One registered system.

    Attributes:
        mnemonic: Its name.
        certificate: Its certificate, PEM; None until it is known.
        site: Where its people go after signing out.
    """

    mnemonic: str
    certificate: bytes | None = field(default=None, repr=False)
    site: str | None = None


class Systems:
    """The systems of one running emulator."""

    def __init__(self) -> None:
        self._known = {name: System(name) for name in (DEMO, PORTAL)}

    def find(self, mnemonic: str) -> System | None:
        """A system by its name."""
        return self._known.get(mnemonic)

    def register(self, mnemonic: str, certificate: bytes | None, site: str | None) -> System:
        """A new system, or new data of a known one."""
        found = self._known.setdefault(mnemonic, System(mnemonic))
        found.certificate = certificate or found.certificate
        found.site = site or found.site
        return found


def may_redirect(address: str) -> bool:
    """Whether an address is one that could be registered here: a loopback or a fictional one."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"}:
        return False
    return _REDIRECT_HOSTS.fullmatch(f"[{host}]" if ":" in host else host) is not None


def unknown_scopes(scope: str) -> list[str]:
    """Names in a scope that nobody has heard of."""
    names = (item.partition("?")[0].rpartition("/")[2] for item in scope.split())
    return [name for name in names if name not in SCOPES]
