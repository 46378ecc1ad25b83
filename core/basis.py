"""What law a meeting body, and each item before it, stands on (DOMAIN §0-2, §2.8)."""

import enum


class Basis(enum.StrEnum):
    """The legal kind of a body, and of an agenda item."""

    SHIEN = "SHIEN"
    JUSO = "JUSO"
    CASE = "CASE"
    OTHER = "OTHER"
