"""事前調整: the careful preparation before a first approach (S0 第3-4(4)①ア, R-022).

Five parts (ア) to (オ). Each is answered, or said not to be needed and why: the manual asks us to
fit the state of the person and the family.
"""

import enum
from dataclasses import dataclass
from datetime import date

from core.errors import CaseworkError
from core.ids import StaffId


class PreparationPart(enum.StrEnum):
    """The five parts, and the verdict over all of them."""

    SOURCES = "SOURCES"
    NETWORK = "NETWORK"
    HOOK = "HOOK"
    DIFFICULTY = "DIFFICULTY"
    EMERGENCY = "EMERGENCY"
    READINESS = "READINESS"


class HookKind(enum.StrEnum):
    """きっかけ・切口: by what the first tie may begin."""

    FAMILY_SUPPORT = "FAMILY_SUPPORT"
    HOBBY = "HOBBY"
    KEY_PERSON = "KEY_PERSON"
    OTHER = "OTHER"


class PreparationIncomplete(CaseworkError):
    """Nobody is approached before the preparation is answered (R-022).

    Facts: `missing`, parts (`PreparationPart`), comma-separated; `allowed`.
    """

    rule = "R-022"


@dataclass(frozen=True, kw_only=True, slots=True)
class NotNeeded:
    """This part is not needed here, because ..."""

    because: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One source that was asked, and when."""

    source: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcesAsked:
    """(ア) Who was asked about the situation; taking time is part of it."""

    asked: tuple[Asked, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchNetwork:
    """(イ) Who agreed to watch over and to support."""

    agreed_with: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Hook:
    """(ウ) The way in that was chosen, and why."""

    kind: HookKind
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Difficulty:
    """(エ) What the person finds hard, and what we can offer for it."""

    hard: str
    offered: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencyOutlook:
    """(オ) How urgent it may become, and the line to police and medical help."""

    assessed: str
    links: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """Whether the approach may begin, by whose judgement."""

    ready: bool
    by: StaffId
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PreCoordination:
    """The five parts and the verdict; None is not answered yet. Texts are sealed when stored."""

    sources: SourcesAsked | NotNeeded | None = None
    network: WatchNetwork | NotNeeded | None = None
    hook: Hook | NotNeeded | None = None
    difficulty: Difficulty | NotNeeded | None = None
    emergency: EmergencyOutlook | NotNeeded | None = None
    readiness: Readiness | None = None


def missing_in(preparation: PreCoordination | None) -> tuple[PreparationPart, ...]:
    """The parts that are still open, in the order (ア) to (オ), the verdict last."""
    p = preparation or PreCoordination()
    answered = (
        (PreparationPart.SOURCES, _answers(p.sources)),
        (PreparationPart.NETWORK, _answers(p.network)),
        (PreparationPart.HOOK, _answers(p.hook)),
        (PreparationPart.DIFFICULTY, _answers(p.difficulty)),
        (PreparationPart.EMERGENCY, _answers(p.emergency)),
        (PreparationPart.READINESS, p.readiness is not None and p.readiness.ready),
    )
    return tuple(part for part, there in answered if not there)


def require_prepared(preparation: PreCoordination | None) -> None:
    """Refuse the first approach before the preparation is done.

    Raises:
        PreparationIncomplete: facts `missing`, `allowed`.
    """
    missing = missing_in(preparation)
    if missing:
        raise PreparationIncomplete(
            missing=", ".join(missing), allowed="answer each part, or say why it is not needed"
        )


def _answers(
    part: SourcesAsked | WatchNetwork | Hook | Difficulty | EmergencyOutlook | NotNeeded | None,
) -> bool:
    match part:
        case None:
            return False
        case NotNeeded():
            return bool(part.because.strip())
        case SourcesAsked():
            return any(asked.source.strip() for asked in part.asked)
        case WatchNetwork():
            return any(name.strip() for name in part.agreed_with)
        case Hook():
            return bool(part.reason.strip())
        case Difficulty():
            return bool(part.hard.strip() and part.offered.strip())
        case EmergencyOutlook():
            return bool(part.assessed.strip())
