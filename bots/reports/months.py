"""The monthly report: chapters of lines, areas across, the fiscal year beside the month."""

from collections.abc import Iterator
from typing import Any

from bots.i18n.catalogue import moment, say, word
from bots.i18n.eras import era_month, era_year
from bots.i18n.names import LAWS_OWN, Names
from bots.reports.sheets import Sheet, Value
from core.assessments import IntakeRoute, IntakeWay, Issue, Screening
from core.basis import Basis
from core.cases import CaseState
from core.closing import ClosingReason
from core.contacts import ContactChannel, Met
from core.courses.ending import EndReason
from core.fields import Field
from core.figures.masking import masked, masked_row
from core.figures.month import FigureLine, Movement, Name, Topic, place_of, year_begins
from core.figures.revisions import MonthRevision
from core.ids import AreaId
from core.meetings.items import AgendaPurpose
from core.plans.decisions import MunicipalAct
from core.plans.patterns import ConfirmationPattern
from core.usecases.figures.report_month import MonthReport

_ENUMS: dict[Topic, Any] = {
    Topic.MOVEMENT: Movement,
    Topic.ROUTE: IntakeRoute,
    Topic.WAY: IntakeWay,
    Topic.ISSUE: Issue,
    Topic.FIELD: Field,
    Topic.SCREENING: Screening,
    Topic.DECISION: MunicipalAct,
    Topic.CONTACT: ContactChannel,
    Topic.MET: Met,
}
# Counts of sittings and contacts are acts of ours, and tell nothing of few people.
_OF_NOBODY = frozenset({Topic.MEETING, Topic.TIMING, Topic.CONTACT, Topic.MET, Topic.LETTER})


def month_sheet(report: MonthReport, *, names: Names = LAWS_OWN, public: bool = False) -> Sheet:
    """A row for each line; a chapter for each topic. Noughts are left out."""
    columns = [area.name for area in report.areas]
    shown = [area.id for area in report.areas]
    areas: list[AreaId | None] = [*shown]
    if report.figures.lines_of(None):
        areas.append(None)
        columns.append(say("results.nowhere"))
    month = report.figures.month
    return Sheet(
        name="月次報告",
        title=say(
            "months.title",
            town=report.town,
            month=era_month(month),
            year=era_year(year_begins(month)),
        ),
        columns=(
            say("results.item"),
            *columns,
            say("results.total"),
            say("months.year_to_date"),
        ),
        rows=tuple(_rows(report, areas, names=names, public=public)),
        notes=tuple(_notes(report, public=public)),
    )


def month_json(
    report: MonthReport, *, names: Names = LAWS_OWN, public: bool = False
) -> dict[str, Any]:
    """The month as JSON: the lines of each area and of the town, by code and by name."""
    figures = report.figures

    def told(line: FigureLine) -> dict[str, Any]:
        mask = public and line.topic not in _OF_NOBODY
        return {
            "topic": line.topic.value,
            "key": line.key,
            "programme": None if line.programme is None else line.programme.value,
            "label": label_of(line.name, names=names),
            "month": masked(line.month) if mask else line.month,
            "year": masked(line.year) if mask else line.year,
        }

    known = {area.id: area.name for area in report.areas}
    return {
        "month": figures.month.strftime("%Y-%m"),
        "revision": None if report.last is None else report.last.revision,
        "changed_since": report.has_changed,
        "areas": [
            {
                "area": say("results.nowhere") if one.area_id is None else known[one.area_id],
                "lines": [told(line) for line in one.lines],
            }
            for one in figures.areas
        ],
        "total": [told(line) for line in figures.total],
    }


def chapter_of(name: Name, *, names: Names = LAWS_OWN) -> str:
    """The head of the chapter in which a line stands, with the programme it is about."""
    if name.programme is None:
        return word(name.topic)
    return say("months.of", topic=word(name.topic), programme=names.programme(name.programme))


def label_of(name: Name, *, names: Names = LAWS_OWN) -> str:
    """What a line counts, in the town's words."""
    topic, key = name.topic, name.key
    if topic is Topic.CLOSED_WHY:
        return _why(key)
    if topic is Topic.FIELDS:
        return say("months.fields", count=key)
    if topic is Topic.MEETING:
        return names.meeting(Basis(key))
    if topic is Topic.TIMING:
        purpose, basis = key.rsplit("_", 1)
        return say(
            "months.timing",
            meeting=names.meeting(Basis(basis)),
            purpose=word(AgendaPurpose(purpose)),
        )
    if topic is Topic.PLAN and key != "PRE_CONSENT":
        edition, pattern = key.split("_", 1)
        return say(f"months.plan_{edition}", pattern=word(ConfirmationPattern(pattern)))
    named = _ENUMS.get(topic)
    if named is None or key == "UNKNOWN":
        return say(f"months.{key}")
    return word(named(key))


def _why(key: str) -> str:
    for named in (ClosingReason, EndReason, CaseState):
        if key in named.__members__:
            return word(named[key])
    return say("months.UNSAID")


def _rows(
    report: MonthReport, areas: list[AreaId | None], *, names: Names, public: bool
) -> Iterator[tuple[Value, ...]]:
    figures = report.figures
    counts = {(area, line.name): line.month for area in areas for line in figures.lines_of(area)}
    chapter = ""
    for line in sorted(figures.total, key=lambda line: place_of(line.name)):
        begins = chapter_of(line.name, names=names)
        if begins != chapter:
            chapter = begins
            yield (chapter,)
        row = [counts.get((area, line.name), 0) for area in areas]
        head = label_of(line.name, names=names)
        if public and line.topic not in _OF_NOBODY:
            parts, total = masked_row(row, total=line.month)
            yield (head, *parts, total, masked(line.year))
        else:
            yield (head, *row, line.month, line.year)


def _notes(report: MonthReport, *, public: bool) -> list[str]:
    if report.last is None:
        notes = [say("months.open")]
    else:
        notes = [_told(report.last)]
        if report.has_changed:
            notes.append(say("months.changed"))
    notes += [say("months.stocks"), say("results.no_ranking")]
    return [*notes, say("results.public")] if public else notes


def _told(last: MonthRevision) -> str:
    return say("months.closed", revision=last.revision, at=moment(last.closed_at))
