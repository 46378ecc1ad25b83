"""月次報告: the figures of a month, by area and, where it matters, by programme (DOMAIN §6.2).

The manual names no list of items; this one is inferred, and what the intake sheet reports is
counted from the intake sheets (R-086). Two kinds of numbers stand side by side: what happened in
a time (flows: the month, and the fiscal year up to its end), and how things stand at the end of
the month (stocks: the same in both columns). For each area and for the town

    continuing = continuing the month before + newly planned + reopened - closed - interrupted

A total is computed, never added up: one sitting on two areas is one sitting. Nothing here is a
measure of success, and nothing is ranked (R-053).
"""

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.days import fiscal_year
from core.ids import AreaId
from core.programmes import Programme

APRIL: Final = 4


class Topic(enum.StrEnum):
    """The chapters of the report, in its order."""

    MOVEMENT = "MOVEMENT"
    CLOSED_WHY = "CLOSED_WHY"
    INTAKE = "INTAKE"
    ROUTE = "ROUTE"
    WAY = "WAY"
    SEX = "SEX"
    AGE = "AGE"
    HOUSEHOLD = "HOUSEHOLD"
    ISSUE = "ISSUE"
    FIELD = "FIELD"
    FIELDS = "FIELDS"
    SCREENING = "SCREENING"
    REFERRAL = "REFERRAL"
    PLAN = "PLAN"
    DECISION = "DECISION"
    STAGE = "STAGE"
    PARTICIPATION = "PARTICIPATION"
    MEETING = "MEETING"
    TIMING = "TIMING"
    CONTACT = "CONTACT"
    MET = "MET"
    LETTER = "LETTER"
    INDICATOR = "INDICATOR"


class Movement(enum.StrEnum):
    """How the number of cases changes; CONTINUING is how many there are at the end."""

    NEW = "NEW"
    PLANNED = "PLANNED"
    REOPENED = "REOPENED"
    CLOSED = "CLOSED"
    INTERRUPTED = "INTERRUPTED"
    CONTINUING = "CONTINUING"


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """What a line counts: a chapter, a code within it, and the programme if it is about one."""

    topic: Topic
    key: str
    programme: Programme | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """One thing that happened, on a day, in an area.

    Attributes:
        once: things with the same text are one thing in the town's total.
    """

    name: Name
    on: date
    area_id: AreaId | None = None
    once: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stock:
    """How many there are in an area at the end of the month."""

    name: Name
    area_id: AreaId | None
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureLine:
    """One line of the report: the month, and the fiscal year up to its end."""

    topic: Topic
    key: str
    programme: Programme | None
    month: int
    year: int

    @property
    def name(self) -> Name:
        """What it counts."""
        return Name(topic=self.topic, key=self.key, programme=self.programme)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaMonth:
    """The lines of an area; None for what belongs to no known area. Lines of nothing are left
    out."""

    area_id: AreaId | None
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthFigures:
    """A month's report.

    Attributes:
        month: its first day.
        areas: by id, so that the same records give the same report.
        total: of the whole town.
    """

    month: date
    areas: tuple[AreaMonth, ...]
    total: tuple[FigureLine, ...]

    def count(
        self,
        topic: Topic,
        key: str,
        *,
        programme: Programme | None = None,
        area_id: AreaId | None = None,
        in_total: bool = False,
    ) -> int:
        """One figure of the month; 0 where there is no such line."""
        lines = self.total if in_total else self.lines_of(area_id)
        wanted = Name(topic=topic, key=key, programme=programme)
        return next((line.month for line in lines if line.name == wanted), 0)

    def lines_of(self, area_id: AreaId | None) -> tuple[FigureLine, ...]:
        """The lines of an area."""
        return next((one.lines for one in self.areas if one.area_id == area_id), ())


def first_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of its month."""
    return first_of(first_of(month) + timedelta(days=31)) - timedelta(days=1)


def year_begins(month: date) -> date:
    """The first day of the fiscal year of this month."""
    return date(fiscal_year(month), APRIL, 1)


def last_finished(today: date) -> date:
    """The first day of the last month that is over on this local day."""
    return first_of(first_of(today) - timedelta(days=1))


def months_before(month: date, count: int) -> date:
    """The first day of the month so many months earlier."""
    for _ in range(count):
        month = last_finished(month)
    return first_of(month)


def months_between(first: date, last: date) -> Iterator[date]:
    """The first days of these months, both within."""
    month = first_of(first)
    while month <= last:
        yield month
        month = last_of(month) + timedelta(days=1)


def build_month(month: date, *, flows: Iterable[Flow], stocks: Iterable[Stock]) -> MonthFigures:
    """The report of a month.

    Args:
        month: any day of it.
        flows: of the fiscal year up to the month's end; others are left out.
        stocks: at the month's end.
    """
    begins, ends, year = first_of(month), last_of(month), year_begins(month)
    flows = [flow for flow in flows if year <= flow.on <= ends]
    stocks = list(stocks)
    areas = {flow.area_id for flow in flows} | {stock.area_id for stock in stocks}
    return MonthFigures(
        month=begins,
        areas=tuple(
            AreaMonth(
                area_id=area,
                lines=_lines(
                    begins,
                    [flow for flow in flows if flow.area_id == area],
                    [stock for stock in stocks if stock.area_id == area],
                ),
            )
            for area in sorted(areas, key=lambda area: (area is None, area or ""))
        ),
        total=_lines(begins, _told_once(flows), stocks),
    )


def _told_once(flows: Iterable[Flow]) -> list[Flow]:
    seen: set[tuple[Name, str]] = set()
    kept = []
    for flow in flows:
        if flow.once:
            if (flow.name, flow.once) in seen:
                continue
            seen.add((flow.name, flow.once))
        kept.append(flow)
    return kept


def _lines(begins: date, flows: list[Flow], stocks: list[Stock]) -> tuple[FigureLine, ...]:
    counts: dict[Name, list[int]] = {}
    for flow in flows:
        both = counts.setdefault(flow.name, [0, 0])
        both[0] += flow.on >= begins
        both[1] += 1
    for stock in stocks:
        both = counts.setdefault(stock.name, [0, 0])
        both[0] += stock.count
        both[1] += stock.count
    return tuple(
        FigureLine(
            topic=name.topic, key=name.key, programme=name.programme, month=both[0], year=both[1]
        )
        for name, both in sorted(counts.items(), key=lambda item: place_of(item[0]))
        if any(both)
    )


_TOPICS: Final[Mapping[Topic, int]] = {topic: place for place, topic in enumerate(Topic)}
_MOVEMENTS: Final[Mapping[str, int]] = {one.value: place for place, one in enumerate(Movement)}


def place_of(name: Name) -> tuple[int, str, int, str]:
    """Where a line stands in the report: by chapter, programme, and code."""
    return (
        _TOPICS[name.topic],
        "" if name.programme is None else name.programme.value,
        _MOVEMENTS.get(name.key, 0),
        name.key,
    )
