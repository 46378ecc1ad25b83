"""Contenders live in processes of their own and are told by lines of JSON when to run."""

import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bots.memory import settle_heap

Answer = dict[str, Any]


class Child(AbstractContextManager["Child"]):
    """`python -m MODULE ARGUMENTS`; its first line says how it is to be reached."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._name = f"{module} {' '.join(arguments)}"
        self.started = self._line()

    def ask(self, **question: Any) -> Answer:
        """Have it do something, and wait for what it says."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question).encode() + b"\n")
        self._process.stdin.flush()
        return self._line()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _line(self) -> Answer:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._name} ended before it answered")
        answer: Answer = json.loads(line)
        return answer


async def answering(
    ready: Answer, run: Callable[[Answer], Awaitable[Answer]], *, seconds: bool = True
) -> None:
    """The child's side: say `ready`, then answer each question until standard input ends.

    Args:
        seconds: add wall and CPU seconds and the peak memory in MB to each answer.
    """
    # Every contender starts from a settled heap, as the product does.
    await settle_heap()
    print(json.dumps(ready), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        question = json.loads(line)
        wall, cpu = time.perf_counter(), time.process_time()
        answer = await run(question)
        if seconds:
            answer.setdefault("seconds", time.perf_counter() - wall)
            answer.setdefault("cpu", time.process_time() - cpu)
            answer["megabytes"] = _peak_megabytes()
        print(json.dumps(answer), flush=True)


def _peak_megabytes() -> float:
    """The most memory this process has had; `getrusage` would count its parent's, too."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
