"""把握: how we learnt that somebody may need reaching (DOMAIN §2.3, O1)."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import CaseworkError
from core.ids import AgencyId


class DiscoveryRoute(enum.StrEnum):
    """By whom; SELF and FAMILY beside the four of O1, so that no query is turned away (R-001)."""

    AGENCY = "AGENCY"
    RESIDENT = "RESIDENT"
    NETWORK = "NETWORK"
    HOTLINE = "HOTLINE"
    FAMILY = "FAMILY"
    SELF = "SELF"


_NAMED: Final = frozenset({DiscoveryRoute.AGENCY, DiscoveryRoute.RESIDENT, DiscoveryRoute.FAMILY})


class SourceUnrecorded(CaseworkError):
    """A case begins with where the word came from (O1, R-027).

    Unnamed to the person is possible; unknown to us is not. Facts: `allowed`.
    """

    rule = "R-027"


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """Where the word came from. `informant` is sealed where it is stored.

    Attributes:
        informant: who told us, in staff words; for an agency its id stands in `agency_id`.
        anonymity_requested: the person is never told who it was [D].
    """

    on: date
    route: DiscoveryRoute
    agency_id: AgencyId | None = None
    informant: str = ""
    anonymity_requested: bool = False


def require_source(discovery: Discovery) -> None:
    """Refuse a discovery that does not say where it comes from.

    Raises:
        SourceUnrecorded.
    """
    if discovery.route is DiscoveryRoute.AGENCY:
        known = discovery.agency_id is not None
    else:
        known = discovery.route not in _NAMED or bool(discovery.informant.strip())
    if not known:
        raise SourceUnrecorded(allowed="name the source; it may stay unnamed to the person")


def informant_for_person(discovery: Discovery) -> str:
    """What the person may be told of the informant; "" where they asked to stay unnamed."""
    if discovery.anonymity_requested:
        return ""
    return discovery.agency_id or discovery.informant
