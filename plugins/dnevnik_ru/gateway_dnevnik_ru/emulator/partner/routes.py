"""How parts of the partner interface register their paths."""

from gateway_dnevnik_ru.emulator.call import Call
from gateway_dnevnik_ru.emulator.router import Dress, Handler, Router


class PartnerRoutes:
    """Adds paths under `v2/`; school data needs a token of that scope."""

    def __init__(self, router: Router, *, education: bool = True) -> None:
        self._router = router
        self._education = education

    def get(self, pattern: str, handler: Handler, *, cached: bool = True) -> None:
        """A path to read; its answer is kept unless it rests on what clients change."""
        self._router.add(
            f"v2/{pattern}", self._guarded(handler), dress=Dress.PARTNER, cached=cached
        )

    def post(self, pattern: str, handler: Handler) -> None:
        """A path with a body."""
        self._router.add(
            f"v2/{pattern}", self._guarded(handler), dress=Dress.PARTNER, methods=("POST", "PUT")
        )

    def _guarded(self, handler: Handler) -> Handler:
        if not self._education:
            return handler

        def guarded(call: Call) -> object:
            call.need_education()
            return handler(call)

        return guarded
