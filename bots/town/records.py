"""From the file's shapes to the core's records."""

from datetime import date, datetime, timedelta, tzinfo

from bots.town.schema import (
    CaseEntry,
    LetterEntry,
    PersonEntry,
    RulesEntry,
    StaffEntry,
    TextEntry,
    TownFile,
)
from bots.town.times import Ahead, aware, settle_ahead
from core.profiles import LetterRules
from core.towns import (
    Town,
    TownAgency,
    TownArea,
    TownCase,
    TownHousehold,
    TownLetter,
    TownLine,
    TownPerson,
    TownSeat,
    TownStaff,
    TownText,
)


def town_of(
    file: TownFile, *, at: datetime, tz: tzinfo, closed_days: frozenset[date] = frozenset()
) -> Town:
    """The town that a faultless file describes; naive times are the town's own (`tz`)."""
    rules = rules_of(file.letter_rules)
    people = {person.code: person for person in file.people}
    homes = {case.alias: people[case.person] for case in file.cases}

    def letter_of(entry: LetterEntry) -> TownLetter:
        opens_at = entry.opens_at
        if isinstance(opens_at, Ahead):
            home = homes[entry.case]
            hours = rules.hours(wakes=home.wakes, sleeps=home.sleeps, closed_days=closed_days)
            opens_at = settle_ahead(opens_at, at=at, tz=tz, hours=hours)
        return TownLetter(
            code=entry.code,
            case=entry.case,
            author=entry.author,
            body=entry.body,
            opens_at=aware(opens_at, tz=tz),
            kind=entry.kind,
        )

    return Town(
        code=file.town.code,
        name=file.town.name,
        account_name=file.town.account_name,
        letter_rules=rules,
        areas=tuple(TownArea(**area.model_dump()) for area in file.areas),
        agencies=tuple(TownAgency(**agency.model_dump()) for agency in file.agencies),
        staff=tuple(map(_staff, file.staff)),
        households=tuple(TownHousehold(**home.model_dump()) for home in file.households),
        people=tuple(_person(person, tz=tz) for person in file.people),
        cases=tuple(map(_case, file.cases)),
        texts=tuple(_text(text, tz=tz) for text in file.texts),
        letters=tuple(map(letter_of, file.letters)),
    )


def rules_of(entry: RulesEntry) -> LetterRules:
    """What the town settles about letters."""
    return LetterRules(
        opens=entry.opens,
        closes=entry.closes,
        gap=timedelta(hours=entry.gap_hours),
        most_in_30_days=entry.most_in_30_days,
        approval_lasts=timedelta(days=entry.approval_lasts_days),
        longest=entry.longest,
        lock_screen_words=entry.lock_screen_words,
    )


def _staff(entry: StaffEntry) -> TownStaff:
    return TownStaff(**(entry.model_dump() | {"roles": frozenset(entry.roles)}))


def _person(entry: PersonEntry, *, tz: tzinfo) -> TownPerson:
    line = entry.line and TownLine(
        user_id=entry.line.user_id,
        given_at=aware(entry.line.given_at, tz=tz),
        evidence=entry.line.evidence,
    )
    return TownPerson(**(entry.model_dump() | {"line": line}))


def _case(entry: CaseEntry) -> TownCase:
    seats = tuple(TownSeat(staff=seat.staff, role=seat.role) for seat in entry.seats)
    return TownCase(**(entry.model_dump() | {"seats": seats}))


def _text(entry: TextEntry, *, tz: tzinfo) -> TownText:
    return TownText(**(entry.model_dump() | {"approved_at": aware(entry.approved_at, tz=tz)}))
