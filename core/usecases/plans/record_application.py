"""Record a 相談受付・申込票 (相談受付・申込票を記録)."""

from dataclasses import replace
from datetime import datetime

from core.access import Action
from core.applications import FormVersion, IntakeApplicationForm
from core.audit import AuditEvent
from core.ids import ApplicationId, CaseId, StaffId
from core.plan_steps import take_in_hand, tell
from core.ports import UnitOfWork
from core.steps import note_fact


async def record_application(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    form: IntakeApplicationForm,
    by: StaffId,
    at: datetime,
) -> IntakeApplicationForm:
    """Keep a form. Nothing about age, attribute or topic has to be known (R-001).

    What the person agrees to is recorded in the ledger, by a use case of its own; a signed form
    is evidence for it.

    Args:
        form: as filled in; id, case, receiver and time of recording are settled here. Signature
            and agreement count on the version WITH_CONSENT alone.

    Raises:
        NotFound, NotActive, NotYours.
    """
    async with uow.write() as work:
        hand = await take_in_hand(work, case_id, by=by, action=Action.WRITE_INTAKE)
        main = frozenset() if form.main_topic is None else frozenset({form.main_topic})
        agreed = form.version is FormVersion.WITH_CONSENT
        kept = replace(
            form,
            id=ApplicationId(work.new_id()),
            case_id=case_id,
            person_id=form.person_id or hand.case.person_id,
            receiver_id=by,
            recorded_at=at,
            topics=form.topics | main,
            agrees_to_sharing=form.agrees_to_sharing and agreed,
            signed_on=form.signed_on if agreed else None,
        )
        await work.applications.put(kept)
        await work.audit.append(
            AuditEvent(
                action="application.recorded",
                at=at,
                actor=by,
                role=hand.role.value,
                subject=kept.id,
                case_id=case_id,
                now=kept.version.value,
                evidence=tuple(f"programme={one.value}" for one in sorted(kept.programmes)),
            )
        )
        await note_fact(work, case_id, at=at)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
