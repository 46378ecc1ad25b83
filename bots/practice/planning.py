"""The fault switch in words: from a request to a planned fault, and back for the page."""

from collections.abc import Sequence
from typing import Any, cast

from bots.practice.asking import Asked, Wrong
from bots.practice.faults import Fault, Service

FIELDS = ("service", "operation", "status", "body", "retry_after", "delay_s", "drop", "count")


def fault_asked(asked: Asked) -> Fault:
    """The fault that a body asks for (INTERFACES §4: status, delay, drop, count).

    Raises:
        Wrong: 422, a field is unknown or out of range, or nothing would go wrong.
    """
    asked.only(*FIELDS)
    service = asked.one_of("service", ("line", "slack"))
    if service is None:
        raise Wrong(422, "「service」に line か slack を書いてください。", labels=("line", "slack"))
    drop = asked.one_of("drop", ("before", "after"))
    fault = Fault(
        service=cast(Service, service),
        operation=asked.maybe_text("operation", longest=100),
        status=asked.whole("status", default=None, least=200, most=599),
        body=asked.maybe_text("body", longest=100_000),
        retry_after=asked.whole("retry_after", default=None, least=0, most=86_400),
        delay_s=asked.seconds("delay_s", most=60),
        drop="before" if drop == "before" else "after" if drop == "after" else None,
        count=asked.whole("count", default=1, least=1, most=10_000) or 1,
    )
    if fault.status is None and fault.drop is None and fault.delay_s == 0:
        labels = ("status", "delay_s", "drop")
        raise Wrong(422, "status・delay_s・drop のどれかがないと何も起きません。", labels=labels)
    return fault


def planned_json(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """The planned faults with every field, oldest first."""
    return [{field: getattr(fault, field) for field in FIELDS} for fault in faults]
