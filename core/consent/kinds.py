"""Kinds and states of the lines in the consent ledger.

Contact permission, programme use and permission to share are different records (DOMAIN §0).
"""

import enum

from core.errors import CaseworkError


class ConsentType(enum.StrEnum):
    """The seven kinds of DOMAIN §2.4."""

    CHANNEL_LINE = "CHANNEL_LINE"
    SERVICE_USE = "SERVICE_USE"
    INFO_COLLECT = "INFO_COLLECT"
    SHARE_MEETING = "SHARE_MEETING"
    SHARE_AGENCY = "SHARE_AGENCY"
    SHARE_FAMILY = "SHARE_FAMILY"
    ATTEND = "ATTEND"


class ConsentState(enum.StrEnum):
    """The states of DOMAIN §3.5; NONE is the absence of a line."""

    EXPLAINING = "EXPLAINING"
    GIVEN = "GIVEN"
    DECLINED_FOR_NOW = "DECLINED_FOR_NOW"
    WITHDRAWN = "WITHDRAWN"
    REPLACED = "REPLACED"
    EXPIRED = "EXPIRED"


class ChannelConsentMissing(CaseworkError):
    """A letter needs the person's own permission to be written to over LINE."""

    rule = "S3"
