"""The reception desk: whoever writes without being linked is seen by a person (R-001, §10).

No name and no picture is asked of LINE, ever; a visitor is known by when they came. What they wrote
stays in the raw events, where taking a message back takes it away, and is read on one page only.
"""

import enum
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.errors import CaseworkError
from core.ids import LinkId, MunicipalityId, StaffId, VisitorId

ANSWER_PREFIX: Final = "reception"
"""A town's approved texts for visitors are those whose name begins so."""


class VisitorState(enum.StrEnum):
    """WAITING and ANSWERED visitors stand on the desk; LINKED and CLOSED are ends."""

    WAITING = "WAITING"
    ANSWERED = "ANSWERED"
    LINKED = "LINKED"
    CLOSED = "CLOSED"


HERE: Final = frozenset({VisitorState.WAITING, VisitorState.ANSWERED})


class VisitorGone(CaseworkError):
    """The visitor stands on the desk no longer. Facts: `state`."""

    rule = "R-001"


class NoSuchAnswer(CaseworkError):
    """At the desk only a text that the town approved by name goes out (G-06, G-16)."""

    rule = "G-06"


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Somebody who wrote from an account that is nobody's yet.

    Attributes:
        reads_from, answer_by: from when somebody reads, and by when a person answers (G-15).
        answered_with: name and version of the text that went out; "" while none did.
    """

    id: VisitorId
    municipality_id: MunicipalityId
    link_id: LinkId
    came_at: datetime
    last_at: datetime
    reads_from: datetime
    answer_by: datetime
    state: VisitorState = VisitorState.WAITING
    version: int = 1
    answered_with: str = ""
    handled_by: StaffId | None = None
    handled_at: datetime | None = None


def handled(
    visitor: Visitor,
    to: VisitorState,
    *,
    by: StaffId | None,
    at: datetime,
    answered_with: str = "",
) -> Visitor:
    """The visitor one step on.

    Args:
        by: who saw to them; None where they came with a code.

    Raises:
        VisitorGone: they were seen to already.
    """
    if visitor.state not in HERE:
        raise VisitorGone(state=visitor.state.value)
    return replace(
        visitor,
        state=to,
        version=visitor.version + 1,
        handled_by=by,
        handled_at=at,
        answered_with=answered_with or visitor.answered_with,
    )
