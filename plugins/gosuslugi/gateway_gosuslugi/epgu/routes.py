"""Paths of API ЕПГУ (notes 4.6)."""

from typing import Final

EPGU: Final = "epgu"
"""Host role: the portal, or the stand on which partners test."""

ORDER: Final = "/api/gusmev/order"
PUSH: Final = "/api/gusmev/push"
PUSH_CHUNKED: Final = "/api/gusmev/push/chunked"
ORDER_DETAILS: Final = "/api/gusmev/order/{order}"
ORDER_CANCEL: Final = "/api/gusmev/order/{order}/cancel"
ORDER_STATUSES: Final = "/api/gusmev/order/getOrdersStatus"
UPDATED_AFTER: Final = "/api/gusmev/order/getUpdatedAfter"
DICTIONARY: Final = "/api/nsi/v1/dictionary/{code}"
FILE: Final = "/api/storage/v2/files/{object}/{kind}/download"
FILE_1_13: Final = "/api/gusmev/files/download/{object}/{kind}"
