"""Values that the service sells."""

from gateway_dnevnik_ru.wire.errors import Metadata


def is_sold(metadata: Metadata | None) -> bool:
    """Whether an object's values are hidden from those who have not subscribed."""
    return metadata is not None and metadata.is_restricted is True
