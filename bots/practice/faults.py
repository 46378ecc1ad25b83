"""The fault switch: what LINE or Slack shall do wrong next."""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

Service = Literal["line", "slack"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One planned misbehaviour of a platform.

    Attributes:
        service: which platform misbehaves.
        operation: glob over the operation's name (`push`, `chat.*`); None means any.
        status: HTTP status to answer instead of the real one.
        body: body to answer with `status`; None gives the platform's own error body.
        retry_after: seconds for a `Retry-After` header (Slack's 429).
        delay_s: real seconds to wait before going on.
        drop: drop the connection `before` the request is accepted, or `after` it was accepted
            and before it was answered.
        count: how many requests it hits.
    """

    service: Service
    operation: str | None = None
    status: int | None = None
    body: str | None = None
    retry_after: int | None = None
    delay_s: float = 0.0
    drop: Literal["before", "after"] | None = None
    count: int = 1


class Faults:
    """The planned faults, taken in the order in which they were planned."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """Add a fault behind those already planned."""
        if fault.count < 1:
            raise ValueError("a fault hits at least one request")
        self._planned.append(fault)

    def clear(self) -> None:
        """Forget every planned fault."""
        self._planned.clear()

    def planned(self) -> tuple[Fault, ...]:
        """What is still to come, oldest first."""
        return tuple(self._planned)

    def take(self, *, service: Service, operation: str) -> Fault | None:
        """The fault that hits this request, used up by one; None when all is well."""
        for position, fault in enumerate(self._planned):
            if fault.service != service or not fnmatchcase(operation, fault.operation or "*"):
                continue
            if fault.count == 1:
                del self._planned[position]
            else:
                self._planned[position] = replace(fault, count=fault.count - 1)
            return fault
        return None
