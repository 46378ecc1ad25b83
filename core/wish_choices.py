"""What a person chooses on their own page, one tap at a time: each choice is a change of wishes.

It is undone by choosing as before (G-03, G-05, G-19).
"""

import enum
from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from core.errors import CaseworkError
from core.people import LanguageStyle, Person
from core.wishes import Wishes

RAREST: Final = 4
TOPIC_LONGEST: Final = 20
MOST_TOPICS: Final = 20


class TopicUnfit(CaseworkError):
    """A topic is a few words, and there are not too many of them. Facts: `longest`, `most`."""

    rule = "R-026"


class PaceUnfit(CaseworkError):
    """Every letter, or one of so many. Facts: `most`."""

    rule = "G-03"


class TimeOfDay(enum.StrEnum):
    """When letters may come; TOWN leaves it to the town's hours."""

    TOWN = "town"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


HOURS: Final[dict[TimeOfDay, tuple[time | None, time | None]]] = {
    TimeOfDay.TOWN: (None, None),
    TimeOfDay.MORNING: (time(8), time(12)),
    TimeOfDay.AFTERNOON: (time(12), time(17)),
    TimeOfDay.EVENING: (time(17), time(21)),
    TimeOfDay.NIGHT: (time(21), time(2)),
}
"""Local time, from and until; past midnight where the second is the smaller one."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One letter of so many; 1 is every one."""

    letters: int


@dataclass(frozen=True, slots=True)
class At:
    """Letters come at this time of day."""

    time_of_day: TimeOfDay


@dataclass(frozen=True, slots=True)
class AnyDay:
    """Whether Sundays, holidays and the turn of the year are days like others."""

    yes: bool


@dataclass(frozen=True, slots=True)
class InWords:
    """In which words letters are written."""

    style: LanguageStyle


@dataclass(frozen=True, slots=True)
class Likes:
    """A topic that the person likes to read about, or does not like any more."""

    topic: str
    still: bool


Wish = OneOf | At | AnyDay | InWords | Likes


def chosen(wishes: Wishes, wish: Wish) -> Wishes:
    """All the wishes, with this one.

    Raises:
        PaceUnfit, TopicUnfit.
    """
    match wish:
        case OneOf(letters=letters):
            if not 1 <= letters <= RAREST:
                raise PaceUnfit(most=str(RAREST))
            return replace(wishes, letters=replace(wishes.letters, take_every=letters))
        case At(time_of_day=at):
            wakes, sleeps = HOURS[at]
            return replace(wishes, wakes=wakes, sleeps=sleeps)
        case AnyDay(yes=yes):
            return replace(wishes, letters=replace(wishes.letters, any_day=yes))
        case InWords(style=style):
            return replace(wishes, style=style)
        case Likes(topic=topic, still=still):
            topics = _topics(wishes.interests, topic.strip(), still=still)
            return replace(wishes, interests=topics)


def hours_of(person: Person) -> TimeOfDay | None:
    """Which of the times of day the person's hours are; None for hours of their own."""
    hours = (person.wakes, person.sleeps)
    return next((at for at, kept in HOURS.items() if kept == hours), None)


def _topics(had: tuple[str, ...], topic: str, *, still: bool) -> tuple[str, ...]:
    if not still:
        return tuple(one for one in had if one != topic)
    if topic in had:
        return had
    if not topic or len(topic) > TOPIC_LONGEST or len(had) >= MOST_TOPICS or "\n" in topic:
        raise TopicUnfit(longest=str(TOPIC_LONGEST), most=str(MOST_TOPICS))
    return (*had, topic)
