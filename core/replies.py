"""What comes back from a person: kept with us only, never quoted elsewhere (G-15..G-18)."""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.ids import CaseId, MunicipalityId, PersonId, ReplyId


class ReplyKind(enum.StrEnum):
    """In what form the person answered. A sticker is an answer."""

    TEXT = "text"
    STICKER = "sticker"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    BUTTON = "button"


class Press(enum.StrEnum):
    """What a person presses in LINE: the answers under every letter (G-13), and おたより."""

    KEEP = "keep"  # そのまま
    REST = "rest"  # 少し休む
    STOP = "stop"  # やめる
    TALK = "talk"  # 人と話したい
    LETTERS = "letters"  # おたより: the way to the person's own page


UNDER_LETTERS: Final = (Press.KEEP, Press.REST, Press.STOP, Press.TALK)
"""The four answers under every letter, in the order in which they stand (G-13)."""


class ReplyState(enum.StrEnum):
    """KEPT until read by a person; WITHDRAWN when the sender took it back (unsend)."""

    KEPT = "KEPT"
    READ = "READ"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One answer. `text` is sealed where it is stored and empty once withdrawn.

    Attributes:
        message_id: LINE's id of the message; media can be fetched by it while LINE keeps them.
        occurred_at: when the person sent it, by LINE's clock; order by this, not by arrival.
        reads_from: from when somebody reads it, by the town's own hours.
        answer_by: by when a person answers it (G-15); None where it came before hours were kept.
        hour_passed_at: when that hour was found to be over, answered or not.
    """

    id: ReplyId
    municipality_id: MunicipalityId
    person_id: PersonId
    case_id: CaseId
    kind: ReplyKind
    text: str
    message_id: str | None
    occurred_at: datetime
    received_at: datetime
    state: ReplyState = ReplyState.KEPT
    reads_from: datetime | None = None
    answer_by: datetime | None = None
    hour_passed_at: datetime | None = None
    version: int = 1
