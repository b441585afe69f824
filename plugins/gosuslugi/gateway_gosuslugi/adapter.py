"""«Госуслуги Моя школа»: the adapter, put together from its parts."""

from gateway.core.contract.adapter import Adapter


class GosuslugiAdapter(Adapter):
    """The protocol of the state diary and of applications."""
