"""Runs the command line with all of its commands."""

import sys

from gateway.cli.app import app
from gateway.cli.commands import (
    accounts,
    diary,
    directory,
    evidence,
    login,
    normalize,
    sandbox,
)
from gateway.cli.exit_codes import ExitCode

COMMANDS = (accounts, diary, directory, evidence, login, normalize, sandbox)
"""Modules that registered their commands when they were imported."""


def run() -> int:
    """Runs the command line and gives its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.INTERNAL
    return ExitCode.OK
