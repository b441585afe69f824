"""What a request to the diary carries beside its own content (notes 2.4).

The three cookies lie in the account's jar, which keeps up with those that the portal renews.
"""

from gateway.core.wire.request import WireRequest


def signed(request: WireRequest) -> WireRequest:
    """The request, asking for JSON: a browser's would be led to a page."""
    return request.with_headers(("Accept", "application/json"))
