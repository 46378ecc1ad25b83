"""From the file's shapes to the core's records."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

from bots.town.leaflet_entry import LeafletEntry
from bots.town.schema import (
    AgencyEntry,
    CaseEntry,
    HouseholdEntry,
    LetterEntry,
    PersonEntry,
    RulesEntry,
    StaffEntry,
    TownFile,
)
from bots.town.shift_entry import shift_of
from bots.town.text_entries import TextEntry
from bots.town.times import Ahead, aware, settle_ahead, settle_day
from bots.town.wish_entries import wishes_of
from core.agencies import ContactWindow, StaffPledge
from core.leaflet_pages import Page
from core.people import KeyPerson, SafeContact
from core.profiles import LetterRules
from core.towns import (
    Town,
    TownAgency,
    TownArea,
    TownCare,
    TownCase,
    TownHousehold,
    TownLeaflet,
    TownLetter,
    TownLine,
    TownMember,
    TownPerson,
    TownPlace,
    TownProvider,
    TownSeat,
    TownSitting,
    TownStaff,
    TownText,
)


def town_of(
    file: TownFile,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
    pages: Mapping[str, tuple[Page, ...]] | None = None,
) -> Town:
    """The town that a faultless file describes; naive times are the town's own (`tz`).

    Args:
        pages: of the leaflets, by their codes.
    """
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
        profile=file.town.profile,
        agencies=tuple(map(_agency, file.agencies)),
        providers=tuple(TownProvider(**entry.model_dump()) for entry in file.providers),
        staff=tuple(map(_staff, file.staff)),
        households=tuple(map(_household, file.households)),
        people=tuple(_person(person, tz=tz) for person in file.people),
        cases=tuple(map(_case, file.cases)),
        places=tuple(TownPlace(**place.model_dump()) for place in file.places),
        leaflets=tuple(
            _leaflet(one, at=at, tz=tz, pages=(pages or {})[one.code]) for one in file.leaflets
        ),
        texts=tuple(_text(text, tz=tz) for text in file.texts),
        letters=tuple(map(letter_of, file.letters)),
        sittings=tuple(TownSitting(**entry.model_dump()) for entry in file.sittings),
        shifts=tuple(shift_of(entry, at=at, tz=tz) for entry in file.shifts),
    )


def rules_of(entry: RulesEntry) -> LetterRules:
    """What the town settles about letters."""
    return LetterRules(
        opens=entry.opens,
        closes=entry.closes,
        gap=timedelta(hours=entry.gap_hours),
        most_in_30_days=entry.most_in_30_days,
        writes_to_minors=entry.writes_to_minors,
        rests_on_saturdays=entry.rests_on_saturdays,
        self_approval=entry.self_approval,
        approval_lasts=timedelta(days=entry.approval_lasts_days),
        longest=entry.longest,
        lock_screen_words=entry.lock_screen_words,
    )


def _agency(entry: AgencyEntry) -> TownAgency:
    given = {
        "fields": frozenset(entry.fields),
        "window": ContactWindow(**entry.window.model_dump()),
    }
    return TownAgency(**(entry.model_dump() | given))


def _staff(entry: StaffEntry) -> TownStaff:
    given = {
        "roles": frozenset(entry.roles),
        "sits_as": frozenset(entry.sits_as),
        "pledge": entry.pledge and StaffPledge(**entry.pledge.model_dump()),
    }
    return TownStaff(**(entry.model_dump() | given))


def _household(entry: HouseholdEntry) -> TownHousehold:
    members = tuple(TownMember(**member.model_dump()) for member in entry.members)
    return TownHousehold(**(entry.model_dump() | {"members": members}))


def _person(entry: PersonEntry, *, tz: tzinfo) -> TownPerson:
    line = entry.line and TownLine(
        user_id=entry.line.user_id,
        given_at=aware(entry.line.given_at, tz=tz),
        evidence=entry.line.evidence,
    )
    given = {
        "line": line,
        "key_persons": tuple(KeyPerson(**one.model_dump()) for one in entry.key_persons),
        "safe_contact": SafeContact(**entry.safe_contact.model_dump()),
        "safety_flags": frozenset(entry.safety_flags),
        "letter_wishes": wishes_of(entry.letter_wishes),
        "care": tuple(TownCare(**mark.model_dump()) for mark in entry.care),
    }
    return TownPerson(**(entry.model_dump() | given))


def _leaflet(
    entry: LeafletEntry, *, at: datetime, tz: tzinfo, pages: tuple[Page, ...]
) -> TownLeaflet:
    given = {
        "tags": frozenset(entry.tags),
        "valid_until": settle_day(entry.valid_until, at=at, tz=tz),
        "pages": pages,
    }
    said = {name: value for name, value in entry if name != "file"}
    return TownLeaflet(**(said | given))


def _case(entry: CaseEntry) -> TownCase:
    seats = tuple(TownSeat(staff=seat.staff, role=seat.role) for seat in entry.seats)
    programmes = frozenset(entry.programmes)
    return TownCase(**(entry.model_dump() | {"seats": seats, "programmes": programmes}))


def _text(entry: TextEntry, *, tz: tzinfo) -> TownText:
    given = {"approved_at": aware(entry.approved_at, tz=tz), "title": entry.title or ""}
    return TownText(**(entry.model_dump() | given))
