"""From the records of a town to what is counted of them: flows, and how things stand."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from core.cases import CaseState
from core.courses.outreach_guards import CONSENT_STATES
from core.figures.month import Flow, Movement, Name, Stock, Topic
from core.figures.records import MonthRecords, SheetSeen
from core.figures.standings import CaseHistory, Turn, TurnKind
from core.ids import AreaId
from core.people import Person
from core.plans.decisions import MunicipalAct
from core.programmes import Programme

_MOVEMENT: Final = {
    TurnKind.TAKEN_UP: Movement.NEW,
    TurnKind.PLANNED: Movement.PLANNED,
    TurnKind.REOPENED: Movement.REOPENED,
    TurnKind.CLOSED: Movement.CLOSED,
    TurnKind.INTERRUPTED: Movement.INTERRUPTED,
}
_DEEDS: Final = {
    "letter.sent": (Topic.LETTER, "SENT"),
    "letter.sent_unmarked": (Topic.LETTER, "SENT"),
    "letter.held": (Topic.LETTER, "HELD"),
    "letter.cancelled": (Topic.LETTER, "CANCELLED"),
    "person.stops": (Topic.LETTER, "STOPPED"),
    "referral.sent": (Topic.REFERRAL, "SENT"),
    "referral.received": (Topic.REFERRAL, "RECEIVED"),
    "referral.returned": (Topic.REFERRAL, "RETURNED"),
    "referral.done": (Topic.REFERRAL, "DONE"),
    "match.told_of": (Topic.PARTICIPATION, "MATCHED"),
    "match.trial": (Topic.PARTICIPATION, "TRIED"),
    "match.stable": (Topic.PARTICIPATION, "SETTLED"),
    "plan.in_force_preconsent": (Topic.PLAN, "PRE_CONSENT"),
    "query.taken_down": (Topic.INDICATOR, "CONSULTATIONS"),
}
_BEFORE_CONSENT: Final = frozenset(
    {CaseState.PRE_COORDINATION.value, CaseState.RELATIONSHIP_BUILDING.value}
)
_AFTER_CONSENT: Final = frozenset(state.value for state in CONSENT_STATES)
_AGES: Final = ((18, "UNDER_18"), (40, "UNDER_40"), (65, "UNDER_65"), (75, "UNDER_75"))
_SEXES: Final = {"女性": "FEMALE", "女": "FEMALE", "男性": "MALE", "男": "MALE", "": "UNKNOWN"}


def flows_of(records: MonthRecords) -> Iterator[Flow]:
    """Everything that happened, whenever it was."""
    for case in records.cases:
        yield from _movements(case)
    for sheet in records.sheets:
        yield from _intake(sheet)
    for deed in records.deeds:
        topic, key = _DEEDS[deed.action]
        area = None if deed.case_id is None else records.areas.get(deed.case_id)
        yield _flow(topic, key, deed.on, area)
    for touch in records.touches:
        area = records.areas.get(touch.case_id)
        yield _flow(Topic.CONTACT, touch.channel, touch.on, area)
        yield _flow(Topic.MET, touch.met, touch.on, area)
    yield from _plans(records)
    yield from _sittings(records)
    for place in records.places:
        if place.opened_on is not None:
            yield _flow(Topic.PARTICIPATION, "PLACES_OPENED", place.opened_on, place.area_id)


def stocks_of(records: MonthRecords, *, on: date) -> Iterator[Stock]:
    """How things stand at the end of a local day."""
    yield from _counted(
        Topic.MOVEMENT,
        Movement.CONTINUING,
        (case.case.area_id for case in records.cases if case.continues(on)),
    )
    for programme in _programmes(records):
        yield from _counted(
            Topic.MOVEMENT,
            Movement.CONTINUING,
            (case.case.area_id for case in records.cases if case.in_course(programme, on)),
            programme=programme,
        )
    for key, states in (("BEFORE_CONSENT", _BEFORE_CONSENT), ("AFTER_CONSENT", _AFTER_CONSENT)):
        yield from _counted(
            Topic.STAGE,
            key,
            (
                case.case.area_id
                for case in records.cases
                if case.course_state(Programme.OUTREACH, on) in states
            ),
        )
    open_by_then = [
        place for place in records.places if place.opened_on is None or place.opened_on <= on
    ]
    hosts = {(place.area_id, place.host) for place in open_by_then}
    yield from _counted(Topic.PARTICIPATION, "HOSTS", (area for area, _ in hosts))
    yield from _counted(Topic.INDICATOR, "PLACES", (place.area_id for place in open_by_then))
    yield from _counted(
        Topic.INDICATOR,
        "TAKING_PART",
        (
            case.case.area_id
            for case in records.cases
            if case.in_course(Programme.PARTICIPATION, on)
        ),
    )


def _programmes(records: MonthRecords) -> tuple[Programme, ...]:
    return tuple(sorted({state.programme for case in records.cases for state in case.states}))


def _counted(
    topic: Topic,
    key: str,
    areas: Iterable[AreaId | None],
    *,
    programme: Programme | None = None,
) -> Iterator[Stock]:
    name = Name(topic=topic, key=key, programme=programme)
    for area, count in Counter(areas).items():
        yield Stock(name=name, area_id=area, count=count)


def _movements(case: CaseHistory) -> Iterator[Flow]:
    for turn in (*case.turns, *case.of_courses):
        key = _MOVEMENT[turn.kind]
        yield _flow(Topic.MOVEMENT, key, turn.on, turn.area_id, programme=turn.programme)
        if turn.kind is TurnKind.CLOSED:
            yield _why(turn)


def _why(turn: Turn) -> Flow:
    key = turn.reason or "UNSAID"
    return _flow(Topic.CLOSED_WHY, key, turn.on, turn.area_id, programme=turn.programme)


def _intake(seen: SheetSeen) -> Iterator[Flow]:
    sheet, on, area = seen.sheet, seen.sheet.assessed_on, seen.area_id
    agreed = "WITH_CONSENT" if sheet.consent_state.strip() else "WITHOUT_CONSENT"
    yield _flow(Topic.INTAKE, agreed, on, area)
    yield _flow(Topic.INDICATOR, "CONSULTATIONS", on, area)
    yield _flow(Topic.ROUTE, sheet.route or "UNKNOWN", on, area)
    yield _flow(Topic.WAY, sheet.way or "UNKNOWN", on, area)
    yield _flow(Topic.SEX, _SEXES.get(seen.person.sex.strip(), "OTHER"), on, area)
    yield _flow(Topic.AGE, age_band(seen.person, on=on), on, area)
    yield _flow(Topic.HOUSEHOLD, _household(seen.household), on, area)
    # An issue that two members share is one of the household's.
    for issue in sorted({issue for member in sheet.members for issue in member.issues}):
        yield _flow(Topic.ISSUE, issue, on, area)
    for one in sorted(sheet.fields):
        yield _flow(Topic.FIELD, one, on, area)
    yield _flow(Topic.FIELDS, str(len(sheet.fields)), on, area)
    if sheet.screening is not None:
        yield _flow(Topic.SCREENING, sheet.screening, on, area)


def age_band(person: Person, *, on: date) -> str:
    """The band of a person's age on a day; UNKNOWN where nobody knows."""
    age = person.about_age
    born = person.birth_date
    if born is not None:
        age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age is None:
        return "UNKNOWN"
    return next((band for limit, band in _AGES if age < limit), "OVER_75")


def _household(size: int | None) -> str:
    if size is None:
        return "UNKNOWN"
    return "ALONE" if size == 1 else "TWO" if size == 2 else "MORE"


def _plans(records: MonthRecords) -> Iterator[Flow]:
    for plan in records.plans:
        area = records.areas.get(plan.case_id)
        if plan.final_on is not None:
            new = "NEW" if plan.edition == 1 else "REPLAN"
            key = f"{new}_{plan.pattern}"
            yield _flow(Topic.PLAN, key, plan.final_on, area, programme=plan.programme)
        if plan.municipal is not None:
            for act in sorted(plan.municipal.acts):
                yield _flow(Topic.DECISION, act, plan.municipal.decided_on, area)
        if plan.reported_on is not None:
            yield _flow(Topic.DECISION, MunicipalAct.REPORTED, plan.reported_on, area)


def _sittings(records: MonthRecords) -> Iterator[Flow]:
    for sitting in records.sittings:
        held = sitting.held
        for area in held.area_ids:
            for basis in sorted(held.bases):
                yield _flow(Topic.MEETING, basis, held.on, area, once=held.id)
        for item in sitting.items:
            key = f"{item.purpose}_{item.basis}"
            yield _flow(Topic.TIMING, key, held.on, item.area_id)


def _flow(
    topic: Topic,
    key: str,
    on: date,
    area: AreaId | None,
    *,
    programme: Programme | None = None,
    once: str = "",
) -> Flow:
    return Flow(
        name=Name(topic=topic, key=str(key), programme=programme), on=on, area_id=area, once=once
    )
