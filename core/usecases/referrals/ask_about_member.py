"""Ask an organisation about a member of the household (R-006, R-007)."""

from datetime import date, datetime, tzinfo
from typing import Final

from core import inquiries
from core.basis import Basis
from core.connection_steps import connection_event, known_agency, of_household, on_case
from core.consent.covers import CollectAbout, covers
from core.courses.multi_agency import MultiAgencyState
from core.days import local_day
from core.ids import AgencyId, CaseId, PersonId, StaffId
from core.inquiries import Inquiry
from core.ports import UnitOfWork, Work
from core.referrals.machine import WORKERS
from core.steps import refresh_desks, watchers

# Taken on, and supported from now on; the duty to inform holds for these (S0 第3-1(3)).
_SUPPORTED: Final = frozenset(
    {
        MultiAgencyState.ASSESSING,
        MultiAgencyState.PLAN,
        MultiAgencyState.COORDINATING,
        MultiAgencyState.REOPENED,
    }
)


async def ask_about_member(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    member_id: PersonId,
    to_agency_id: AgencyId,
    topics: tuple[str, ...],
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    legal_exception: str = "",
) -> Inquiry:
    """A request on the best ground there is: consent, an item of the 支援会議, or the law.

    Args:
        topics: as consent to collecting names them.
        legal_exception: which exception of the law allows it, and why; used where neither
            consent nor an item is there.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. NotOfThisHousehold.
        CaseNotAccepted, InquiryWithoutGround.
    """
    async with uow.write() as work:
        hand = await on_case(work, case_id, by=by, allowed=WORKERS)
        await of_household(work, hand.case, member_id)
        source = await known_agency(work, to_agency_id)
        course = await work.courses.multi_agency(case_id)
        inquiry = inquiries.ask_about_member(
            member_id,
            case_id=case_id,
            accepted=course is not None and course.state in _SUPPORTED,
            consented=await _consented(work, member_id, topics, source, today=local_day(at, tz=tz)),
            to_agency_id=source,
            topics=topics,
            by=by,
            at=at,
            shien_item=await _has_shien_item(work, case_id, member_id),
            legal_exception=legal_exception.strip(),
        )
        await work.disclosures.add_inquiry(inquiry)
        await work.audit.append(
            connection_event(
                "inquiry.made",
                subject=member_id,
                by=by,
                role=hand.role,
                at=at,
                case_id=case_id,
                evidence=(f"ground={inquiry.ground.value}", f"to={source}"),
            )
        )
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return inquiry


async def _has_shien_item(work: Work, case_id: CaseId, member_id: PersonId) -> bool:
    return any(
        item.case_id == case_id
        and member_id in item.subjects
        and item.ground is not None
        and item.ground.basis is Basis.SHIEN
        for meeting in await work.meetings.of_case(case_id)
        for item in meeting.live
    )


async def _consented(
    work: Work, member_id: PersonId, topics: tuple[str, ...], source: AgencyId, *, today: date
) -> bool:
    """Whether the member's own consent covers each of the topics."""
    ledger = await work.consents.of_person(member_id)
    needs = [CollectAbout(member=member_id, topic=topic, source=source) for topic in topics]
    return bool(needs) and all(
        covers(ledger, need, subject=member_id, today=today) for need in needs
    )
