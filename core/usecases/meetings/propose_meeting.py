"""See whether the town's own criterion calls for a meeting on a case, and who is told (R-090)."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from core.days import local_day
from core.fields import Field
from core.ids import CaseId, PersonId, StaffId
from core.meeting_steps import role_here
from core.municipal_profiles.escalation import Prompt, directors_for, prompt
from core.municipal_profiles.profile import Director, MunicipalProfile
from core.ports import UnitOfWork
from core.transitions import ANY_STAFF


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What the town's own rules make of the fields touched; nobody has to follow it.

    Attributes:
        prompt: the body that is proposed; None while the criterion is not met.
        directors: whose fields are touched, in the town's own order.
    """

    fields: frozenset[Field]
    prompt: Prompt | None
    directors: tuple[Director, ...]


async def propose_meeting(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    profile: MunicipalProfile,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
) -> Proposal:
    """The fields of the newest assessment, over the whole household, held against the profile.

    Raises:
        RoleNeeded. NotFound: no such case.
    """
    async with uow.read() as work:
        case = await work.cases.get(case_id)
        await role_here(work, (), by=by, allowed=ANY_STAFF)
        sheets = await work.assessments.of_case(case_id)
        fields = sheets[0].fields if sheets else frozenset()
        issues: dict[PersonId, frozenset[Field]] = {case.person_id: fields}
        return Proposal(
            fields=fields,
            prompt=prompt(profile, issues, on=local_day(at, tz=tz), closed_days=closed_days),
            directors=directors_for(profile, fields),
        )
