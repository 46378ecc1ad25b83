"""Contracts that ended: whose people may not open the record any more (R-080)."""

from collections.abc import Iterable
from datetime import date

from core.agencies import Agency, Provider, Staff
from core.ids import AgencyId


def over_on(agency: Agency, providers: Iterable[Provider], *, on: date) -> date | None:
    """The last day on which a contract gave an organisation something to do, if that day is past.

    Its own contract counts where it is a contractor; else the items of the programme that its
    people run: while one of them runs, or begins later, nothing is over. The municipality works
    without a contract.

    Args:
        providers: of the town; those of others are ignored.
        on: the local day.
    """
    if agency.is_municipality:
        return None
    until = agency.contract_until
    if agency.is_contractor and until is not None and until < on:
        return until
    items = [one.until for one in providers if one.by == agency.id]
    ended = [day for day in items if day is not None and day < on]
    return max(ended) if ended and len(ended) == len(items) else None


def contracts_over(
    agencies: Iterable[Agency], providers: Iterable[Provider], *, on: date
) -> dict[AgencyId, date]:
    """The organisations whose contract is over, each with its last day."""
    items = tuple(providers)
    found = {agency.id: over_on(agency, items, on=on) for agency in agencies}
    return {agency_id: day for agency_id, day in found.items() if day is not None}


def last_day_of(staff: Staff, over: dict[AgencyId, date]) -> date | None:
    """The last day on which this colleague's contract let them work, if that day is past."""
    return None if staff.agency_id is None else over.get(staff.agency_id)
