"""Consents: what a system asks to be allowed, and what was allowed (protocol notes 2.1)."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

JOURNAL: Final = "EDU_JOURNAL"
_JOURNAL_SPELLINGS: Final = frozenset({JOURNAL, "EDU_JORNAL"})
_ALL_ACTIONS: Final = "ALL_ACTIONS_TO_DATA"
_MINUTE: Final = timedelta(minutes=1)
_YEAR: Final = timedelta(minutes=525_600)

JOURNAL_SCOPES: Final = (
    *("fullname", "birthdate", "snils", "id_doc", "contacts", "birth_cert_doc", "usr_reg_cxt"),
    *("kid_contacts", "kid_fullname", "kid_snils", "kid_birthdate", "kid_gender"),
)
"""What the guidelines' own case of a school journal asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One consent that a system asks for.

    Attributes:
        sysname: Mnemonic of the consent.
        purposes: Mnemonics of its purposes.
        actions: Mnemonics of what is done with the data.
        scopes: What data.
        life: How long it holds, in whole minutes.
        responsible: Who answers for it on the system's side.
    """

    sysname: str
    purposes: tuple[str, ...]
    scopes: tuple[str, ...]
    actions: tuple[str, ...] = (_ALL_ACTIONS,)
    life: timedelta | None = None
    responsible: str | None = None


def journal(responsible: str, *, scopes: Iterable[str] = JOURNAL_SCOPES) -> Permission:
    """The guidelines' ready case: a regional journal and diary, for a year.

    The system then asks for the scope `openid` alone.
    """
    return Permission(
        sysname=JOURNAL,
        purposes=(JOURNAL,),
        scopes=tuple(scopes),
        life=_YEAR,
        responsible=responsible,
    )


def is_journal(sysname: str) -> bool:
    """Whether a consent is the one for a school journal.

    The same document spells its mnemonic in two ways: with `OU` in the request, without `U` among
    the issued ones.
    """
    return sysname in _JOURNAL_SPELLINGS


def permissions_text(permissions: Iterable[Permission]) -> str:
    """The parameter `permissions`: JSON in Base64 for URLs."""
    told = json.dumps([_plain(item) for item in permissions], ensure_ascii=False)
    return base64.urlsafe_b64encode(told.encode()).decode("ascii")


def _plain(item: Permission) -> dict[str, object]:
    told: dict[str, object] = {
        "sysname": item.sysname,
        "purposes": _named(item.purposes),
        "actions": _named(item.actions),
        "scopes": _named(item.scopes),
    }
    if item.responsible is not None:
        told["responsibleObject"] = item.responsible
    if item.life is not None:
        told["expire"] = item.life // _MINUTE
    return told


def _named(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"sysname": name} for name in names]
