"""Files and links; bytes come only through the gateway."""

from enum import StrEnum

from pydantic import Field

from gateway.core.model.base import Id, Model


class AttachmentKind(StrEnum):
    """What opening the attachment does."""

    FILE = "file"
    LINK = "link"
    MATERIAL = "material"
    TEST = "test"
    UNKNOWN = "unknown"


class Attachment(Model):
    """A reference to a file, a link or an electronic material."""

    id: Id | None = Field(None, description="Give it to `open_attachment`; None for a plain link.")
    kind: AttachmentKind = Field(AttachmentKind.FILE, description="File, link, material or test.")
    kind_text: str | None = Field(None, description="The provider's own word for the kind.")
    name: str = Field(description="File name or title, cleaned of paths and control characters.")
    media_type: str | None = Field(None, description="Media type, such as `application/pdf`.")
    size: int | None = Field(None, description="Size in bytes.")
    url: str | None = Field(None, description="Address to show a person, for links only.")
    uploaded_at: str | None = Field(None, description="Moment of upload as the provider gives it.")
