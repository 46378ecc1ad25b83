"""A plan: for each letter of a pack its window, or why there is none (G-03, G-04, G-05, G-21)."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from core.cadence.calendar import Nominal, nominal_days
from core.cadence.chance import chance
from core.cadence.packs import LetterPack
from core.days import NeverOpen, SendingHours, local_day
from core.pace import earliest_fit

# On so many days after its own a letter may still come, Sundays and holidays not counted: held,
# read again, and then it goes after all.
GRACE_DAYS: Final = 3
# Letters go early in the hours, so that an answer meets somebody (G-05).
_EARLY: Final = timedelta(hours=3)
_EXACT: Final = timedelta(minutes=5)
_ONE_DAY: Final = timedelta(days=1)


class Part(enum.StrEnum):
    """What a letter is within its series. The end is told one letter ahead (G-21)."""

    ONE_OF_MANY = "ONE_OF_MANY"
    PRE_LAST = "PRE_LAST"
    LAST = "LAST"


class Untaken(enum.StrEnum):
    """Why a letter of a pack does not go. None of them is ever made up for."""

    BIRTHDAY_INSTEAD = "BIRTHDAY_INSTEAD"
    LESS_OFTEN = "LESS_OFTEN"
    PAST = "PAST"
    RESTING = "RESTING"
    DAYS_OFF = "DAYS_OFF"
    CLOSED_DAYS = "CLOSED_DAYS"
    TOO_NEAR = "TOO_NEAR"
    # What a running series adds (core.series).
    NO_WORDS = "NO_WORDS"
    BY_STAFF = "BY_STAFF"
    SERIES_STOPPED = "SERIES_STOPPED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rest:
    """A time in which the person wants no letters; half-open, `until` None leaves it open."""

    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        """Whether letters rest at this moment."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What a plan has to keep to.

    Attributes:
        hours: when a letter may reach this person, with holidays and the person's days off.
        gap, most_in_30_days: over all senders (G-03).
        others: when other letters were or will be sent to this person.
        rests: past and to come.
        take_every: one letter of so many, and all distances so many times longer; the person's
            own choice, which always caps.
    """

    hours: SendingHours
    gap: timedelta
    most_in_30_days: int
    others: tuple[datetime, ...] = ()
    rests: tuple[Rest, ...] = ()
    take_every: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """One letter of the plan.

    Attributes:
        day: the day that the pack means.
        opens_at, closes_at: its window, half-open, aware (zone of the plan); both None where it
            does not go.
        untaken: why it does not.
    """

    key: str
    day: date
    birthday: bool = False
    part: Part = Part.ONE_OF_MANY
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    untaken: Untaken | None = None

    @property
    def taken(self) -> bool:
        """Whether it goes."""
        return self.opens_at is not None


def plan_letters(
    pack: LetterPack,
    *,
    anchored_on: date,
    seed: str,
    at: datetime,
    tz: tzinfo,
    bounds: Bounds,
    birth_date: date | None = None,
) -> tuple[Planned, ...]:
    """Every letter of the pack in the order of its days, taken or not.

    The same arguments give the same plan. Birthdays find their place first, the others keep
    their distance from them.

    Args:
        seed: whose series it is; it decides how days and minutes vary.
        at: now; what is over by then is not made up for.
    """
    days = nominal_days(pack, anchored_on=anchored_on, birth_date=birth_date)
    seldom = _left_out(days, take_every=bounds.take_every)
    placing = _Placing(seed=seed, at=at, tz=tz, bounds=bounds, taken=[])
    found: dict[str, Planned] = {}
    for step in sorted(days, key=lambda one: (not one.birthday, one.day, one.key)):
        why = Untaken.BIRTHDAY_INSTEAD if step.replaced else None
        why = why or (Untaken.LESS_OFTEN if step.key in seldom else None)
        if why is not None:
            found[step.key] = _untaken(step, why)
        else:
            room = _room(
                step, days, anchored_on=anchored_on, jitter=pack.jitter_days, gap=bounds.gap
            )
            found[step.key] = placing.place(step, room)
    return with_ends([found[step.key] for step in days])


def with_ends(steps: Sequence[Planned]) -> tuple[Planned, ...]:
    """The steps in the order in which they open; the last that goes is the LAST, and the one
    before it tells of it (G-21)."""
    ordered = sorted(steps, key=_when)
    ends = [step.key for step in ordered if step.taken][-2:]
    parts = dict(zip(reversed(ends), (Part.LAST, Part.PRE_LAST), strict=False))
    return tuple(replace(step, part=parts.get(step.key, Part.ONE_OF_MANY)) for step in ordered)


def _when(step: Planned) -> tuple[date, float]:
    if step.opens_at is None:
        return step.day, 0.0
    return step.opens_at.date(), step.opens_at.timestamp()


def _untaken(step: Nominal, why: Untaken) -> Planned:
    return Planned(key=step.key, day=step.day, birthday=step.birthday, untaken=why)


def _left_out(days: Iterable[Nominal], *, take_every: int) -> frozenset[str]:
    """The steps that a slower pace leaves out, counted from the end, so that the last one stays."""
    regular = [step.key for step in days if not step.replaced]
    return frozenset(
        key for place, key in enumerate(reversed(regular)) if place % max(1, take_every)
    )


def _room(
    step: Nominal, days: Sequence[Nominal], *, anchored_on: date, jitter: int, gap: timedelta
) -> timedelta:
    """How far a letter may lie from its day: never so far that two could come too near to one
    another, nor on or before the anchor."""
    if step.birthday:
        return timedelta()
    near = [
        abs(other.day - step.day) for other in days if other.key != step.key and not other.replaced
    ]
    apart = min(near, default=timedelta(days=366))
    least = -(-gap // _ONE_DAY)
    within = (apart.days - least) // 2
    since_anchor = (step.day - anchored_on).days - 1
    return timedelta(days=max(0, min(jitter, within, since_anchor)))


@dataclass(kw_only=True, slots=True)
class _Placing:
    """Finds windows one after another; what has been placed keeps later ones at a distance."""

    seed: str
    at: datetime
    tz: tzinfo
    bounds: Bounds
    taken: list[datetime]

    def place(self, step: Nominal, room: timedelta) -> Planned:
        last_day = step.day if step.birthday else self._last_day(step.day + room)
        if step.day + room < local_day(self.at, tz=self.tz):
            return _untaken(step, Untaken.PAST)
        preferred = self._open_before(step) if step.birthday else self._preferred(step, room)
        closes = self._end_of(last_day)
        found: datetime | Untaken = Untaken.RESTING
        if not self._rests(preferred):
            found = self._fitting(max(preferred, self.at), before=closes, key=step.key)
        if isinstance(found, datetime) and self._rests(found):
            found = Untaken.RESTING
        if isinstance(found, Untaken):
            return _untaken(step, found)
        self.taken.append(found)
        return Planned(
            key=step.key,
            day=step.day,
            birthday=step.birthday,
            opens_at=found,
            closes_at=self._closing(found, at_latest=closes),
        )

    def _last_day(self, day: date) -> date:
        left = GRACE_DAYS
        while left:
            day += _ONE_DAY
            left -= not self.bounds.hours.shut(day)
        return day

    def _rests(self, moment: datetime) -> bool:
        return any(rest.covers(moment) for rest in self.bounds.rests)

    def _open_before(self, step: Nominal) -> datetime:
        """The birthday itself, or an open day shortly before it: good wishes do not come late."""
        days = [
            self._on(step.day - timedelta(days=back), step.key) for back in range(GRACE_DAYS + 1)
        ]
        return next((day for day in days if self.bounds.hours.allow(day, tz=self.tz)), days[0])

    def _preferred(self, step: Nominal, room: timedelta) -> datetime:
        width = 2 * room.days + 1
        ahead = timedelta(days=chance(self.seed, step.key, "day", width=width))
        return self._on(step.day - room + ahead, step.key)

    def _on(self, day: date, key: str) -> datetime:
        opening = datetime.combine(day, self.bounds.hours.opens, tzinfo=self.tz)
        return opening + self._minutes(key)

    def _minutes(self, key: str) -> timedelta:
        """Some minutes after the opening; always the same for one step."""
        width = min(_EARLY, _open_for(self.bounds.hours) / 2) // _EXACT
        return chance(self.seed, key, "minute", width=width) * _EXACT

    def _closing(self, opens_at: datetime, *, at_latest: datetime) -> datetime:
        """When the window closes: in time, and before a day off on which a late one might come."""
        day = local_day(opens_at, tz=self.tz) + _ONE_DAY
        while (midnight := datetime.combine(day, time(), tzinfo=self.tz)) < at_latest:
            if self.bounds.hours.wants_none(day):
                return midnight
            day += _ONE_DAY
        return at_latest

    def _end_of(self, day: date) -> datetime:
        """The end of the hours that open on `day`."""
        hours = self.bounds.hours
        if hours.opens > hours.closes:
            day += _ONE_DAY
        return datetime.combine(day, hours.closes, tzinfo=self.tz)

    def _fitting(self, moment: datetime, *, before: datetime, key: str) -> datetime | Untaken:
        """The first moment that is allowed and keeps its distance, or what stands in the way."""
        others = (*self.bounds.others, *self.taken)
        while moment < before:
            opening = self._open_from(moment, key)
            if opening is None or opening >= before:
                return self._shut(local_day(moment, tz=self.tz), local_day(before, tz=self.tz))
            fits = earliest_fit(
                opening,
                others=others,
                gap=self.bounds.gap,
                most_in_30_days=self.bounds.most_in_30_days,
                take_every=self.bounds.take_every,
            )
            if fits == opening:
                return opening
            moment = fits.astimezone(self.tz)
        return Untaken.TOO_NEAR

    def _open_from(self, moment: datetime, key: str) -> datetime | None:
        hours = self.bounds.hours
        if hours.allow(moment, tz=self.tz):
            return moment
        try:
            opening = hours.next_opening(moment, tz=self.tz)
        except NeverOpen:
            return None
        varied = opening + self._minutes(key)
        return varied if hours.allow(varied, tz=self.tz) else opening

    def _shut(self, first: date, last: date) -> Untaken:
        """Of days without an open hour: whether it was the person who wanted none."""
        wanted = self.bounds.hours
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return Untaken.DAYS_OFF if any(map(wanted.wants_none, days)) else Untaken.CLOSED_DAYS


def _open_for(hours: SendingHours) -> timedelta:
    """How long the hours of one day are."""
    opens, closes = (timedelta(hours=t.hour, minutes=t.minute) for t in (hours.opens, hours.closes))
    return closes - opens if closes > opens else closes - opens + _ONE_DAY
