"""What a meeting sets going: requests for information, and gaps passed on (R-042, R-051)."""

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.basis import Basis
from core.errors import CaseworkError
from core.ids import AgencyId, GapId, StaffId
from core.meetings.ids import BodyId, ItemId, RequestId
from core.meetings.items import AgendaItem


class RequestedHelp(enum.StrEnum):
    """What a 支援会議 may ask of its members (S0 第4-4(1)④)."""

    DOCUMENT = "DOCUMENT"
    INFORMATION = "INFORMATION"
    OPINION = "OPINION"
    OTHER_HELP = "OTHER_HELP"


class RequestState(enum.StrEnum):
    """Where a request stands; declining is open and needs a reason."""

    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    DECLINED = "DECLINED"


class RequestNeedsShien(CaseworkError):
    """Only a 支援会議 may ask for papers and information, and only its own members.

    Facts: `basis`, `allowed`.
    """

    rule = "R-042"


class RequestSettled(CaseworkError):
    """The request has its answer already, or declines without a reason.

    Facts: `lacks` (open, reason), `allowed`.
    """

    rule = "R-042"


class TaxFactInAnswer(CaseworkError):
    """A request does not open what tax law closes. Facts: `allowed`."""

    rule = "R-043"


class GapNotForwarded(CaseworkError):
    """A lack of resources found in a meeting is passed on to a body that can work on it.

    Facts: `allowed`.
    """

    rule = "R-051"


@dataclass(frozen=True, kw_only=True, slots=True)
class InformationRequest:
    """A request to one member agency, on record (R-042).

    Attributes:
        question: staff text; sealed where stored.
        due_on: local day.
        settled_at: when it was answered or declined.
        note: why it was declined; staff text.
    """

    id: RequestId
    item_id: ItemId
    to_agency: AgencyId
    kind: RequestedHelp
    question: str
    asked_by: StaffId
    asked_at: datetime
    due_on: date
    state: RequestState = RequestState.ASKED
    settled_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundGap:
    """A lack of resources found in an item, and where it was passed on (R-051).

    What is lacking stands in `core.resources.ResourceGap`, which names nobody.

    Attributes:
        forwarded_to, forum: a body of ours, or another place of talk by its name.
    """

    gap_id: GapId
    item_id: ItemId
    found_at: datetime
    forwarded_to: BodyId | None = None
    forum: str = ""
    forwarded_at: datetime | None = None


def require_askable(
    item: AgendaItem, *, to_agency: AgencyId, member_agencies: frozenset[AgencyId]
) -> None:
    """Refuse to ask outside a 支援会議 item, or somebody who is not a member (R-042).

    Raises:
        RequestNeedsShien: facts `basis`, `allowed`.
    """
    basis = item.ground.basis if item.ground else None
    if basis is not Basis.SHIEN:
        raise RequestNeedsShien(basis=basis.value if basis else "", allowed="info_collect,SHIEN")
    if to_agency not in member_agencies:
        raise RequestNeedsShien(basis=basis.value, allowed="temporary_member,other_agency")


def answered(
    request: InformationRequest, *, at: datetime, tax_derived: bool, tax_agreed: bool
) -> InformationRequest:
    """Record an answer.

    Args:
        tax_agreed: everybody concerned agreed to taxation being told here
            (`materials.tax_may_be_told`).

    Raises:
        RequestSettled: it is settled already.
        TaxFactInAnswer: it brings facts from taxation without consent (R-043).
    """
    _require_open(request)
    if tax_derived and not tax_agreed:
        raise TaxFactInAnswer(allowed="leave_out_tax_facts,share_with_tax_topic")
    return replace(request, state=RequestState.ANSWERED, settled_at=at)


def declined(request: InformationRequest, *, at: datetime, note: str) -> InformationRequest:
    """Record that the agency did not answer, and why.

    Raises:
        RequestSettled: it is settled already, or there is no reason.
    """
    _require_open(request)
    if not note.strip():
        raise RequestSettled(lacks="reason", allowed="give_reason")
    return replace(request, state=RequestState.DECLINED, settled_at=at, note=note)


def forwarded(
    gap: FoundGap, *, at: datetime, to: BodyId | None = None, forum: str = ""
) -> FoundGap:
    """Pass a gap on to a body of ours or another forum, where there is time for it.

    Raises:
        GapNotForwarded: neither is named.
    """
    if to is None and not forum.strip():
        raise GapNotForwarded(allowed="name_body,name_forum")
    return replace(gap, forwarded_to=to, forum=forum, forwarded_at=at)


def require_forwarded(gaps: tuple[FoundGap, ...]) -> None:
    """Refuse while a gap lies where it was found (R-051).

    Raises:
        GapNotForwarded.
    """
    if any(gap.forwarded_at is None for gap in gaps):
        raise GapNotForwarded(allowed="name_body,name_forum")


def _require_open(request: InformationRequest) -> None:
    if request.state is not RequestState.ASKED:
        raise RequestSettled(lacks="open", allowed="new_request")
