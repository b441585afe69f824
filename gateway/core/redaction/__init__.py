"""Nothing about a child or an account in logs, errors and reports."""

from gateway.core.redaction.log_filter import DEFAULT_EXTRA, RedactingFilter
from gateway.core.redaction.pseudonym import pseudonym
from gateway.core.redaction.shape import redact_json
from gateway.core.redaction.text import redact_text
from gateway.core.redaction.url import redact_url

__all__ = [
    "DEFAULT_EXTRA",
    "RedactingFilter",
    "pseudonym",
    "redact_json",
    "redact_text",
    "redact_url",
]
