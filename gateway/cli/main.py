"""Entry point of the `diary` command."""

import sys


def main() -> None:
    """Runs the command line; says what to install if its extra is missing."""
    try:
        from gateway.cli.run import run  # noqa: PLC0415 - its imports are an extra
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich", "click"}:
            raise
        sys.stderr.write("diary: pip install 'diary-gateway[cli]'\n")
        sys.exit(5)
    sys.exit(run())
