"""Ranges of days; they belong to the contract, for offline reading cuts them alike."""

from gateway.core.contract.windows import LONGEST_RANGE, joined, windows

__all__ = ["LONGEST_RANGE", "joined", "windows"]
