"""The plan of a series from what is known of the person: the same for a form and for the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from core.cadence.calendar import next_birthday
from core.cadence.packs import Anchor, LetterPack
from core.cadence.planning import Bounds, Planned, Rest, plan_letters
from core.cases import Case, CaseState
from core.contacts import Contact, ContactChannel, Met
from core.days import local_day
from core.letters import UNSENT, Letter, LetterKind
from core.people import LineLink, LinkState, Person
from core.profiles import LetterRules

_UNPACED = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.REPLY})


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What a series stands on, as the record says now."""

    case: Case
    person: Person
    link: LineLink | None
    rules: LetterRules
    closed_days: frozenset[date] = frozenset()


def known_anchor(
    ground: Ground,
    anchor: Anchor,
    *,
    contacts: Iterable[Contact] = (),
    since: datetime,
    tz: tzinfo,
) -> date | None:
    """The day from which a series counts; None while it is to come.

    Args:
        contacts: of the case.
        since: when the series was written; a visit of an earlier day is one of before.
    """
    match anchor:
        case Anchor.LINKING:
            linked = None if ground.link is None else ground.link.linked_at
            return None if linked is None else local_day(linked, tz=tz)
        case Anchor.BIRTHDAY:
            born = ground.person.birth_date
            return None if born is None else next_birthday(born, on=local_day(since, tz=tz))
        case Anchor.VISIT:
            visits = [
                contact.at
                for contact in contacts
                if contact.channel is ContactChannel.VISIT
                and contact.met is Met.MET
                and local_day(contact.at, tz=tz) >= local_day(since, tz=tz)
            ]
            return local_day(min(visits), tz=tz) if visits else None
        case Anchor.DAY:
            # It is named when the series is written.
            return None
        case Anchor.CLOSING:
            # A case in follow-up has been closed; the series counts from when it is written.
            closed = ground.case.state is CaseState.FOLLOW_UP
            return local_day(since, tz=tz) if closed else None


def plan_for(
    ground: Ground,
    pack: LetterPack,
    *,
    anchored_on: date,
    at: datetime,
    tz: tzinfo,
    letters: Iterable[Letter] = (),
    sent: Iterable[datetime] = (),
    take_every: int = 1,
) -> tuple[Planned, ...]:
    """The windows, kept to the person's hours, wishes and rest, among their other letters.

    Args:
        letters: of the person; those that wait count with their opening, sent ones with that.
        sent: when further letters were or will be sent.
        take_every: a colleague's choice; the person's own caps it.
    """
    person, rules = ground.person, ground.rules
    others = {
        one.sent_at or one.opens_at
        for one in letters
        if one.kind not in _UNPACED and (one.sent_at is not None or one.state in UNSENT)
    }
    return plan_letters(
        pack,
        anchored_on=anchored_on,
        # From case and pack: a form shows the very days that the series will have.
        seed=f"{ground.case.id}:{pack.key}",
        at=at,
        tz=tz,
        bounds=Bounds(
            hours=rules.hours_of(person, closed_days=ground.closed_days),
            gap=rules.gap,
            most_in_30_days=rules.most_in_30_days,
            others=tuple(sorted(others | set(sent))),
            rests=_rests(ground.link, at=at),
            take_every=max(take_every, person.letter_wishes.take_every),
        ),
        birth_date=person.birth_date,
    )


def _rests(link: LineLink | None, *, at: datetime) -> tuple[Rest, ...]:
    if link is None or link.state is not LinkState.PAUSED:
        return ()
    return (Rest(since=min(at, link.state_since or at), until=link.paused_until),)
