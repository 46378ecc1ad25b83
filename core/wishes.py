"""What a person wishes of letters, and what letters that are written already do about it.

Less often, at which hours, not on some days, of what, in which words: the person says so, or a
colleague on their behalf. A wish counts at once, also for what is approved: a letter moves later
or falls away, never closer, and says why (G-03, G-05, G-22).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple, Self

from core.days import DAYS_AHEAD, NeverOpen, SendingHours
from core.errors import CaseworkError
from core.letters import LetterKind
from core.pace import PACE_WINDOW, earliest_fit
from core.people import LanguageStyle, LetterWishes, Person
from core.profiles import LetterRules

MOST_SELDOM: Final = 12
# A letter that finds no room within so long after its day falls away: what it said has passed [D].
MOVED_AT_MOST: Final = timedelta(days=14)
# Hours of less than this hold no letter for sure: a delivery may wait its turn [D].
LEAST_HOURS: Final = timedelta(hours=1)
# What may not fall away, since the person would be left without a word (G-02, G-21).
ALWAYS_SAID: Final = frozenset({LetterKind.FIRST, LetterKind.PRE_LAST, LetterKind.LAST})
_LOOKED_AHEAD: Final = timedelta(days=731)
_A_DAY: Final = timedelta(days=1)


class WishUnfit(CaseworkError):
    """A wish that nobody could keep: no hour of the day is left, or days end before they begin.

    Facts: `which`, the wish (`hours`, `days_off`, `take_every`); `allowed`.
    """

    rule = "G-05"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """All that a person may settle about letters, as one answer: what is not changed is handed
    back as it was (`Wishes.of`, then `dataclasses.replace`).

    Attributes:
        letters: how often, and on which days not.
        wakes, sleeps: the own hours, local time; both None for the town's.
        interests: what letters and leaflets may be about.
        do_not_mention: words that must not appear.
        style: how the person likes to be written to (G-19).
    """

    letters: LetterWishes
    wakes: time | None
    sleeps: time | None
    interests: tuple[str, ...]
    do_not_mention: tuple[str, ...]
    style: LanguageStyle

    @classmethod
    def of(cls, person: Person) -> Self:
        """As the record has them."""
        return cls(
            letters=person.letter_wishes,
            wakes=person.wakes,
            sleeps=person.sleeps,
            interests=person.interests,
            do_not_mention=person.do_not_mention,
            style=person.language_style,
        )

    def told_by(self, person: Person, *, at: datetime) -> Person:
        """The person with these wishes."""
        return replace(
            person,
            letter_wishes=self.letters,
            wakes=self.wakes,
            sleeps=self.sleeps,
            interests=self.interests,
            do_not_mention=self.do_not_mention,
            language_style=self.style,
            wished_at=at,
        )


def require_keepable(wishes: Wishes, *, rules: LetterRules) -> None:
    """Refuse what nobody could keep.

    Raises:
        WishUnfit.
    """
    if not 1 <= wishes.letters.take_every <= MOST_SELDOM:
        raise WishUnfit(which="take_every", allowed=f"1, {MOST_SELDOM}")
    if any(days.last < days.first for days in wishes.letters.days_off):
        raise WishUnfit(which="days_off", allowed="first <= last")
    opens, closes = (
        timedelta(hours=hour.hour, minutes=hour.minute)
        for hour in (wishes.wakes or rules.opens, wishes.sleeps or rules.closes)
    )
    if (closes - opens) % _A_DAY < LEAST_HOURS:
        raise WishUnfit(which="hours", allowed="1h")


def changed(was: Wishes, now: Wishes) -> tuple[str, ...]:
    """Which of the wishes changed, by name, for the record; never what they say."""
    pairs = (
        ("often", was.letters.take_every, now.letters.take_every),
        ("days_off", was.letters.days_off, now.letters.days_off),
        ("any_day", was.letters.any_day, now.letters.any_day),
        ("hours", (was.wakes, was.sleeps), (now.wakes, now.sleeps)),
        ("interests", was.interests, now.interests),
        ("do_not_mention", was.do_not_mention, now.do_not_mention),
        ("style", was.style, now.style),
    )
    return tuple(name for name, before, after in pairs if before != after)


def other_words(was: Wishes, now: Wishes) -> bool:
    """Whether letters that are written may be in the wrong words now; who likes one thing more
    still likes the others."""
    dropped = frozenset(was.interests) - frozenset(now.interests)
    unsaid = frozenset(now.do_not_mention) - frozenset(was.do_not_mention)
    return bool(dropped or unsaid) or was.style is not now.style


class Room(NamedTuple):
    """Where letters to a person may lie.

    Attributes:
        gap, most_in_30_days: of the town (G-03). take_every: the person's.
    """

    hours: SendingHours
    tz: tzinfo
    gap: timedelta
    most_in_30_days: int
    take_every: int

    @classmethod
    def of(
        cls, person: Person, *, rules: LetterRules, closed_days: frozenset[date], tz: tzinfo
    ) -> Self:
        """Of one person, wishes and all."""
        hours = rules.hours_of(person, closed_days=closed_days)
        every = person.letter_wishes.take_every
        return cls(hours, tz, rules.gap, rules.most_in_30_days, every)

    def first(
        self, moment: datetime, *, others: tuple[datetime, ...], paced: bool = True
    ) -> datetime | None:
        """The first moment from then on; None where there is none within two years.

        Args:
            others: when this person was or will be sent others.
            paced: it keeps its distance to them; an answer need not.
        """
        latest = moment + _LOOKED_AHEAD
        while moment <= latest:
            try:
                moment = self.hours.next_opening(moment, tz=self.tz)
            except NeverOpen:
                # Long days off, or hours that hold no moment at all: look beyond them.
                moment += DAYS_AHEAD
                continue
            fits = moment
            if paced:
                fits = earliest_fit(
                    moment,
                    others=others,
                    gap=self.gap,
                    most_in_30_days=self.most_in_30_days,
                    take_every=self.take_every,
                )
            if fits == moment:
                return moment
            moment = fits
        return None

    def looks_back(self, at: datetime) -> datetime:
        """Since when letters that were sent count."""
        return at - PACE_WINDOW * max(1, self.take_every)

    def window_from(self, opens_at: datetime, *, was: timedelta) -> tuple[datetime, datetime]:
        """A window that begins there: as long as it was, or to the end of the day's hours."""
        closes = self.hours.closing_after(opens_at, tz=self.tz)
        return opens_at, closes if was <= _A_DAY else opens_at + was


class Refit(NamedTuple):
    """What becomes of one window.

    Attributes:
        fits_at: when the letter can go at the earliest; None where it falls away.
        window: the new window, half-open, aware; None where the old one still holds.
    """

    fits_at: datetime | None
    window: tuple[datetime, datetime] | None = None


def refit(
    window: tuple[datetime, datetime],
    kind: LetterKind,
    *,
    room: Room,
    at: datetime,
    others: tuple[datetime, ...],
) -> Refit:
    """A letter's window among the wishes as they are now: kept, moved later, or none."""
    opens, closes = window
    fits = room.first(max(opens, at), others=others, paced=kind is not LetterKind.REPLY)
    if fits is None:
        return Refit(None)
    if fits < closes:
        return Refit(fits)
    if kind in ALWAYS_SAID or fits - opens <= MOVED_AT_MOST:
        return Refit(fits, room.window_from(fits, was=closes - opens))
    return Refit(None)
