"""Checks the document that `diary demo --json` printed: `python check_demo.py demo.json`."""

import json
import sys
from pathlib import Path


def main() -> int:
    """Complains about the first thing that is not as it should be."""
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for visit in document["providers"]:
        name = visit["provider"]
        failed = [item for item in visit["logins"] if not item["ok"]]
        if failed:
            sys.stderr.write(f"{name}: {failed}\n")
            return 1
        days = visit["week"]["value"]["days"]
        parts = {part for day in days for part in ("lessons", "homework", "marks") if day[part]}
        if parts != {"lessons", "homework", "marks"} or not visit["averages"]["value"]:
            sys.stderr.write(f"{name}: only {sorted(parts)} in the week\n")
            return 1
        if not visit["lacking"].get("final_grades") and not visit["final_grades"]["value"]:
            sys.stderr.write(f"{name}: neither final grades nor a reason\n")
            return 1
    sys.stdout.write(f"{len(document['providers'])} providers shown\n")
    return 0 if document["providers"] else 1


if __name__ == "__main__":
    sys.exit(main())
