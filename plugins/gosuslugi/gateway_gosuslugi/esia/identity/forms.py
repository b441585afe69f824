"""The form for login and password of Gosuslugi; it says who gets them."""

from gateway.core.contract.steps import Form, FormField, StepError
from gateway.core.errors import LoginError
from gateway_gosuslugi.esia.identity import words


def password_form(error: LoginError | None = None) -> Form:
    """The form, with why the last answer did not do."""
    return Form(
        title=words.SIGN_IN,
        fields=(
            FormField(name="login", label=words.LOGIN),
            FormField(name="password", label=words.PASSWORD, secret=True, hint=words.RISK),
        ),
        error=None if error is None else StepError.of(error),
    )
