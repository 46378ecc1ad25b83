"""The consent ledger: each line one kind of consent, of one person, with its evidence.

Contact permission, programme use and permission to share are different records (DOMAIN §0).
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from core.errors import CaseworkError
from core.ids import ConsentId, MunicipalityId, PersonId


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """One line of the ledger.

    Attributes:
        scope: what it covers, by the kind's own keys.
        evidence: what proves it; oral evidence names date, place and words.
        text_version: version of the text that was explained.
    """

    id: ConsentId
    municipality_id: MunicipalityId
    person_id: PersonId
    type: ConsentType
    state: ConsentState
    given_at: datetime
    evidence: str
    scope: str = ""
    text_version: str = ""
    withdrawn_at: datetime | None = None
    version: int = 1


class ChannelConsentMissing(CaseworkError):
    """A letter needs the person's own permission to be written to over LINE."""

    rule = "S3"
