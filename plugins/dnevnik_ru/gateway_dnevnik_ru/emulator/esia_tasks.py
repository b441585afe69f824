"""State sign-ins: requests on the way through the stand-in's pages, and tasks that they end in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gateway.sandbox.esia.sign_ins import SignIn, SignIns


@dataclass(frozen=True, slots=True)
class EsiaTask:
    """A finished sign-in: who it was and through which region's door."""

    identity_key: str
    region_id: int


@dataclass(frozen=True, slots=True)
class Door:
    """Where a sign-in began: the region, and where the browser goes on afterwards."""

    region_id: int
    return_url: str | None


class EsiaBook:
    """Requests and tasks of one running emulator; `draw` gives GUIDs."""

    def __init__(self, draw: Callable[[], str]) -> None:
        self._draw = draw
        self._tasks: dict[str, EsiaTask] = {}
        self._requests: SignIns[Door] = SignIns(draw)
        self._returns: dict[str, str] = {}

    def stand(self, tasks: Iterable[tuple[str, EsiaTask]]) -> None:
        """Make ready tasks valid."""
        self._tasks.update(tasks)

    def begin(self, region_id: int, return_url: str | None) -> str:
        """A new request; its GUID."""
        return self._requests.begin(Door(region_id, return_url)).id

    def request(self, request_id: str) -> SignIn[Door] | None:
        """A request on its way."""
        return self._requests.find(request_id)

    def finish(self, request: SignIn[Door], identity_key: str) -> str:
        """End a request; the GUID of the task."""
        self._requests.end(request)
        task_id = self._draw()
        self._tasks[task_id] = EsiaTask(identity_key, request.purpose.region_id)
        if request.purpose.return_url is not None:
            self._returns[task_id] = request.purpose.return_url
        return task_id

    def task(self, task_id: str) -> EsiaTask | None:
        """A finished sign-in."""
        return self._tasks.get(task_id.lower())

    def return_url(self, task_id: str) -> str | None:
        """Where the browser wanted to go before it was sent to the state sign-in."""
        return self._returns.get(task_id.lower())
