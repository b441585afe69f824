"""Import times: CPU of fresh processes in shuffled order, minus the bare interpreter."""

import os
import subprocess
import sys
from random import Random
from statistics import median

from benchmarks.measure import Meter, Metrics
from benchmarks.run import Run

STATEMENTS = {
    "bare": "pass",
    "package": "import gateway",
    "names": "from gateway import AsyncGateway, Settings",
    "ready": "from gateway import AsyncGateway; AsyncGateway()",
    "httpx": "import httpx, pydantic",
}


def start(run: Run) -> Metrics:
    """Starts interpreters; every figure is milliseconds of CPU over the bare one."""
    order = [name for name in STATEMENTS for _ in range(run.calls)]
    for statement in STATEMENTS.values():
        _cpu(statement)
    Random(run.calls).shuffle(order)
    found: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    with Meter(1) as meter:
        for name in order:
            found[name].append(_cpu(STATEMENTS[name]))
    bare = median(found["bare"])
    over = {f"{name}_ms": median(values) - bare for name, values in found.items()}
    over["bare_ms"] = bare
    j = meter.calibration.unit
    in_j = {f"{name}_j": over[f"{name}_ms"] * 1e3 / j for name in STATEMENTS}
    return meter.metrics(starts=run.calls, **over, **in_j)


def _cpu(statement: str) -> float:
    """Milliseconds of CPU of a whole process."""
    process = subprocess.Popen([sys.executable, "-c", statement])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise AssertionError(f"{statement} failed")
    return (usage.ru_utime + usage.ru_stime) * 1e3
