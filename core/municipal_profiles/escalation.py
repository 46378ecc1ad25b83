"""What calls for a meeting here, and who is told (R-090)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.agencies import Agency, Role, Staff
from core.basis import Basis
from core.fields import Field
from core.ids import PersonId
from core.municipal_profiles.bodies import next_meetings
from core.municipal_profiles.cadence import Offer
from core.municipal_profiles.profile import Director, MunicipalProfile


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """A proposal to bring the case to a body; nobody has to follow it.

    Attributes:
        body: the town's own name of it.
        fields: the fields that led here.
        criterion: in the town's own words.
    """

    body: str
    basis: Basis
    fields: tuple[Field, ...]
    criterion: str
    when: tuple[Offer, ...]
    rule: str = "R-090"


def prompt(
    profile: MunicipalProfile,
    issues: Mapping[PersonId, frozenset[Field]],
    *,
    on: date,
    closed_days: frozenset[date] = frozenset(),
) -> Prompt | None:
    """Propose the town's meeting when the household's issues lie in enough fields.

    Counted over the whole household (DOMAIN §12-8), each field once.

    Args:
        issues: the fields touched, by member of the household.
    """
    criteria = profile.escalation
    body = next((one for one in profile.bodies if one.code == criteria.body), None)
    if criteria.least_fields is None or body is None:
        return None
    touched = frozenset().union(*issues.values())
    counted = touched & frozenset(criteria.fields) if criteria.fields else touched
    if len(counted) < criteria.least_fields:
        return None
    return Prompt(
        body=body.name,
        basis=body.basis,
        fields=tuple(field for field in Field if field in counted),
        criterion=criteria.told_as,
        when=next_meetings(body, after=on, closed_days=closed_days, count=1),
    )


def directed_by(staff: Staff, agency: Agency | None, fields: frozenset[Field]) -> frozenset[Field]:
    """Of these fields, those in which a colleague composes the support.

    Whoever coordinates at an organisation that helps in a field directs it [D].
    """
    if agency is None or not staff.active or Role.COORDINATOR not in staff.roles:
        return frozenset()
    return agency.fields & fields


def directors_for(profile: MunicipalProfile, fields: frozenset[Field]) -> tuple[Director, ...]:
    """Whose field is touched, in the town's own order."""
    return tuple(director for director in profile.directors if director.field in fields)
