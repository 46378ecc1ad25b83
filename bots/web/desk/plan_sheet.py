"""プランシート as a form: what it asks for, how a sheet stands in it, how it reads back."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.lines import Lines, as_rows, by_word, cell, require_no_slips
from bots.web.desk.own_names import programme_names, programmes_by_name
from core.cases import LeadMode
from core.ids import AgencyId, PlaceId
from core.plans.sheet import (
    AgencyPart,
    Goal,
    GoalKind,
    LegalStatus,
    OutreachPart,
    ParticipationPart,
    PlannedAction,
    PlanSheet,
)
from core.programmes import PLANNING, Programme

LEADS: Final = "主担当"
OFFICE: Final = "保護の実施機関"
LONG: Final = "長期"
OUTSIDE: Final = "そのほか"
_USED: Final = (Programme.OUTREACH, Programme.PARTICIPATION)
_KINDS: Final = "、".join(word(kind) for kind in GoalKind)


def agencies_of(view: View) -> dict[str, AgencyId]:
    """The town's agencies by name."""
    return {agency.name: agency.id for agency in view.story.agencies.values()}


def sheet_entries(
    view: View, programme: Programme, sheet: PlanSheet, *, parts_only: bool = False
) -> tuple[Entry, ...]:
    """The form of a sheet of this programme, filled in with `sheet`."""
    if parts_only:
        return (_agencies(view, sheet),)
    return (
        *_head(sheet, programme),
        *_body(view, sheet),
        *(_outreach(sheet) if programme is Programme.OUTREACH else ()),
        *(_participation(view, sheet) if programme is Programme.PARTICIPATION else ()),
        *(_uses(view, sheet) if programme is Programme.MULTI_AGENCY else ()),
        _day(
            "monitoring_on",
            "次に見直す時期",
            sheet.monitoring_on,
            help="会議に出すときに要ります。",
        ),
        _day("signed_on", "本人が署名した日", sheet.signed_on),
        _yes(
            "household_on_public_assistance",
            "生活保護を受けている世帯",
            sheet.household_on_public_assistance,
        ),
    )


def read_sheet(filled: Filled, view: View, programme: Programme, *, was: PlanSheet) -> PlanSheet:
    """The sheet as filled in.

    Raises:
        Unfilled: a line names what there is not.
    """
    goals, actions = (Lines(name, filled.rows(name)) for name in ("goals", "actions"))
    found_goals = tuple(_goals(goals))
    found_actions = tuple(_actions(actions, view))
    parts, found_parts = read_parts(filled, view)
    require_no_slips(goals, parts, actions)
    sheet = replace(
        was,
        number=filled.text("number"),
        wish=filled.text("wish"),
        period_from=filled.maybe_day("period_from"),
        period_until=filled.maybe_day("period_until"),
        issues=tuple(row[0] for row in filled.rows("issues")),
        goals=found_goals,
        actions=found_actions,
        agencies=found_parts,
        monitoring_on=filled.maybe_day("monitoring_on"),
        signed_on=filled.maybe_day("signed_on"),
        household_on_public_assistance=filled.yes("household_on_public_assistance"),
    )
    match programme:
        case Programme.OUTREACH:
            return replace(
                sheet,
                legal_status=filled.one("legal_status", LegalStatus),
                outreach=_read_outreach(filled),
            )
        case Programme.PARTICIPATION:
            return replace(sheet, participation=_read_participation(filled))
        case _:
            return replace(sheet, uses=filled.many("uses", Programme))


def read_parts(filled: Filled, view: View) -> tuple[Lines, tuple[AgencyPart, ...]]:
    """The agencies' parts; the lines say what is wrong."""
    lines = Lines("agencies", filled.rows("agencies"))
    return lines, tuple(_parts(lines, agencies_of(view)))


def _head(sheet: PlanSheet, programme: Programme) -> Iterator[Entry]:
    yield Entry(name="number", label="プラン番号", value=sheet.number)
    if programme is Programme.OUTREACH:
        yield Entry(
            name="legal_status",
            label="本人の申込",
            kind=Kind.CHOICE,
            options=of_enum(LegalStatus),
            value=sheet.legal_status.value,
            help="申込の前は支援会議、後は重層的支援会議で話し合います。",
        )
    yield _day("period_from", "期間のはじめ", sheet.period_from)
    yield _day("period_until", "期間のおわり", sheet.period_until)


def _body(view: View, sheet: PlanSheet) -> Iterator[Entry]:
    names = programme_names(view)
    agencies = {agency.id: agency.name for agency in view.story.agencies.values()}
    yield Entry(
        name="wish",
        label="本人の言葉・望むつながり",
        kind=Kind.TEXT,
        required=False,
        value=sheet.wish,
    )
    yield Entry(
        name="issues",
        label="ほぐした課題(1行に1つ)",
        kind=Kind.ROWS,
        required=False,
        value="\n".join(sheet.issues),
    )
    yield Entry(
        name="goals",
        label="目標(1行に 種類 | 目標 | 長期)",
        kind=Kind.ROWS,
        cells=(2, 3),
        help=f"「長期」は長い目標にだけ書きます。種類:{_KINDS}",
        value=as_rows(
            (word(goal.kind), goal.text, LONG if goal.long_term else "") for goal in sheet.goals
        ),
    )
    yield _agencies(view, sheet)
    yield Entry(
        name="actions",
        label="すること(1行に 何を | 機関 | 事業 | いつから | どのくらい)",
        kind=Kind.ROWS,
        cells=(2, 5),
        required=False,
        help=f"事業:{'、'.join(names.values())}、{OUTSIDE}(3つの事業の外)。いつから・どのくらいは、なくても。",
        value=as_rows(
            (
                action.what,
                agencies.get(action.agency_id, ""),
                OUTSIDE if action.programme is None else names.get(action.programme, OUTSIDE),
                action.starts,
                action.how_often,
            )
            for action in sheet.actions
        ),
    )


def _agencies(view: View, sheet: PlanSheet) -> Entry:
    names = {agency.id: agency.name for agency in view.story.agencies.values()}
    return Entry(
        name="agencies",
        label=f"役割(1行に 機関 | 役割 | {LEADS})",
        kind=Kind.ROWS,
        cells=(2, 4),
        required=False,
        help=f"「{LEADS}」「{OFFICE}」は、その機関の行にだけ書きます。機関:{'、'.join(agencies_of(view))}",
        value=as_rows(
            (
                names.get(part.agency_id, ""),
                part.part,
                *((LEADS,) if part.leads else ()),
                *((OFFICE,) if part.is_public_assistance_office else ()),
            )
            for part in sheet.agencies
        ),
    )


def _outreach(sheet: PlanSheet) -> Iterator[Entry]:
    part = sheet.outreach or OutreachPart(lead_mode="", approach="")
    yield Entry(
        name="lead_mode",
        label="主担当のかたち",
        kind=Kind.CHOICE,
        options=of_enum(LeadMode),
        value=part.lead_mode,
    )
    yield Entry(name="approach", label="近づき方", kind=Kind.TEXT, value=part.approach)
    for name, label, value in (
        ("hook", "きっかけ", part.hook),
        ("key_person", "キーパーソン", part.key_person),
        ("risk", "気をつけること", part.risk),
        ("stop_conditions", "そっとしておくとき", part.stop_conditions),
    ):
        yield Entry(name=name, label=label, required=False, value=value)


def _participation(view: View, sheet: PlanSheet) -> Iterator[Entry]:
    part = sheet.participation or ParticipationPart()
    yield Entry(
        name="place",
        label="参加の場",
        kind=Kind.CHOICE,
        required=False,
        options=tuple(Option(value=one.id, label=one.name) for one in view.story.places),
        value=part.place_id or "",
    )
    yield Entry(name="host", label="受け入れる方", required=False, value=part.host)
    yield Entry(
        name="host_needs", label="受け入れる方が望む手助け", required=False, value=part.host_needs
    )
    yield _yes("pays_actual_cost", "受け入れにかかる実費を支払う", part.pays_actual_cost)


def _uses(view: View, sheet: PlanSheet) -> Iterator[Entry]:
    names = programme_names(view)
    yield Entry(
        name="uses",
        label="利用する事業",
        kind=Kind.CHOICES,
        required=False,
        options=tuple(Option(value=one.value, label=names[one]) for one in _USED),
        value=tuple(one.value for one in _USED if one in sheet.uses),
        help="使うものに印を。書いた事業は、支援決定のあとに始まります。",
    )


def _day(name: str, label: str, value: object, *, help: str = "") -> Entry:
    text = "" if value is None else str(value)
    return Entry(name=name, label=label, kind=Kind.DAY, required=False, value=text, help=help)


def _yes(name: str, label: str, value: bool) -> Entry:
    shown = "yes" if value else ""
    return Entry(name=name, label=label, kind=Kind.YES, required=False, value=shown)


def _goals(lines: Lines) -> Iterator[Goal]:
    for number, row in lines.rows:
        kind = lines.named(number, row[0], by_word(GoalKind))
        if kind is not None:
            yield Goal(kind=kind, text=row[1], long_term=cell(row, 2) == LONG)


def _parts(lines: Lines, agencies: dict[str, AgencyId]) -> Iterator[AgencyPart]:
    for number, row in lines.rows:
        agency = lines.named(number, row[0], agencies)
        marks = [cell(row, 2), cell(row, 3)]
        for mark in marks:
            if mark not in {"", LEADS, OFFICE}:
                lines.slip(number, f"3つめからは「{LEADS}」か「{OFFICE}」だけを書けます。")
        if agency is not None:
            yield AgencyPart(
                agency_id=agency,
                part=row[1],
                leads=LEADS in marks,
                is_public_assistance_office=OFFICE in marks,
            )


def _actions(lines: Lines, view: View) -> Iterator[PlannedAction]:
    agencies = agencies_of(view)
    known: dict[str, Programme | str] = {**programmes_by_name(view), OUTSIDE: ""}
    known |= {word(one): one for one in PLANNING}
    for number, row in lines.rows:
        agency = lines.named(number, row[1], agencies)
        programme = lines.named(number, cell(row, 2) or OUTSIDE, known)
        if agency is not None:
            yield PlannedAction(
                what=row[0],
                agency_id=agency,
                programme=programme if isinstance(programme, Programme) else None,
                starts=cell(row, 3),
                how_often=cell(row, 4),
            )


def _read_outreach(filled: Filled) -> OutreachPart:
    return OutreachPart(
        lead_mode=filled.text("lead_mode"),
        approach=filled.text("approach"),
        hook=filled.text("hook"),
        key_person=filled.text("key_person"),
        risk=filled.text("risk"),
        stop_conditions=filled.text("stop_conditions"),
    )


def _read_participation(filled: Filled) -> ParticipationPart:
    place = filled.maybe("place")
    return ParticipationPart(
        place_id=None if place is None else PlaceId(place),
        host=filled.text("host"),
        host_needs=filled.text("host_needs"),
        pays_actual_cost=filled.yes("pays_actual_cost"),
    )
