"""What those who were called say about coming. Nobody is reminded; the person least of all."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import CaseworkError
from core.meetings.ids import ParticipantId


class NotCalled(CaseworkError):
    """Only somebody who was called answers. Facts: `participant` (id), `allowed`."""

    rule = "M5"


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendanceAnswer:
    """One answer; the latest counts.

    Attributes:
        note: such as by when somebody has to leave; staff text.
    """

    participant_id: ParticipantId
    comes: bool
    answered_at: datetime
    note: str = ""
