"""Rows of a chapter, and the words that all chapters share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from bots.i18n.catalogue import day, moment, word
from bots.i18n.names import LAWS_OWN, Names
from core.access import Manner
from core.agencies import Agency
from core.consent.scopes import TAX_DERIVED
from core.disclosure import SharedPart
from core.fields import Field
from core.ids import AgencyId
from core.municipal_profiles.crisis import Route
from core.story import CaseStory

# Readers of one part see no heading of what is not told to them.
WHOLE: Final = frozenset({Manner.FULL, Manner.WITH_REASON})
SOMEBODY_ELSE: Final = "ほかの方"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One record of a chapter.

    Attributes:
        chip: the state, in a word; `tone` is `open`, `look` (somebody should) or `still`.
        facts: label and text.
        words: paragraphs of their own.
        links: what it is called, and where it leads.
    """

    title: str
    chip: str = ""
    tone: str = "still"
    when: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A heading with its rows.

    Attributes:
        empty: what stands there while there is nothing, and why that is fine; "" leaves the
            whole chapter out.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    empty: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Says dates, people and organisations of one story in the reader's words.

    Attributes:
        routes: whom the town calls about violence and abuse.
    """

    story: CaseStory
    at: datetime
    tz: tzinfo
    names: Names = LAWS_OWN
    routes: tuple[Route, ...] = ()

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.astimezone(self.tz).date()

    def day(self, on: date | None) -> str:
        """A local day; with the year where it is another."""
        if on is None:
            return ""
        return day(on) if on.year == self.today.year else f"{on.year}年{day(on)}"

    def moment(self, at: datetime | None) -> str:
        """A moment; with the year where it is another."""
        if at is None:
            return ""
        said = moment(at, tz=self.tz)
        year = at.astimezone(self.tz).year
        return said if year == self.today.year else f"{year}年{said}"

    def colleague(self, staff_id: str | None) -> str:
        """A member of staff."""
        name = self.story.names.get(staff_id, "") if staff_id else ""
        return f"{name}さん" if name else ""

    def agency(self, agency_id: str | None) -> str:
        """An organisation."""
        found: Agency | None = self.story.agencies.get(AgencyId(agency_id)) if agency_id else None
        return "" if found is None else found.name

    def person(self, person_id: str | None) -> str:
        """Somebody of the household."""
        for one in (self.story.person, *self.story.members):
            if one.id == person_id and one.name:
                return f"{one.name}さん"
        return SOMEBODY_ELSE if person_id else ""


def facts(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Those of them that say something."""
    return tuple((label, said) for label, said in pairs if said)


def topics_text(topics: Iterable[str]) -> str:
    """Topics of a consent or a question: field codes in words, the town's own words as they are."""
    known = {field.value: word(field) for field in Field}
    known[TAX_DERIVED] = word(SharedPart.TAX_DERIVED)
    return listed(known.get(one, one) for one in sorted(topics))


def listed(parts: Iterable[str]) -> str:
    """Several things in one line."""
    return "、".join(part for part in parts if part)
