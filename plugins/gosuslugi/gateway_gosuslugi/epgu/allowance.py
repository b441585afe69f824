"""How many applications one person may file: 20 in ten minutes (notes 5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from gateway.core.contract.memo import Memo
from gateway.core.errors import TooManyApplications
from gateway_gosuslugi.epgu.verdict import ALLOWANCE_SECONDS

MOST: Final = 20
_NOTE: Final = "epgu.filed"


def wait_of(filed: Sequence[float], now: float) -> float:
    """Seconds until one more may be filed; 0 if it may be now.

    Args:
        filed: Moments of earlier filings, in seconds, oldest first.
        now: The present moment.
    """
    recent = [moment for moment in filed if 0 <= now - moment < ALLOWANCE_SECONDS]
    if len(recent) < MOST:
        return 0.0
    return recent[-MOST] + ALLOWANCE_SECONDS - now


def take(memo: Memo, now: datetime) -> None:
    """Notes that an application is about to be filed.

    Raises:
        TooManyApplications: The portal would refuse it; nothing was sent.
    """
    moment = now.timestamp()
    filed = [float(item) for item in (memo.get(_NOTE) or "").split(",") if item]
    wait = wait_of(filed, moment)
    if wait > 0:
        raise TooManyApplications("20 applications in ten minutes", retry_after=wait)
    recent = [item for item in filed if 0 <= moment - item < ALLOWANCE_SECONDS]
    memo.put(_NOTE, ",".join(f"{item:.3f}" for item in (*recent, moment)))
