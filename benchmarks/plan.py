"""Which cells there are, how large each is, and how many rounds it gets."""

from dataclasses import dataclass
from typing import Final

FULL_ROUNDS: Final = 9
QUICK_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One line of the table.

    Attributes:
        name: For `--only`, which also takes the beginning of names.
        function: `module:function` under `benchmarks.cells`.
        title: What is measured.
        calls: Operations in one sample of a full run.
        quick: The same of a quick run; 0 leaves the cell out.
        rounds: Rounds of a full run, where a sample takes long and varies little.
        figure: The metric that the table shows beside CPU and J.
        peer: Name of the third-party client whose environment it needs.
        extra: Whether it needs the `[fast]` extra.
    """

    name: str
    function: str
    title: str
    calls: int
    quick: int = 0
    workers: int = 1
    latency: int = 0
    variant: str = ""
    rounds: int = FULL_ROUNDS
    figure: str = ""
    peer: str = ""
    extra: bool = False


def _raw(workers: int, calls: int, quick: int = 0) -> Cell:
    title = f"httpx + json, {workers} in flight"
    return Cell(
        name=f"raw-{workers}",
        function="http:raw",
        title=title,
        calls=calls,
        quick=quick,
        workers=workers,
    )


def _call(workers: int, calls: int, quick: int = 0) -> Cell:
    title = f"gateway, full call, {workers} in flight"
    return Cell(
        name=f"call-{workers}",
        function="calls:miss",
        title=title,
        calls=calls,
        quick=quick,
        workers=workers,
    )


def _fast(workers: int, calls: int, latency: int = 0) -> Cell:
    slow = "-slow" if latency else ""
    return Cell(
        name=f"fast-{workers}{slow}",
        function="calls:miss",
        title=f"gateway with [fast], {workers} in flight" + (", 100 ms" if latency else ""),
        calls=calls,
        workers=workers,
        latency=latency,
        variant="fast",
        extra=True,
        figure="rate" if latency else "",
    )


CELLS: Final = (
    _raw(1, 400, 150),
    _call(1, 400, 150),
    _fast(1, 400),
    _raw(16, 500, 100),
    _call(16, 600, 150),
    _fast(16, 600),
    _raw(64, 256),
    Cell(
        name="raw-64-default",
        function="http:raw",
        title="httpx + json, its default limits 100/20, 64 in flight",
        calls=400,
        workers=64,
        variant="default",
    ),
    _call(64, 640),
    _fast(64, 640),
    _raw(256, 256),
    _call(256, 1024),
    _fast(256, 1024),
    Cell(
        name="raw-256-slow",
        function="http:raw",
        title="httpx + json, 256 in flight, 100 ms",
        calls=256,
        workers=256,
        latency=100,
        figure="rate",
    ),
    Cell(
        name="call-256-slow",
        function="calls:miss",
        title="gateway, full call, 256 in flight, 100 ms",
        calls=1536,
        workers=256,
        latency=100,
        figure="rate",
    ),
    _fast(256, 1536, 100),
    Cell(
        name="parse-week",
        function="parsing:parse",
        title="bytes to models: the whole week, 26 KB",
        calls=600,
        quick=150,
        figure="p50_us",
    ),
    Cell(
        name="parse-lessons",
        function="parsing:parse",
        title="bytes to models: its 40 lessons",
        calls=800,
        variant="lessons",
        figure="p50_us",
    ),
    Cell(
        name="parse-term",
        function="parsing:parse",
        title="bytes to models: 405 marks with lessons and works, 540 KB",
        calls=25,
        variant="term",
        figure="p50_us",
    ),
    Cell(
        name="layers-miss",
        function="layers:miss",
        title="own layers around a miss, adapter and transport stubbed",
        calls=6000,
        quick=1500,
    ),
    Cell(
        name="layers-miss-16",
        function="layers:miss",
        title="the same, 16 in flight",
        calls=6000,
        workers=16,
    ),
    Cell(
        name="layers-wire",
        function="layers:miss",
        title="the same with the transport, without a socket",
        calls=6000,
        variant="wire",
    ),
    Cell(
        name="layers-hit",
        function="layers:hit",
        title="hit of the decoded layer",
        calls=40_000,
        quick=10_000,
        figure="p50_us",
    ),
    Cell(
        name="single-flight",
        function="layers:single_flight",
        title="1,000 callers of one key, in all",
        calls=1000,
        quick=1000,
        figure="cpu_ms",
    ),
    Cell(
        name="facade",
        function="layers:facade",
        title="synchronous twin, a hit",
        calls=5000,
        quick=1500,
        figure="added_us",
    ),
    Cell(
        name="bulk",
        function="calls:bulk",
        title="1,000 accounts × 4 calls, 20 ms, 64 in flight",
        calls=1000,
        quick=40,
        workers=64,
        latency=20,
        rounds=5,
        figure="accounts_per_core",
    ),
    Cell(
        name="bulk-fast",
        function="calls:bulk",
        title="the same with [fast]",
        calls=1000,
        workers=64,
        latency=20,
        variant="fast",
        rounds=5,
        extra=True,
        figure="accounts_per_core",
    ),
    Cell(
        name="accounts-1000",
        function="memory:open_accounts",
        title="opening 1,000 stored accounts",
        calls=1_000,
        figure="kb_each",
    ),
    Cell(
        name="accounts-10000",
        function="memory:open_accounts",
        title="opening 10,000 stored accounts",
        calls=10_000,
        rounds=5,
        figure="kb_each",
    ),
    Cell(
        name="accounts-file",
        function="memory:open_accounts",
        title="opening 1,000 accounts from encrypted files",
        calls=1_000,
        variant="file",
        rounds=5,
        figure="kb_each",
    ),
    Cell(
        name="weeks",
        function="memory:cached_weeks",
        title="100,000 cached weeks (1,000 in a quick run)",
        calls=100_000,
        quick=1_000,
        rounds=1,
        figure="resident_mb",
    ),
    Cell(
        name="weeks-128",
        function="memory:cached_weeks",
        title="the same with 128 decoded entries",
        calls=100_000,
        variant="128",
        rounds=1,
        figure="longest_pause_ms",
    ),
    Cell(
        name="imports",
        function="imports:start",
        title="13 shuffled starts (3 in a quick run)",
        calls=13,
        quick=3,
        rounds=1,
        figure="names_ms",
    ),
    Cell(
        name="peer-mosreg-parse",
        function="peers:mosreg_parse",
        title="school-mosreg-api, parsing of the same week",
        calls=200,
        peer="school-mosreg-api",
        figure="p50_us",
    ),
    Cell(
        name="peer-netschool-parse",
        function="peers:netschool_parse",
        title="netschoolpy, parsing of 40 lessons in as many bytes",
        calls=300,
        peer="netschoolpy",
        figure="p50_us",
    ),
    Cell(
        name="peer-mosreg-1",
        function="peers:mosreg_call",
        title="school-mosreg-api, typed call, 1 in flight",
        calls=150,
        peer="school-mosreg-api",
    ),
    Cell(
        name="peer-mosreg-16",
        function="peers:mosreg_call",
        title="school-mosreg-api, typed call, 16 in flight",
        calls=200,
        workers=16,
        peer="school-mosreg-api",
    ),
    Cell(
        name="peer-pydnevnik-1",
        function="peers:pydnevnik_call",
        title="pydnevnikruapi async, no model, 1 in flight",
        calls=300,
        peer="pydnevnikruapi",
    ),
    Cell(
        name="peer-pydnevnik-16",
        function="peers:pydnevnik_call",
        title="pydnevnikruapi async, no model, 16 in flight",
        calls=400,
        workers=16,
        peer="pydnevnikruapi",
    ),
    Cell(
        name="peer-pydnevnik-sync",
        function="peers:pydnevnik_sync",
        title="pydnevnikruapi, no model, one after the other",
        calls=200,
        peer="pydnevnikruapi",
    ),
    Cell(
        name="peer-netschool-1",
        function="peers:netschool_call",
        title="netschoolpy, typed call, 1 in flight",
        calls=200,
        peer="netschoolpy",
    ),
    Cell(
        name="peer-netschool-16",
        function="peers:netschool_call",
        title="netschoolpy, typed call, 16 in flight of one client",
        calls=300,
        workers=16,
        peer="netschoolpy",
    ),
)


def chosen(only: str | None, *, quick: bool) -> tuple[Cell, ...]:
    """The cells of a run; by name or its beginning, the quick ones, or all.

    Raises:
        LookupError: No cell is called so.
    """
    if only is None:
        return tuple(cell for cell in CELLS if cell.quick or not quick)
    exact = tuple(cell for cell in CELLS if cell.name == only)
    found = exact or tuple(cell for cell in CELLS if cell.name.startswith(only))
    if not found:
        names = ", ".join(cell.name for cell in CELLS)
        raise LookupError(f"no cell {only!r}; there are: {names}")
    return found
