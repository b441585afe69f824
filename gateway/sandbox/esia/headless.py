"""The stand-in's answers to clients that sign in without a browser."""

from typing import Final

from gateway.sandbox.esia.stand_in import Refusal, Stage, Standing
from gateway.sandbox.world import model as m

_FAILED: Final = {
    Refusal.WRONG_PASSWORD: "INVALID_PASSWORD",
    Refusal.LOCKED: "ACCOUNT_LOCKED",
    Refusal.WRONG_CODE: "INVALID_OTP",
}
_LIFE: Final = 300


def answer(
    standing: Standing, identity: m.EsiaIdentity | None, redirect_url: str | None
) -> dict[str, object]:
    """`{"failed": …}`, or `{"action": …}` with what it needs.

    Args:
        standing: Where the sign-in stands.
        identity: Who has given the password.
        redirect_url: Where to go on, once it is done.
    """
    if standing.refusal is not None:
        return {"failed": _FAILED[standing.refusal]}
    if standing.stage is Stage.CODE:
        return {"action": "ENTER_MFA", "mfa_details": _factor(identity)}
    if standing.stage is Stage.CONSENT:
        return {"action": "GRANT_SCOPE_ACCESS"}
    if standing.stage is Stage.DONE:
        return {"action": "DONE", "redirect_url": redirect_url}
    return {"failed": _FAILED[Refusal.WRONG_PASSWORD]}


def anomaly(guid: str) -> dict[str, object]:
    """A reaction is asked that only the pages can give: characters on a picture."""
    details = {"type": "О.ЗД1", "guid": guid}
    return {"action": "SOLVE_ANOMALY_REACTION", "reaction_details": details}


def _factor(identity: m.EsiaIdentity | None) -> dict[str, object]:
    if identity is not None and identity.second_factor is m.SecondFactor.TOTP:
        return {"type": "TTP", "ttp_details": {}}
    return {"type": "SMS", "otp_details": {"code_length": 6, "ttl": _LIFE}}
