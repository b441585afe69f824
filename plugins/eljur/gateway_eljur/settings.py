"""What an operator sets for ЭлЖур."""

from pydantic import Field, SecretStr

from gateway.core.contract.settings import ProviderSettings
from gateway_eljur.places import VENDOR


class EljurSettings(ProviderSettings):
    """The application's own key: ЭлЖур's support issues it, none is shipped."""

    devkey: SecretStr | None = Field(None, description="Key of the application, 32 hex digits.")
    vendor: str | None = Field(
        None,
        pattern=f"^{VENDOR}$",
        description="School to sign in to where the person need not name one.",
    )
    web_session: bool = Field(
        False,
        description="Whether a sign-in with a password also opens the school's own site, which "
        "alone tells absences by reason and planned control works: the password is then sent to "
        "the site too.",
    )
