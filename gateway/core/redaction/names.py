"""Names of parameters, headers and JSON keys whose values are secret or personal."""

import re
from typing import Final

SECRET: Final = "«secret»"

# A name that contains one of these is secret wherever it stands: password_hash, X-Auth-Token ...
SECRET_WORDS: Final = (
    r"passw|passphrase|pwd|парол|token|secret|cookie|authoriz|(?<![a-z])auth(?!ors?\b)|jwt|"
    r"sess(?:ion)?[_-]?id|csrf|xsrf|api[_-]?key|access[_-]?key|private[_-]?key|devkey|snils|снилс|"
    r"credential"
)
# These are too common as words of a sentence: secret as parameter or key only.
_SECRET_NAMES: Final = (
    "assertion|at|birth_?date|birth_?day|captcha|client_assertion|code|code_challenge|"
    "code_verifier|credentials?|email|e_?mail|fio|first_?name|full_?name|hash|key|last_?name|login|"
    "login_?hint|login_?state|middle_?name|nonce|otp|patronymic|phone|pin|pw|relay_?state|"
    "saml_?request|saml_?response|session|session_?state|sid|sig|signature|sms_?code|state|"
    "surname|ticket|totp|user|user_?name"
)

# Stems of SECRET_WORDS. Looking for these costs a tenth of looking for the words.
_STEMS: Final = (
    "pass pwd парол tok secret cook auth jwt sess csrf xsrf key snils снилс credential".split()  # noqa: SIM905
)
_WORD = re.compile(SECRET_WORDS, re.IGNORECASE)
_NAME = re.compile(_SECRET_NAMES, re.IGNORECASE)
