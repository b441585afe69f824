"""What the gateway says after a write."""

from datetime import datetime

from pydantic import Field

from gateway.core.model.base import Id, Model


class Receipt(Model):
    """A write that the provider confirmed."""

    operation: str = Field(description="Operation, such as `set_homework_done`.")
    target: Id | None = Field(None, description="What was changed.")
    created: Id | None = Field(None, description="What came into being.")
    confirmed_at: datetime = Field(description="UTC moment of the provider's answer.")
    text: str | None = Field(None, description="The provider's own words.")
