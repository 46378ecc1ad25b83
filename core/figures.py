"""Figures of a month, counted from the records and from nothing else (DOMAIN §6, S0 帳票).

The monthly report comes out of the intake sheets (R-086). The list of its items is not in the
manual; what is counted here is inferred, except that fields touched are counted (S3). A total is
always computed, never copied. Meetings stand as plain numbers beside the rest: how often people
met says nothing about how well they help, so nothing is ordered or compared by it (R-053).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from core.assessments import IntakeAssessment, IntakeRoute, IntakeWay, Issue, Screening
from core.basis import Basis
from core.errors import CaseworkError
from core.fields import Field
from core.ids import AreaId

# What a sheet is counted by; a town's own form has to hold the same items (R-085) [I].
REPORTED: Final = (
    "assessed_on",
    "route",
    "way",
    "consent_state",
    "members.issues",
    "fields",
    "screening",
)
K = TypeVar("K")
FEW: Final = 4
MASK: Final = "<5"


class ReportedItemMissing(CaseworkError):
    """A form of the town's own replaces the sheet only where it holds every reported item.

    Facts: `missing` (names of items, comma-separated), `allowed`.
    """

    rule = "R-085"


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """An intake sheet with the area that its case belongs to; None where nobody knows yet."""

    sheet: IntakeAssessment
    area_id: AreaId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """One sitting under one law, on a local day."""

    basis: Basis
    on: date
    area_id: AreaId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeFigures:
    """What the sheets of one month in one area say.

    Attributes:
        new: sheets; `with_consent` of them with an application in force on the day.
        fields: how many sheets touched how many fields.
        sittings: by law; sittings, not cases.
    """

    new: int = 0
    with_consent: int = 0
    by_route: Mapping[IntakeRoute, int] = field(default_factory=dict)
    by_way: Mapping[IntakeWay, int] = field(default_factory=dict)
    by_issue: Mapping[Issue, int] = field(default_factory=dict)
    by_field: Mapping[Field, int] = field(default_factory=dict)
    by_screening: Mapping[Screening, int] = field(default_factory=dict)
    fields: Mapping[int, int] = field(default_factory=dict)
    sittings: Mapping[Basis, int] = field(default_factory=dict)


def require_reported_items(items: Iterable[str]) -> None:
    """Refuse a form that lacks what the monthly report is counted from (R-085).

    Args:
        items: the items that the town's own form holds, by the names of `REPORTED`.

    Raises:
        ReportedItemMissing: which ones.
    """
    held = set(items)
    missing = [item for item in REPORTED if item not in held]
    if missing:
        raise ReportedItemMissing(missing=",".join(missing), allowed="INTAKE_ASSESSMENT")


def figures_of(
    intakes: Iterable[Intake],
    *,
    month: date,
    areas: Iterable[AreaId],
    sittings: Iterable[Sitting] = (),
) -> dict[AreaId | None, IntakeFigures]:
    """The month's figures by area, in the order in which the areas are given (R-086).

    Args:
        month: any day of it.
        areas: every area of the town; one without a sheet is there with noughts. Sheets of no
            known area stand under None, last, if there are any.
    """
    sheets = [one for one in intakes if _same_month(one.sheet.assessed_on, month)]
    held = [one for one in sittings if _same_month(one.on, month)]
    order: list[AreaId | None] = [*areas]
    known = {*(one.area_id for one in sheets), *(one.area_id for one in held)}
    if None in known:
        order.append(None)
    return {
        area: _figures(
            [one.sheet for one in sheets if one.area_id == area],
            [one for one in held if one.area_id == area],
        )
        for area in order
    }


def total_of(parts: Iterable[IntakeFigures]) -> IntakeFigures:
    """The sum over areas, computed from them."""
    listed = tuple(parts)
    return IntakeFigures(
        new=sum(one.new for one in listed),
        with_consent=sum(one.with_consent for one in listed),
        by_route=_sum(one.by_route for one in listed),
        by_way=_sum(one.by_way for one in listed),
        by_issue=_sum(one.by_issue for one in listed),
        by_field=_sum(one.by_field for one in listed),
        by_screening=_sum(one.by_screening for one in listed),
        fields=_sum(one.fields for one in listed),
        sittings=_sum(one.sittings for one in listed),
    )


def masked(count: int) -> str:
    """A count for the public: one to four people could be recognised [D]."""
    return MASK if 1 <= count <= FEW else str(count)


def _figures(sheets: list[IntakeAssessment], sittings: list[Sitting]) -> IntakeFigures:
    return IntakeFigures(
        new=len(sheets),
        with_consent=sum(bool(sheet.consent_state.strip()) for sheet in sheets),
        by_route=dict(Counter(sheet.route for sheet in sheets if sheet.route is not None)),
        by_way=dict(Counter(sheet.way for sheet in sheets if sheet.way is not None)),
        by_issue=dict(Counter(issue for sheet in sheets for issue in _issues(sheet))),
        by_field=dict(Counter(one for sheet in sheets for one in sheet.fields)),
        by_screening=dict(Counter(one.screening for one in sheets if one.screening is not None)),
        fields=dict(Counter(len(sheet.fields) for sheet in sheets)),
        sittings=dict(Counter(sitting.basis for sitting in sittings)),
    )


def _issues(sheet: IntakeAssessment) -> frozenset[Issue]:
    """An issue that two members share is one of the household's in the count."""
    return frozenset(issue for member in sheet.members for issue in member.issues)


def _same_month(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _sum(counts: Iterable[Mapping[K, int]]) -> dict[K, int]:
    added: Counter[K] = Counter()
    for one in counts:
        added.update(one)
    return dict(added)
