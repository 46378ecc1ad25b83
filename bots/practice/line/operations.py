"""Which endpoints there are: method, path, name for the fault switch, rate limit, handler."""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from .answers import Answer
from .rates import PER_SECOND_2000, Rate
from .request import Request

Handler = Callable[[Request], Answer | Awaitable[Answer]]

_PARAMETER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One endpoint.

    `name` is what the fault switch and `Rates.limit` know it by; several endpoints may share it.
    """

    name: str
    method: str
    path: str
    handler: Handler
    rate: Rate = PER_SECOND_2000
    retry_key: bool = False
    bearer: bool = True

    @property
    def endpoint(self) -> str:
        """Method and path template: what rate limits are kept by."""
        return f"{self.method} {self.path}"


class Operations:
    """Finds the operation of a request."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self.all = tuple(operations)
        self._fixed = {(op.method, op.path): op for op in self.all if "{" not in op.path}
        self._open = [(_pattern(op.path), op) for op in self.all if "{" in op.path]

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation and its path parameters; None when it is not emulated."""
        fixed = self._fixed.get((method, path))
        if fixed is not None:
            return fixed, {}
        for pattern, operation in self._open:
            match = pattern.fullmatch(path)
            if match is not None and operation.method == method:
                return operation, match.groupdict()
        return None


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(_PARAMETER.sub(r"(?P<\1>[^/]+)", path))
