"""担当している案件の数: by office, in the order of names, never by number (R-084)."""

from collections.abc import Iterator
from dataclasses import dataclass

from bots.web.desk.deed import Means
from bots.web.desk.views import TownView
from core.agencies import Staff
from core.caseload import Caseload
from core.ids import AgencyId, StaffId
from core.usecases.staff.weigh_load import weigh_load


@dataclass(frozen=True, kw_only=True, slots=True)
class ColleagueLoad:
    """How many open cases a colleague works on; `much`: above the town's own measure."""

    name: str
    cases: int
    much: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeLoad:
    """An office with its colleagues.

    Attributes:
        cases: open cases that somebody of it works on, each once; None for those of no office.
        alone: it works on every open case, and no other office does.
    """

    name: str
    cases: int | None
    alone: bool
    colleagues: tuple[ColleagueLoad, ...]


def load_rows(load: Caseload | None, view: TownView) -> tuple[OfficeLoad, ...]:
    """The offices by name, then whoever belongs to none."""
    if load is None:
        return ()
    return tuple(_offices(load, view))


async def much_carried(means: Means, staff_id: StaffId) -> str:
    """A sentence beside the one that a case was given, where the colleague carries much."""
    most = None if means.profile is None else means.profile.most_cases
    carried = None if most is None else await weigh_load(means.uow, staff_id=staff_id, most=most)
    if carried is None:
        return ""
    name = means.view.story.names.get(staff_id, "")
    return (
        f"{name}さんは、いま{carried}件を担当しています(町のめやす{most}件)。"
        "分かち合えるところがないか、話してみてください。"
    )


def _offices(load: Caseload, view: TownView) -> Iterator[OfficeLoad]:
    staff = sorted(view.story.staff.values(), key=lambda one: (one.name, one.code))
    carrying = [one for one in staff if one.id in load.by_staff]
    named = {agency_id: view.story.agencies[agency_id].name for agency_id in load.by_agency}
    for agency_id, name in sorted(named.items(), key=lambda pair: (pair[1], pair[0])):
        yield OfficeLoad(
            name=name,
            cases=load.by_agency[agency_id],
            alone=agency_id == load.sole_agency,
            colleagues=_colleagues(load, carrying, agency_id),
        )
    others = _colleagues(load, carrying, None)
    if others:
        yield OfficeLoad(name="機関の登録がない職員", cases=None, alone=False, colleagues=others)


def _colleagues(
    load: Caseload, staff: list[Staff], agency_id: AgencyId | None
) -> tuple[ColleagueLoad, ...]:
    return tuple(
        ColleagueLoad(name=f"{one.name}さん", cases=load.by_staff[one.id], much=one.id in load.over)
        for one in staff
        if one.agency_id == agency_id
    )
