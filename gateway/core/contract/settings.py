"""What the operator may set for a provider.

Nothing that belongs to somebody else's application (keys, registrations) has a default.
"""

from pydantic import BaseModel, ConfigDict, Field


class ProviderSettings(BaseModel):
    """Settings common to all providers; a provider adds its own by inheriting.

    Attributes are read from `DIARY_<PROVIDER>__<FIELD>` and from `[providers.<name>]` of
    `diary.toml`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    base_url: str | None = Field(None, description="Maps all host roles to this origin.")
    hosts: dict[str, str] = Field(
        default_factory=dict, description="Maps single host roles to other base URLs."
    )
    proxy: str | None = Field(None, description="Proxy URL; the environment is never consulted.")
    ca_file: str | None = Field(None, description="File with further root certificates.")
    headless_sign_in: bool = Field(
        False,
        description="Lets the person give the password of a shared sign-in system to the gateway.",
    )
    allow_unverified: bool = Field(
        False, description="Send calls whose answer shape nobody has verified."
    )
