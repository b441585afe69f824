import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "children" / "crash_while_saving.py"


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork() and SIGKILL")
def test_a_killed_writer_leaves_the_old_record_or_the_new_one(directory: Path, key: bytes) -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, directory, key.hex(), "20260901"],
        capture_output=True,
        check=False,
        text=True,
        timeout=50,
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == 16
    chosen = {line["point"]: line["found"] - line["acknowledged"] for line in lines[:4]}
    assert chosen == {"half write": 0, "file sync": 0, "before replace": 0, "after replace": 1}
    for line in lines:
        assert line["found"] - line["acknowledged"] in {0, 1}, line
        assert line["after"] == line["found"] + 1, line
    left = sorted(path.suffix for path in directory.glob("*/*/*"))
    assert left == [".rec"]
