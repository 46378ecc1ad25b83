"""The five principles of the work, shown at onboarding and in each review (R-093)."""

import enum


class Principle(enum.StrEnum):
    """S0 第2-2; S2; S4 FR Ⅲ-1, in their order."""

    EARLY = "early"
    WHOLE = "whole"
    PERSON_CENTRED = "person_centred"
    CONTINUOUS = "continuous"
    TIES = "ties"
