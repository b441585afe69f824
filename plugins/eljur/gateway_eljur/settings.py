"""What an operator sets for ЭлЖур."""

from pydantic import Field, SecretStr

from gateway.core.contract.settings import ProviderSettings


class EljurSettings(ProviderSettings):
    """The application's own key: ЭлЖур's support issues it, none is shipped."""

    devkey: SecretStr | None = Field(None, description="Key of the application, 32 hex digits.")
    vendor: str | None = Field(
        None, description="School to sign in to where the person need not name one."
    )
