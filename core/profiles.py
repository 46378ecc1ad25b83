"""A municipality's own numbers and names."""

import enum
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from core.days import SendingHours
from core.errors import CaseworkError
from core.ids import MunicipalityId, StaffId
from core.people import NO_WISHES, LanguageStyle, LetterWishes, Person
from core.wording.kinds import TextKind


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterRules:
    """What a municipality settles about letters. Defaults are the domain paper's (G-03, G-05, S2).

    Attributes:
        gap: least time between two letters to one person, over all senders.
        most_in_30_days: most letters to one person within 30 days.
        approval_lasts: an approval older than this has run out.
        longest: most characters (code points) of a letter's words.
        self_approval: colleagues whom the town marked so may approve their own letters, with a
            reason each time; off unless the town turns it on (`core.approvals`).
        writes_to_minors: the municipality has settled how minors are written to, with their
            guardians and child protection (G-24); until then nobody writes to them.
        rests_on_saturdays: no letters on Saturdays either (G-05).
    """

    opens: time = time(10, 0)
    closes: time = time(20, 0)
    gap: timedelta = timedelta(hours=72)
    most_in_30_days: int = 3
    approval_lasts: timedelta = timedelta(days=14)
    longest: int = 120
    lock_screen_words: tuple[str, ...] = ()
    writes_to_minors: bool = False
    rests_on_saturdays: bool = False
    self_approval: bool = False

    def hours(
        self,
        *,
        wakes: time | None,
        sleeps: time | None,
        closed_days: frozenset[date],
        wishes: LetterWishes = NO_WISHES,
    ) -> SendingHours:
        """The hours in which a letter may reach a person; the own rhythm wins (G-05)."""
        return SendingHours(
            opens=wakes or self.opens,
            closes=sleeps or self.closes,
            closed_days=closed_days,
            rests_on_sundays=not wishes.any_day,
            rests_on_saturdays=self.rests_on_saturdays,
            days_off=wishes.days_off,
        )

    def hours_of(self, person: Person, *, closed_days: frozenset[date]) -> SendingHours:
        """The hours in which a letter may reach this person, wishes and all."""
        return self.hours(
            wakes=person.wakes,
            sleeps=person.sleeps,
            closed_days=closed_days,
            wishes=person.letter_wishes,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipality:
    """A town: the owner of every row.

    Attributes:
        code: the town's name in files and settings.
        account_name: how the LINE account is called; neutral, it shows on lock screens (G-11).
        pushes_stopped: the kill switch; no letter leaves while it is on.
    """

    id: MunicipalityId
    code: str
    name: str
    account_name: str
    letters: LetterRules = field(default_factory=LetterRules)
    pushes_stopped: bool = False


class StandingTextChanged(CaseworkError):
    """Approved words change only under a new version. Facts: `name`, `version`."""

    rule = "G-06"


class TextUse(enum.StrEnum):
    """What a standing text is approved for.

    An acknowledgement is sent as it is when the person presses a button. An answer is chosen by
    a colleague as the words of a reply, and still goes out as a letter. A template has fields
    and becomes a letter's words by being filled in. The crisis text is sent by itself while
    nobody reads, when a person's words call for people (DOMAIN §8.3).
    """

    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    ANSWER = "ANSWER"
    TEMPLATE = "TEMPLATE"
    CRISIS = "CRISIS"


READ_AS: Final = {
    TextUse.ACKNOWLEDGEMENT: TextKind.ACKNOWLEDGEMENT,
    TextUse.ANSWER: TextKind.REPLY,
    TextUse.TEMPLATE: TextKind.CHECK_IN,
    TextUse.CRISIS: TextKind.CRISIS,
}
"""As what kind the wording check reads a text that does not say its own."""
NEEDED_TEXTS: Final = ("letters", "linked", "rest", "stop", "waiting")
"""The acknowledgements that a town needs: after linking, of the buttons おたより, 少し休む and
やめる, and that something lies on the person's own page to be read."""
PAGE_TEXT: Final = "letters"
"""The neutral text that brings the link to the person's own page, when おたより is pressed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingText:
    """A text of the town, approved by name and version by a second person (G-06, INTERFACES §6).

    Attributes:
        name: `rest`, `stop`, `linked`, `letters` for acknowledgements; the town's own choice
            otherwise.
        approved_by: not the author.
        title: how colleagues find it in a list; "" where the name says enough.
        kind, style: of a template, and of nothing else: for which letters, for whom.
    """

    municipality_id: MunicipalityId
    name: str
    version: str
    body: str
    author_id: StaffId
    approved_by: StaffId
    approved_at: datetime
    use: TextUse = TextUse.ACKNOWLEDGEMENT
    title: str = ""
    kind: TextKind | None = None
    style: LanguageStyle | None = None

    @property
    def known_as(self) -> str:
        """Name and version, as a letter remembers where its words come from."""
        return f"{self.name}/{self.version}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelRest:
    """LINE takes nothing from us for now: why, and when we ask again."""

    cause: str
    detail: str
    until: datetime
