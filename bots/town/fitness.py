"""What the rules of the house ask of a town: rights, wording, hours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, tzinfo

from bots.morphology import morphology
from bots.profiles.reader import ProfileWrong, resolve_profile
from bots.town.parts import Parts
from bots.town.problems import Found, Path
from bots.town.records import rules_of
from bots.town.schema import CaseEntry, LetterEntry, PersonEntry, StaffEntry
from bots.town.shift_entry import unfit_shifts
from bots.town.text_fitness import blocked, by_profile, context_of, unfit_texts
from bots.town.times import Ahead, aware
from core.access import Action, may
from core.agencies import Seat, Staff
from core.cases import WRITABLE
from core.ids import CaseId, MunicipalityId, PersonId, StaffId
from core.lint import (
    Proofreader,
    TextKind,
    check_letter,
    check_words,
    private_words,
)
from core.people import Person

_HERE = MunicipalityId("here")


def fitness(
    parts: Parts,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date],
    shipped: bool,
    proof: Proofreader | None = None,
) -> Iterator[Found]:
    """Everything in the well-formed parts that a rule forbids.

    Args:
        at: the time of the load; telephones in texts are judged as of then.
        proof: what reads the town's texts, with its telephones and hosts; None takes what the
            profile says that the file names.
        shipped: whether times relative to the load are allowed.
    """
    yield from _of_town(parts)
    yield from _of_staff(parts)
    for place, person in parts.people.items():
        if (person.wakes is None) != (person.sleeps is None):
            yield Found(
                ("people", place, "wakes" if person.wakes else "sleeps"),
                "own hours need both wakes and sleeps",
            )
    yield from _of_cases(parts)
    yield from unfit_texts(parts, proof or by_profile(parts, tz=tz), at=at)
    yield from unfit_shifts(parts.shifts, tz=tz, shipped=shipped)
    for place, letter in parts.letters.items():
        path: Path = ("letters", place)
        yield from _of_letter(parts, letter, path)
        yield from _hours(parts, letter, path, tz=tz, closed_days=closed_days, shipped=shipped)


def _of_town(parts: Parts) -> Iterator[Found]:
    if parts.rules.opens >= parts.rules.closes:
        yield Found(("letter_rules", "closes"), "must be later than opens")
    if parts.head is not None and parts.head.profile is not None:
        yield from _of_profile(parts, parts.head.profile)
    if parts.head is not None:
        found = check_words(
            parts.head.account_name,
            context=context_of(parts, TextKind.CHECK_IN),
            morphology=morphology(),
            shown=True,
        )
        yield from blocked(found, ("town", "account_name"))


def _of_profile(parts: Parts, named: str) -> Iterator[Found]:
    """The profile is there, and has the bodies in which the file seats people."""
    try:
        profile = resolve_profile(named)
    except ProfileWrong as wrong:
        yield Found(("town", "profile"), str(wrong).replace("\n", "; "))
        return
    there = {body.code for body in profile.bodies}
    for place, staff in parts.staff.items():
        for code_place, code in enumerate(staff.sits_in):
            if code not in there:
                yield Found(
                    ("staff", place, "sits_in", code_place),
                    f'the profile "{named}" has no body "{code}"; it has '
                    f"{', '.join(sorted(there)) or 'none'}",
                )


def _of_staff(parts: Parts) -> Iterator[Found]:
    for place, staff in parts.staff.items():
        if (staff.slack_team_id is None) != (staff.slack_user_id is None):
            field = "slack_user_id" if staff.slack_user_id else "slack_team_id"
            yield Found(
                ("staff", place, field),
                "a place in Slack needs both slack_team_id and slack_user_id",
            )
        if staff.sits_in and not staff.sits_as:
            yield Found(
                ("staff", place, "sits_in"),
                "say under sits_as what this colleague stands for at the table",
            )
        if staff.sits_in and (parts.head is None or parts.head.profile is None):
            yield Found(
                ("staff", place, "sits_in"),
                "bodies are those of the profile; name one under town: profile",
            )


def _of_cases(parts: Parts) -> Iterator[Found]:
    for place, case in parts.cases.items():
        lead = parts.member(case.lead)
        if lead is not None and not lead.active:
            yield Found(("cases", place, "lead"), f'"{lead.code}" is no longer in service')
        held = set()
        for seat_place, seat in enumerate(case.seats):
            path = ("cases", place, "seats", seat_place)
            staff = parts.member(seat.staff)
            if staff is not None and seat.role not in staff.roles:
                yield Found(
                    (*path, "role"),
                    f'"{staff.code}" does not hold the role {seat.role.value}; '
                    f"add it to this member's roles, or choose one of "
                    f"{', '.join(sorted(role.value for role in staff.roles))}",
                )
            if (seat.staff, seat.role) in held:
                yield Found(path, f'"{seat.staff}" has this seat already')
            held.add((seat.staff, seat.role))


def _of_letter(parts: Parts, letter: LetterEntry, path: Path) -> Iterator[Found]:
    case = parts.case(letter.case)
    if case is None:
        return
    if case.state not in WRITABLE:
        yield Found(
            (*path, "case"),
            f"no letter is written on a case in state {case.state.value} (R-022); states with "
            f"letters are {', '.join(sorted(state.value for state in WRITABLE))}",
        )
    author = parts.member(letter.author)
    if author is not None and not _may(author, Action.WRITE_LETTER, case):
        yield Found(
            (*path, "author"),
            f'"{author.code}" has no seat on {case.alias} that allows writing letters',
        )
    others = (staff for staff in parts.staff.values() if staff.code != letter.author)
    if not any(_may(staff, Action.APPROVE_LETTER, case) for staff in others):
        yield Found(
            (*path, "case"),
            f"nobody but the author could approve a letter on {case.alias} (G-06); give a "
            "colleague a seat as message_approver",
        )
    person = parts.person(case.person)
    if person is not None:
        found = check_letter(
            letter.body,
            context=replace(
                context_of(parts, TextKind.of(letter.kind)),
                private=private_words(_person(person)),
                author="" if author is None else author.name,
                shared_device=person.shared_device,
            ),
            morphology=morphology(),
        )
        yield from blocked(found, (*path, "body"))


def _hours(
    parts: Parts,
    letter: LetterEntry,
    path: Path,
    *,
    tz: tzinfo,
    closed_days: frozenset[date],
    shipped: bool,
) -> Iterator[Found]:
    case = parts.case(letter.case)
    person = parts.person(case.person) if case else None
    ahead = isinstance(letter.opens_at, Ahead)
    if ahead and not shipped:
        yield Found(
            (*path, "opens_at"),
            "a time ahead of the load is for practice towns that ship with the product; "
            "write day and time, such as 2025-04-01 10:30",
        )
    if person is None or parts.rules.opens >= parts.rules.closes:
        return
    hours = rules_of(parts.rules).hours(
        wakes=person.wakes, sleeps=person.sleeps, closed_days=closed_days
    )
    if isinstance(letter.opens_at, Ahead):
        opens, closes, clock = hours.opens, hours.closes, letter.opens_at.at
        awake = opens <= clock < closes if opens <= closes else clock >= opens or clock < closes
        fits = awake
    else:
        fits = hours.allow(aware(letter.opens_at, tz=tz), tz=tz)
    if not fits:
        yield Found(
            (*path, "opens_at"),
            f"no letter may arrive then (G-05); the hours are {hours.opens:%H:%M} to "
            f"{hours.closes:%H:%M}, not on Sundays, public holidays and from 12-29 to 01-03",
        )


def _may(entry: StaffEntry, action: Action, case: CaseEntry) -> bool:
    staff = Staff(
        id=StaffId(entry.code),
        municipality_id=_HERE,
        code=entry.code,
        name=entry.name,
        roles=frozenset(entry.roles),
        active=entry.active,
    )
    case_id = CaseId(case.alias)
    seats = [
        Seat(case_id=case_id, staff_id=StaffId(seat.staff), role=seat.role) for seat in case.seats
    ]
    return may(staff, action, case_id=case_id, seats=seats)


def _person(entry: PersonEntry) -> Person:
    return Person(
        id=PersonId(entry.code),
        municipality_id=_HERE,
        code=entry.code,
        name=entry.name,
        kana=entry.kana,
        address=entry.address,
        phones=entry.phones,
        do_not_mention=entry.do_not_mention,
    )
