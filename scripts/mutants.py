"""Changes the code of pipeline and security here and there, and sees whether a test notices.

    python scripts/mutants.py [--sample 30 | --all] [--jobs 2] [--only NAME]… [--seed 1]

A mutant is one small change of one module: a comparison, a number, a word, a deleted statement.
The tests that cover the module run against it in a process of their own, into which the changed
module is imported in place of the file; nothing on disk is touched. A mutant that no test notices
is a survivor: a missing test, or a change that means the same.
"""

import argparse
import ast
import contextlib
import copy
import importlib
import importlib.util
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from random import Random
from types import CodeType, ModuleType
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PIPELINE: Final = "tests/core/pipeline"
TRANSPORT: Final = "tests/core/transport"

COVERED: Final[dict[str, tuple[str, ...]]] = {
    "gateway/core/pipeline/retry.py": (
        f"{PIPELINE}/test_retry.py",
        f"{PIPELINE}/test_retry_table.py",
    ),
    "gateway/core/pipeline/retry_table.py": (f"{PIPELINE}/test_retry_table.py",),
    "gateway/core/pipeline/verdict.py": (
        f"{PIPELINE}/test_verdict.py",
        f"{PIPELINE}/test_file_streams.py",
        "tests/core/client/test_calls.py",
    ),
    "gateway/core/pipeline/breaker.py": (f"{PIPELINE}/test_breaker.py",),
    "gateway/core/pipeline/budget.py": (f"{PIPELINE}/test_budget.py",),
    "gateway/core/pipeline/gates.py": (f"{PIPELINE}/test_gates.py",),
    "gateway/core/pipeline/limiter.py": (
        f"{PIPELINE}/test_limiter.py",
        f"{PIPELINE}/test_limiter_model.py",
    ),
    "gateway/core/pipeline/tombstones.py": (f"{PIPELINE}/test_tombstones.py",),
    "gateway/core/transport/addresses.py": (
        f"{TRANSPORT}/test_addresses.py",
        f"{TRANSPORT}/test_origins.py",
    ),
    "gateway/core/transport/redirects.py": (f"{TRANSPORT}/test_redirects.py",),
    "gateway/core/transport/body.py": (f"{TRANSPORT}/test_bodies.py",),
    "gateway/core/transport/inflate.py": (
        f"{TRANSPORT}/test_bodies.py",
        f"{TRANSPORT}/test_streams.py",
    ),
    "gateway/core/sessions/sealing.py": (
        "tests/core/sessions/test_sealing.py",
        "tests/core/sessions/test_file_store.py",
    ),
    "gateway/core/sessions/keeper.py": (
        "tests/core/sessions/test_open_accounts.py",
        "tests/core/sessions/test_keeper.py",
    ),
    "gateway/core/login/machine.py": ("tests/core/login", "tests/core/sessions/test_keeper.py"),
    "gateway/core/login/guard.py": (
        "tests/core/login/test_guard.py",
        "tests/core/login/test_machine.py",
    ),
}
"""The code that is changed, and the tests that should notice."""

_COMPARE: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_NAMES: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
_STATEMENTS: Final = (ast.Expr, ast.Raise, ast.AugAssign, ast.Delete)
_SLACK: Final = 15.0
_HEAVY: Final = (
    "anyio",
    "cachetools",
    "cryptography.hazmat.primitives.ciphers.aead",
    "httpx",
    "hypothesis",
    "msgspec",
    "pydantic",
    "pytest",
    "pytest_asyncio",
    "tenacity",
    "trustme",
)


@dataclass(frozen=True)
class Mutant:
    """One changed module.

    Attributes:
        line: Where.
        change: What was changed, for people.
        code: The module.
    """

    line: int
    change: str
    code: CodeType


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, in order."""
    source = path.read_text(encoding="utf-8")
    count = len(list(_places(ast.parse(source))))
    for number in range(count):
        tree = ast.parse(source)
        parent, name, index, node, change = list(_places(tree))[number]
        _put(parent, name, index, node)
        ast.fix_missing_locations(tree)
        try:
            code = compile(tree, str(path), "exec")
        except (SyntaxError, ValueError):
            continue
        yield Mutant(getattr(parent, "lineno", getattr(node, "lineno", 0)), change, code)


Place = tuple[ast.AST, str, int | None, ast.AST, str]


def _put(parent: ast.AST, name: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[index] = node


def _places(tree: ast.AST) -> Iterator[Place]:
    """Where the tree can be changed, and into what."""
    for parent in _walked(tree):
        for name, value in ast.iter_fields(parent):
            if name in {"annotation", "returns", "decorator_list", "bases", "type_params"}:
                continue
            listed = value if isinstance(value, list) else [value]
            for index, node in enumerate(listed):
                if isinstance(node, ast.AST):
                    spot = index if isinstance(value, list) else None
                    for changed, change in _changes(node, parent):
                        yield parent, name, spot, ast.copy_location(changed, node), change


def _walked(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only describe: annotations, documentation, messages of errors."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _describes(child, node):
                yield from _walked(child)


def _describes(node: ast.AST, parent: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return True
    if isinstance(node, ast.Assign) and "__slots__" in ast.unparse(node.targets[0]):
        return True
    if isinstance(node, ast.FunctionDef) and node.name == "__repr__":
        return True
    # Words for people, and the name of a type in quotes.
    called = isinstance(parent, ast.Call) and ast.unparse(parent.func) in {
        "cast",
        "TypeVar",
        "Text",
    }
    return called or (isinstance(parent, ast.Raise) and isinstance(node, ast.Constant))


def _changes(node: ast.AST, parent: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
        changed = copy.deepcopy(node)
        changed.ops[0] = _COMPARE[type(node.ops[0])]()
        yield changed, f"{ast.unparse(node)} → {ast.unparse(changed)}"
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield ast.BoolOp(other, node.values), f"and ↔ or in {ast.unparse(node)}"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand, f"{ast.unparse(node)} without not"
    elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        arithmetic = ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
        yield arithmetic, f"{ast.unparse(node)} → {ast.unparse(arithmetic)}"
    elif isinstance(node, ast.Constant):
        yield from _constants(node, parent)
    elif isinstance(node, ast.Name) and node.id in _NAMES:
        yield ast.Name(_NAMES[node.id], node.ctx), f"{node.id} → {_NAMES[node.id]}"
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.stmt):
        yield from _statements(node, parent)


def _calls(node: ast.Call) -> Iterator[tuple[ast.AST, str]]:
    """The first two arguments that differ, swapped; not where their order means nothing."""
    if ast.unparse(node.func) in _NAMES:
        return
    for index in range(len(node.args) - 1):
        one, other = node.args[index : index + 2]
        if ast.unparse(one) != ast.unparse(other):
            changed = copy.deepcopy(node)
            changed.args[index : index + 2] = [other, one]
            yield changed, f"{ast.unparse(node)} → {ast.unparse(changed)}"
            return


def _statements(node: ast.stmt, parent: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    if _describes(node, parent):
        return
    if isinstance(node, ast.If) and not isinstance(node.test, ast.Compare | ast.BoolOp):
        turned = ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        yield turned, f"if not {ast.unparse(node.test)}"
    elif isinstance(node, ast.Return) and not isinstance(node.value, ast.Constant | None):
        yield ast.Return(ast.Constant(None)), f"{ast.unparse(node)} → None"
    elif isinstance(node, _STATEMENTS):
        yield ast.Pass(), f"without {ast.unparse(node).partition(chr(10))[0]}"
    elif isinstance(node, ast.Assign) and isinstance(
        node.targets[0], ast.Attribute | ast.Subscript
    ):
        yield ast.Pass(), f"without {ast.unparse(node)}"
    elif isinstance(node, ast.Continue):
        yield ast.Break(), "continue → break"


def _constants(node: ast.Constant, parent: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value), f"{value} → {not value}"
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1), f"{value} → {value + 1}"
    elif isinstance(value, str) and value and not _is_message(parent):
        yield ast.Constant(f"{value}X"), f"{value!r} → {value + 'X'!r}"


def _is_message(parent: ast.AST) -> bool:
    """Whether a text is the first argument of something with a capital letter: an error."""
    if not isinstance(parent, ast.Call):
        return False
    name = ast.unparse(parent.func).rpartition(".")[2]
    return name[:1].isupper()


class _Changed(MetaPathFinder, Loader):
    """Imports one module from changed code."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self._name = name
        self._path = path
        self._code = code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of the one module."""
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def create_module(self, spec: ModuleSpec) -> None:
        """As usual."""

    def exec_module(self, module: ModuleType) -> None:
        """Runs the changed code."""
        exec(self._code, module.__dict__)  # noqa: S102 - our own code, slightly changed


def _preload() -> None:
    """Imports what every child needs anyway and no mutant touches."""
    for name in _HEAVY:
        importlib.import_module(name)


def _run_tests(module: str, code: CodeType | None, tests: Sequence[str]) -> int:
    """Runs tests in this process; 0 if all pass."""
    import pytest  # noqa: PLC0415 - in the child only

    name = module.removesuffix(".py").replace("/", ".")
    if code is not None:
        sys.meta_path.insert(0, _Changed(name, ROOT / module, code))
    # Without pytest's own importer, which would take the modules from their files.
    options = ["-x", "-q", "--assert=plain", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return int(pytest.main([*options, "--hypothesis-seed=0", *tests]))


def _child(module: str, code: CodeType | None, tests: Sequence[str]) -> int:
    """Forks, runs the tests there, and gives the child's id."""
    pid = os.fork()
    if pid:
        return pid
    os.setpgid(0, 0)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    status = 1
    try:
        status = _run_tests(module, code, tests)
    finally:
        os._exit(status)


@dataclass
class _Running:
    mutant: Mutant
    ends_at: float


def survivors(
    module: str, chosen: Sequence[Mutant], tests: Sequence[str], jobs: int
) -> list[Mutant]:
    """The mutants that the tests do not notice.

    Raises:
        SystemExit: The tests fail without any change.
    """
    begun = time.monotonic()
    if os.waitpid(_child(module, None, tests), 0)[1] != 0:
        raise SystemExit(f"the tests of {module} fail as it stands")
    patience = (time.monotonic() - begun) * 4 + _SLACK
    found: list[Mutant] = []
    waiting, running = list(chosen), dict[int, _Running]()
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop(0)
            running[_child(module, mutant.code, tests)] = _Running(
                mutant, time.monotonic() + patience
            )
        for pid, item in tuple(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del running[pid]
                if status == 0:
                    found.append(item.mutant)
            elif time.monotonic() > item.ends_at:  # hanging is noticed too
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, 9)
                os.waitpid(pid, 0)
                del running[pid]
        time.sleep(0.02)
    return found


def main(arguments: Sequence[str]) -> int:
    """Prints a table and the survivors; 1 if fewer than the goal are noticed."""
    parser = argparse.ArgumentParser(prog="scripts/mutants.py")
    parser.add_argument("--sample", type=int, default=30, help="mutants of each module")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], help="modules by part of their path")
    parser.add_argument("--goal", type=float, default=0.85)
    asked = parser.parse_args(arguments)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    _preload()
    total = killed = 0
    _say("| Module | Mutants | Run | Noticed |\n|---|---|---|---|")
    told: list[str] = []
    for module, tests in COVERED.items():
        if asked.only and not any(part in module for part in asked.only):
            continue
        every = list(mutants(ROOT / module))
        chosen = every
        if not asked.all and len(every) > asked.sample:
            chosen = Random(asked.seed).sample(every, asked.sample)  # noqa: S311 - a sample
        left = survivors(module, chosen, tests, asked.jobs)
        total, killed = total + len(chosen), killed + len(chosen) - len(left)
        rate = 1 - len(left) / max(len(chosen), 1)
        _say(f"| {module} | {len(every)} | {len(chosen)} | {rate:.0%} |")
        told += [f"{module}:{item.line}: {item.change}" for item in left]
    rate = killed / max(total, 1)
    _say(f"| all | | {total} | {rate:.1%} |\n\nSurvivors:\n" + "\n".join(told))
    return 0 if rate >= asked.goal else 1


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
