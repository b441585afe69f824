"""Grading scales."""

from enum import StrEnum


class GradingScale(StrEnum):
    """Scales on which marks are given."""

    FIVE_POINT = "five_point"
    SIX_POINT = "six_point"
    SEVEN_POINT = "seven_point"
    TEN_POINT = "ten_point"
    TWELVE_POINT = "twelve_point"
    HUNDRED_POINT = "hundred_point"
    LETTERS = "letters"
    PASS_FAIL = "pass_fail"  # noqa: S105 - a scale, not a password
    CRITERIA = "criteria"
    CUSTOM = "custom"
    UNKNOWN = "unknown"
