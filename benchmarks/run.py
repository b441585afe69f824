"""What one sample is asked to do; travels as JSON to the process that measures it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The order of one sample.

    Attributes:
        origin: Where the server is.
        calls: Operations in the timed part.
        workers: How many are in flight; limits of every layer are set to the same number.
        latency: Milliseconds that the server waits with each answer.
        variant: What a cell does differently, where it has variants.
        scratch: Folder for files, gone after the run.
    """

    origin: str
    calls: int
    workers: int = 1
    latency: int = 0
    variant: str = ""
    scratch: str = ""

    @property
    def base_url(self) -> str:
        """The server with the latency in its path."""
        return f"{self.origin}/l={self.latency}" if self.latency else self.origin
