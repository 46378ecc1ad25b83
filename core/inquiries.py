"""Requests for information about a household, between agencies (S0 第3-1(2)②ウ, (3))."""

import enum
from dataclasses import dataclass
from datetime import datetime

from core.errors import CaseworkError
from core.ids import AgencyId, CaseId, PersonId, StaffId


class InquiryGround(enum.StrEnum):
    """On what ground household information is asked for (R-006)."""

    CONSENT = "CONSENT"
    SHIEN_ITEM = "SHIEN_ITEM"
    LEGAL_EXCEPTION = "LEGAL_EXCEPTION"


class CaseNotAccepted(CaseworkError):
    """The duty to inform holds only for cases that multi-agency supports (R-007).

    Facts: `allowed`.
    """

    rule = "R-007"


class InquiryWithoutGround(CaseworkError):
    """Without consent only as an item of the 支援会議, or with a legal exception (R-006).

    Facts: `allowed` (grounds).
    """

    rule = "R-006"


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry:
    """One request for information about one member of a household.

    Attributes:
        warns: it rests on no consent of the member; the sender is told so (R-006).
        reason: of the legal exception, staff text.
    """

    case_id: CaseId
    member_id: PersonId
    to_agency_id: AgencyId
    topics: tuple[str, ...]
    by: StaffId
    at: datetime
    ground: InquiryGround
    reason: str = ""
    warns: bool = False


def ask_about_member(
    member_id: PersonId,
    *,
    case_id: CaseId,
    accepted: bool,
    consented: bool,
    to_agency_id: AgencyId,
    topics: tuple[str, ...],
    by: StaffId,
    at: datetime,
    shien_item: bool = False,
    legal_exception: str = "",
) -> Inquiry:
    """A request for information, on the best ground there is (R-006, R-007).

    Args:
        accepted: multi-agency accepted the case and supports it.
        consented: INFO_COLLECT of this member covers agency and topics.
        shien_item: it is put as an item of the 支援会議.
        legal_exception: which exception of the law allows it, and why.

    Raises:
        CaseNotAccepted: multi-agency does not support the case.
        InquiryWithoutGround: neither consent nor one of the two other grounds.
    """
    if not accepted:
        raise CaseNotAccepted(allowed="ACCEPT_FIRST")
    if consented:
        ground = InquiryGround.CONSENT
    elif shien_item:
        ground = InquiryGround.SHIEN_ITEM
    elif legal_exception.strip():
        ground = InquiryGround.LEGAL_EXCEPTION
    else:
        raise InquiryWithoutGround(allowed=",".join(InquiryGround))
    return Inquiry(
        case_id=case_id,
        member_id=member_id,
        to_agency_id=to_agency_id,
        topics=topics,
        by=by,
        at=at,
        ground=ground,
        reason=legal_exception if ground is InquiryGround.LEGAL_EXCEPTION else "",
        warns=ground is not InquiryGround.CONSENT,
    )
