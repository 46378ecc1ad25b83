"""The five principles of the work, shown at onboarding and in each review (R-093)."""

import enum
from collections.abc import Collection


class Principle(enum.StrEnum):
    """S0 第2-2; S2; S4 FR Ⅲ-1, in their order."""

    EARLY = "early"
    WHOLE = "whole"
    PERSON_CENTRED = "person_centred"
    CONTINUOUS = "continuous"
    TIES = "ties"


def not_yet_considered(considered: Collection[Principle]) -> tuple[Principle, ...]:
    """The principles that a review has not spoken of yet; a checklist, never a gate."""
    return tuple(one for one in Principle if one not in considered)
