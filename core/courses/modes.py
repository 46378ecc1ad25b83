"""Support after consent: the outreach worker alone, or together with multi-agency (O8)."""

import enum
from typing import Final

from core.errors import CaseworkError


class SupportMode(enum.StrEnum):
    """S0 第3-4(4)② ア and イ."""

    SOLO = "SOLO"
    WITH_MULTI_AGENCY = "WITH_MULTI_AGENCY"


class ModeReason(enum.StrEnum):
    """Why this mode fits the person."""

    GOES_ON_ALONE = "GOES_ON_ALONE"
    ACCEPTS_ONLY_THIS_WORKER = "ACCEPTS_ONLY_THIS_WORKER"
    ANXIOUS_ABOUT_OTHERS = "ANXIOUS_ABOUT_OTHERS"
    PARTICIPATION_NEEDED = "PARTICIPATION_NEEDED"
    JOINT_ACCOMPANIMENT = "JOINT_ACCOMPANIMENT"


REASONS: Final = {
    SupportMode.SOLO: frozenset({ModeReason.GOES_ON_ALONE, ModeReason.ACCEPTS_ONLY_THIS_WORKER}),
    SupportMode.WITH_MULTI_AGENCY: frozenset(
        {
            ModeReason.ANXIOUS_ABOUT_OTHERS,
            ModeReason.PARTICIPATION_NEEDED,
            ModeReason.JOINT_ACCOMPANIMENT,
        }
    ),
}


class ModeUnfit(CaseworkError):
    """This reason speaks for the other mode, or the person has not applied for it (O8).

    Facts: `allowed`.
    """

    rule = "O8"


def require_reason_for(mode: SupportMode, *, reason: ModeReason) -> None:
    """Refuse a mode for a reason that speaks for the other.

    Raises:
        ModeUnfit: facts `allowed`.
    """
    if reason not in REASONS[mode]:
        raise ModeUnfit(allowed=", ".join(sorted(REASONS[mode])))
