"""Write an インテーク・アセスメントシート (アセスメントを書く)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.access import Action
from core.agencies import Role, Seat
from core.assessments import (
    IntakeAssessment,
    TaxHolderMissing,
    require_coordinated,
    tax_holder,
    to_notify,
)
from core.audit import AuditEvent
from core.cases import Case
from core.consent.covers import summary_of
from core.days import local_day
from core.ids import AgencyId, AssessmentId, CaseId, StaffId
from core.municipal_profiles.duties import require_joint
from core.municipal_profiles.escalation import directed_by, directors_for
from core.municipal_profiles.profile import MunicipalProfile
from core.outbox import CardKind
from core.plan_steps import Hand, take_in_hand, tell
from core.plans.submitting import STAFF_OF
from core.ports import UnitOfWork, Work
from core.programmes import Programme
from core.steps import note_fact, refresh_desks


async def write_assessment(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    sheet: IntakeAssessment,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    profile: MunicipalProfile | None = None,
) -> IntakeAssessment:
    """Keep a sheet; a later view of the same case is a sheet of its own.

    Where the sheet asks for outreach or participation early, the staff of these providers find
    the case on their desk at once (R-012). Where the town has directors of fields, those whose
    field is touched are told.

    Args:
        sheet: as filled in; id, case and state of the consents are settled here, and whoever
            writes is an author beside the co-authors that it names.
        profile: the town's own; it may ask for authors of two agencies (DOMAIN §5).

    Raises:
        NotFound, NotActive, NotYours. OneAgencyOnly.
        CoordinationNoteMissing: R-005. EarlyLinkUnanswered: R-012. TaxHolderMissing: R-043.
    """
    async with uow.write() as work:
        hand = await take_in_hand(work, case_id, by=by, action=Action.WRITE_INTAKE)
        authors = [await work.staff.get(author) for author in (by, *sheet.authors)]
        if profile is not None:
            require_joint(profile, [one.agency_id for one in authors if one.agency_id])
        kept = replace(
            sheet,
            id=AssessmentId(work.new_id()),
            case_id=case_id,
            authors=(by, *(author for author in sheet.authors if author != by)),
            consent_state=await _consents(work, hand.case, today=local_day(at, tz=tz)),
        )
        require_coordinated(kept)
        await _require_holder(work, hand, tax_holder(kept))
        asked = frozenset(STAFF_OF[programme] for programme in to_notify(kept))
        await work.assessments.put(kept)
        told = await _directors(work, kept, profile=profile)
        await work.cards.touch(CardKind.FIELD, case_id, told, at=at, case_id=case_id)
        await work.audit.append(*_events(kept, hand, told=told, at=at))
        await note_fact(work, case_id, at=at)
        await tell(work, hand, at=at)
        await refresh_desks(work, await _providers(work, asked), at=at)
        await work.commit()
        return kept


async def _consents(work: Work, case: Case, *, today: date) -> str:
    """How far the person has agreed to support and sharing, in one word."""
    courses = {
        Programme.OUTREACH: await work.courses.outreach(case),
        Programme.PARTICIPATION: await work.courses.participation(case.id),
        Programme.MULTI_AGENCY: await work.courses.multi_agency(case.id),
    }
    return summary_of(
        await work.consents.of_person(case.person_id),
        subject=case.person_id,
        today=today,
        programmes=frozenset(one for one, course in courses.items() if course is not None),
    ).value


async def _require_holder(work: Work, hand: Hand, holder_id: StaffId | None) -> None:
    """Refuse tax facts of which no municipal officer in service is the holder (R-043).

    Whoever else wrote them down could never open them again, and nobody could for them.
    """
    if holder_id is None:
        return
    holder = await work.staff.get(holder_id)
    seat = Seat(case_id=hand.case.id, staff_id=holder_id, role=Role.MUNICIPAL_OFFICER)
    officer = Role.MUNICIPAL_OFFICER in holder.roles or seat in hand.seats
    if not (holder.active and officer):
        raise TaxHolderMissing(allowed="name_municipal_officer")


def _events(
    kept: IntakeAssessment, hand: Hand, *, told: tuple[StaffId, ...], at: datetime
) -> Iterator[AuditEvent]:
    """What was written, and for each provider that is asked in early, that it is."""
    written = AuditEvent(
        action="assessment.written",
        at=at,
        actor=hand.by,
        role=hand.role.value,
        subject=kept.id,
        case_id=kept.case_id,
        now="" if kept.screening is None else kept.screening.value,
        evidence=(*(f"author={one}" for one in kept.authors), *(f"told={one}" for one in told)),
    )
    yield written
    for programme in sorted(to_notify(kept)):
        yield replace(
            written,
            action="assessment.early_link",
            now=programme.value,
            evidence=(f"assessment={kept.id}",),
        )


async def _directors(
    work: Work, kept: IntakeAssessment, *, profile: MunicipalProfile | None
) -> tuple[StaffId, ...]:
    """The directors of the fields that are touched, save those who wrote the sheet."""
    if profile is None:
        return ()
    fields = frozenset(one.field for one in directors_for(profile, kept.fields))
    agencies = {agency.id: agency for agency in await work.towns.agencies()}
    directing = (
        one.id
        for one in (await work.staff.active() if fields else ())
        if one.id not in kept.authors
        and directed_by(one, agencies.get(one.agency_id or AgencyId("")), fields)
    )
    return tuple(
        [one for one in directing if kept.case_id not in await work.care_marks.closed_to(one)]
    )


async def _providers(work: Work, roles: frozenset[Role]) -> tuple[StaffId, ...]:
    return tuple(one.id for one in await work.staff.active() if one.roles & roles)
