"""What an operator sets for МЭШ and «Моя школа».

The registration data of the official application belong to its maker: none are shipped.
"""

from pydantic import Field, SecretStr

from gateway.core.contract.settings import ProviderSettings


class NodeSettings(ProviderSettings):
    """Settings of a regional node."""

    app_scheme: str = Field(
        "dnevnik-mes",
        pattern=r"^[a-z][a-z0-9.-]*$",
        description="Scheme of the application's links, in which a sign-in by browser ends.",
    )


class MosSettings(NodeSettings):
    """Registration data that sign-in through login.mos.ru asks for."""

    registration_token: SecretStr | None = Field(
        None, description="Bearer with which an application registers a device."
    )
    software_statement: SecretStr | None = Field(
        None, description="The application's signed statement (JWT)."
    )
    software_id: str = Field("dnevnik.mos.ru", description="The application's name in it.")
    device_type: str = Field("android_phone", description="What kind of device to register.")
    redirect_uri: str | None = Field(
        None,
        pattern=r"^[A-Za-z][A-Za-z0-9+.-]*://[^\s?#]*$",
        description="Address at which a sign-in by browser ends; the application's link if absent. "
        "One of this machine, such as http://localhost:8765, is listened at.",
    )
    most_proof_bits: int = Field(
        20, ge=1, le=26, description="Hardest proof of work that is computed for a sign-in."
    )
