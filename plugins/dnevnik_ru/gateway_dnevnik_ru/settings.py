"""What an operator sets for «Дневник.ру» and its sisters.

Application keys are issued by the service to one application each: none is shipped.
"""

from typing import Any, Final

from pydantic import Field, SecretStr, model_validator

from gateway.core.contract.settings import ProviderSettings

_GUID: Final = r"^[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$"
_VERSION: Final = r"^v[0-9]{1,3}(?:\.[0-9]{1,3})?$"
_SCOPES: Final = r"^[A-Za-z]+(?:,[A-Za-z]+)*$"
_ADDRESS: Final = r"^[A-Za-z][A-Za-z0-9+.-]*://[^\s#]+$"


class DnevnikSettings(ProviderSettings):
    """Keys of the operator's own application, and what it asks for."""

    client_id: str | None = Field(
        None, pattern=_GUID, description="The application's GUID, with or without dashes."
    )
    client_secret: SecretStr | None = Field(
        None, description="Its secret; sign-in through the site needs none."
    )
    mobile_client_id: str | None = Field(
        None, pattern=_GUID, description="GUID for the app's interface; `client_id` if absent."
    )
    mobile_client_secret: SecretStr | None = Field(
        None, description="Its secret; `client_secret` where `mobile_client_id` is absent too."
    )
    redirect_uri: str | None = Field(
        None,
        pattern=_ADDRESS,
        description="Address registered for the application, where the service asks for one.",
    )
    scope: str | None = Field(
        None,
        pattern=_SCOPES,
        description="Comma list of scopes to ask for; each way to sign in has its own default.",
    )
    mobile_version: str = Field(
        "v8.5", pattern=_VERSION, description="Version of the app's interface."
    )

    @model_validator(mode="before")
    @classmethod
    def _same_application(cls, data: Any) -> Any:
        """One pair of keys serves both interfaces unless another is given."""
        if not isinstance(data, dict) or "mobile_client_id" in data:
            return data
        pair = {
            f"mobile_{name}": data[name] for name in ("client_id", "client_secret") if name in data
        }
        return {**pair, **data}


class EmaktabSettings(DnevnikSettings):
    """The same for eMaktab.uz, where a newer version of the app's interface was seen."""

    mobile_version: str = Field(
        "v10.0", pattern=_VERSION, description="Version of the app's interface."
    )
