"""Names of parameters, headers and JSON keys whose values are secret or personal."""

import re
from collections.abc import Collection
from typing import Final

# A name that contains one of these is secret wherever it stands: password_hash, X-Auth-Token ...
SENSITIVE_WORDS: Final = (
    r"passw|passphrase|pwd|парол|token|secret|cookie|authoriz|auth(?=[_=-])|jwt|"
    r"sess(?:ion)?[_-]?id|csrf|xsrf|(?:api|access|private|dev|app)[_-]?key|snils|снилс"
)
# These are common words of a sentence too: secret only as a URL parameter or a quoted key.
SENSITIVE_NAMES: Final = (
    r"assertion|at|birth_?(?:date|day)|captcha|client_assertion|code|code_challenge|code_verifier|"
    r"credentials?|email|e_?mail|fio|(?:first|full|last|middle)_?name|hash|key|login|login_?hint|"
    r"login_?state|nonce|otp|patronymic|phone|pin|pw|relay_?state|saml_?(?:request|response)|"
    r"session|session_?state|sid|sig|signature|sms_?code|state|surname|ticket|totp|user|user_?name"
)
_WORD = re.compile(SENSITIVE_WORDS, re.IGNORECASE)
_NAME = re.compile(SENSITIVE_NAMES, re.IGNORECASE)


def is_sensitive_name(name: str, extra: Collection[str] = frozenset()) -> bool:
    """Whether the value of a parameter called `name` must not be shown; `extra` is lower case."""
    return (
        name.lower() in extra
        or _NAME.fullmatch(name) is not None
        or _WORD.search(name) is not None
        or name.lower() == "auth"
    )
