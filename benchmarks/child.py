"""Measures one sample: `python -m benchmarks.child FUNCTION RUN`, the answer as JSON."""

import json
import os
import sys
from importlib import import_module

from benchmarks.pinning import CONTESTANT_CORE, pin
from benchmarks.run import Run


def main() -> None:
    """Runs the function on the contestants' core."""
    module, _, function = sys.argv[1].partition(":")
    run = Run(**json.loads(sys.argv[2]))
    pin(CONTESTANT_CORE)
    metrics = getattr(import_module(f"benchmarks.cells.{module}"), function)(run)
    print(json.dumps(metrics), flush=True)
    # What a contestant left running must not keep the process.
    os._exit(0)


if __name__ == "__main__":
    main()
