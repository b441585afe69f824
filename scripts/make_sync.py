"""Writes `gateway/core/client/sync.py` from the asynchronous classes.

python scripts/make_sync.py          write it
python scripts/make_sync.py --check  fail if it is not up to date
"""

import ast
import subprocess
import sys
from pathlib import Path

CLIENT = Path(__file__).parents[1] / "gateway" / "core" / "client"
TARGET = CLIENT / "sync.py"

HEAD = '''"""The synchronous twin of the gateway, over one background loop.

Written by `scripts/make_sync.py`; change the asynchronous classes instead.
"""
'''

RENAMED = {"AsyncDiary": "Diary", "AsyncGateway": "Gateway"}

GATEWAY_HEAD = '''
    def __init__(self, **options: Unpack[GatewayOptions]) -> None:
        self._portal = Portal()
        self._gateway = self._portal.make(lambda: AsyncGateway(**options))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Takes no new calls, lets those under way end within 5 s, and closes everything."""
        self._portal.call(self._gateway.aclose())
        self._portal.close()

    def diary(self, student: Student | str, *, account: str | None = None) -> Diary:
        """A student's diary."""
        opened = self._portal.call(self._gateway.diary(student, account=account))
        return Diary(self._portal, opened)
'''

DIARY_HEAD = '''
    def __init__(self, portal: Portal, diary: AsyncDiary) -> None:
        self._portal = portal
        self._diary = diary
        self.account = diary.account
        self.student_id = diary.student_id

    def open_attachment(
        self, attachment_id: str, *, timeout: float | None = None
    ) -> AbstractContextManager[SyncDownload]:
        """The bytes of an attachment, piece by piece, never through a cache."""
        return self._portal.download(self._diary.open_attachment(attachment_id, timeout=timeout))
'''

BY_HAND = {"diary", "open_attachment", "aclose", "login"}

LOGIN = '''
    def login(
        self,
        provider: str | None = None,
        *,
        ask: "Callable[[Step], StepInput] | None" = None,
        method: str | None = None,
        instance: str | None = None,
        region: str | None = None,
        label: str | None = None,
        remember: bool = False,
        **fields: str | SecretStr,
    ) -> tuple[Account, ...]:
        """Signs in from beginning to end; `ask` is called in a thread of its own."""

        async def asked(step: Step) -> StepInput:
            if ask is None:
                raise InteractionRequired(reason=step.type)
            return await asyncio.to_thread(ask, step)

        return self._portal.call(
            self._gateway.login(
                provider,
                ask=asked if ask is not None else None,
                method=method,
                instance=instance,
                region=region,
                label=label,
                remember=remember,
                **fields,
            )
        )
'''


def method(node: ast.FunctionDef | ast.AsyncFunctionDef, inner: str) -> str:
    """One method of the twin."""
    doc = ast.get_docstring(node, clean=False) or ""
    arguments = ast.unparse(node.args)
    returns = ast.unparse(node.returns) if node.returns else "None"
    passed = [item.arg for item in node.args.args[1:]]
    passed += [f"{item.arg}={item.arg}" for item in node.args.kwonlyargs]
    if node.args.kwarg:
        passed.append(f"**{node.args.kwarg.arg}")
    call = f"self.{inner}.{node.name}({', '.join(passed)})"
    decorators = "".join(f"    @{ast.unparse(item)}\n" for item in node.decorator_list)
    if decorators:
        call = f"self.{inner}.{node.name}"
    elif isinstance(node, ast.AsyncFunctionDef):
        call = f"self._portal.call({call})"
    elif returns.startswith("AsyncIterator"):
        returns = returns.replace("AsyncIterator", "Iterator", 1)
        call = f"self._portal.iterate({call})"
    return (
        f"{decorators}    def {node.name}({arguments}) -> {returns}:\n"
        f'        """{doc}"""\n        return {call}\n'
    )


def twin(source: str, name: str, inner: str, head: str) -> str:
    """One class of the twin."""
    tree = ast.parse(source)
    node = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == name)
    doc = ast.get_docstring(node, clean=False) or ""
    doc = doc.replace("asynchronous context manager", "context manager")
    parts = [f'class {RENAMED[name]}:\n    """{doc}"""\n', head]
    for item in node.body:
        if not isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if item.name.startswith("_") or item.name in BY_HAND:
            continue
        parts.append(method(item, inner))
    return "\n".join(parts)


def imports(*sources: str) -> str:
    """The imports of the asynchronous modules; unused ones are taken out by the linter."""
    lines = [
        "import asyncio",
        "from collections.abc import Callable, Iterator",
        "from contextlib import AbstractContextManager",
        "from typing import Self",
        "from gateway.core.client.diary import AsyncDiary",
        "from gateway.core.client.gateway import Account, AsyncGateway",
        "from gateway.core.client.gateway_options import GatewayOptions",
        "from gateway.core.client.portal import Portal, SyncDownload",
        "from gateway.core.errors import InteractionRequired",
    ]
    for source in sources:
        nodes = ast.walk(ast.parse(source))
        lines += [ast.unparse(node) for node in nodes if isinstance(node, ast.ImportFrom)]
    return "\n".join(dict.fromkeys(lines)) + "\n\n"


def ruff(*arguments: str, text: str) -> str:
    """Text as ruff gives it back."""
    command = [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", str(TARGET), "-"]
    done = subprocess.run(command, input=text, text=True, capture_output=True, check=False)
    return done.stdout


def build() -> str:
    """The whole module."""
    diary = (CLIENT / "diary.py").read_text(encoding="utf-8")
    gateway = (CLIENT / "gateway.py").read_text(encoding="utf-8")
    text = HEAD + "\n" + imports(diary, gateway)
    text += twin(diary, "AsyncDiary", "_diary", DIARY_HEAD) + "\n\n"
    text += twin(gateway, "AsyncGateway", "_gateway", GATEWAY_HEAD + LOGIN)
    fixed = ruff("check", "--fix", "--quiet", "--select", "F401,I,UP", text=text)
    return ruff("format", "--quiet", text=fixed)


def main() -> int:
    """Writes or checks the module."""
    text = build()
    if "--check" in sys.argv[1:]:
        if text != TARGET.read_text(encoding="utf-8"):
            sys.stderr.write(
                "gateway/core/client/sync.py is out of date: run scripts/make_sync.py\n"
            )
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
