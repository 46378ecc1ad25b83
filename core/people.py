"""People at home, their households, and the LINE account that may belong to one of them."""

import enum
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from core.days import DaysOff
from core.ids import AreaId, HouseholdId, LinkId, MunicipalityId, PersonId

CODE_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH: Final = 8


class LanguageStyle(enum.StrEnum):
    """How the person likes to be written to (G-19)."""

    STANDARD = "standard"
    PLAIN = "plain"
    YASASHII_RUBY = "yasashii_ruby"


class LinkState(enum.StrEnum):
    """What we believe of a LINE account; LINE itself never confirms it."""

    UNLINKED = "UNLINKED"
    LINKED = "LINKED"
    PAUSED = "PAUSED"
    BLOCKED = "BLOCKED"
    UNLINKED_BY_PERSON = "UNLINKED_BY_PERSON"


IN_USE: Final = frozenset({LinkState.LINKED, LinkState.PAUSED})
"""Of a person's accounts one is in use at a time."""


class SafetyFlag(enum.StrEnum):
    """What whoever visits has to know beforehand."""

    VIOLENCE = "violence"
    STALKING = "stalking"
    WEAPON = "weapon"
    ANIMAL = "animal"
    INFECTION = "infection"


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """Somebody in a household.

    Attributes:
        relation: to the person of the case, such as 父.
        role: what they carry there, such as 家計.
    """

    person_id: PersonId
    relation: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Household:
    """People who live as one; each issue still belongs to a member.

    Attributes:
        members: who they are to one another; who lives there the people themselves say.
        livelihood: what they live on, such as 年金.
        public_assistance: they receive 生活保護, whose office stays central (R-011).
    """

    id: HouseholdId
    municipality_id: MunicipalityId
    code: str
    label: str
    area_id: AreaId | None = None
    members: tuple[Member, ...] = ()
    livelihood: tuple[str, ...] = ()
    public_assistance: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyPerson:
    """キーパーソン: somebody through whom a person can be reached."""

    name: str
    relation: str = ""
    reached_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SafeContact:
    """What is safe when one gets in touch.

    Attributes:
        may_know: who may know that there is contact, in the person's words.
        family_may_see: the family may see what is sent; None while nobody has asked.
        when: at which times it is safe.
    """

    may_know: tuple[str, ...] = ()
    family_may_see: bool | None = None
    when: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterWishes:
    """What the person wishes of letters; no colleague goes beyond it (G-03, G-05, G-22).

    Attributes:
        days_off: days on which no letter comes, such as the day of a death.
        any_day: Sundays, holidays and the turn of the year are days like others.
        take_every: one letter of so many, when fewer are wished for.
    """

    days_off: tuple[DaysOff, ...] = ()
    any_day: bool = False
    take_every: int = 1


NO_WISHES: Final = LetterWishes()


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A person at home. Name, contacts and notes are sealed where they are stored.

    Attributes:
        code: name of the row in the town's own files.
        shared_device: somebody else may see the phone (G-12).
        wakes, sleeps: the person's own hours, local time; None means the town's (G-05).
        do_not_mention: words that must not appear in any letter to this person.
        about_age: years, where the birth date is not known; as of the day it was written.
        sex: as the person says it; empty is as good as any word.
        languages: that the person speaks, the best first; empty means nobody asked.
        wished_at: when wishes were last told (`core.wishes`): from then on no file of the town
            puts others in their place. None while they are as the file has them.
    """

    id: PersonId
    municipality_id: MunicipalityId
    code: str
    name: str
    kana: str = ""
    household_id: HouseholdId | None = None
    area_id: AreaId | None = None
    birth_date: date | None = None
    address: str = ""
    phones: tuple[str, ...] = ()
    language_style: LanguageStyle = LanguageStyle.STANDARD
    interests: tuple[str, ...] = ()
    do_not_mention: tuple[str, ...] = ()
    shared_device: bool = False
    is_minor: bool = False
    wakes: time | None = None
    sleeps: time | None = None
    deceased_on: date | None = None
    about_age: int | None = None
    sex: str = ""
    emails: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    key_persons: tuple[KeyPerson, ...] = ()
    safe_contact: SafeContact = field(default_factory=SafeContact)
    safety_flags: frozenset[SafetyFlag] = frozenset()
    letter_wishes: LetterWishes = field(default_factory=LetterWishes)
    wished_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LineLink:
    """A LINE account, linked to a person or (person_id None) not yet.

    Attributes:
        line_user_id: LINE's id of the account, `U` and 32 hex digits; valid for one provider. ""
            once the account was let go: then LINE's id is kept no longer (DOMAIN §9).
        unconfirmed_since: since when a colleague is asked whether this is the right person; None
            where nobody needs to be asked. Until then only acknowledgements go there.
        paused_until: letters rest until then; aware UTC.
        state_since: when the person brought this state about, by LINE's clock; events that come
            late and are older change nothing.
    """

    id: LinkId
    municipality_id: MunicipalityId
    line_user_id: str
    state: LinkState
    version: int = 1
    person_id: PersonId | None = None
    linked_at: datetime | None = None
    state_since: datetime | None = None
    paused_until: datetime | None = None
    last_inbound_at: datetime | None = None
    unconfirmed_since: datetime | None = None

    def reachable(self, at: datetime) -> bool:
        """Whether a letter may go to this account now."""
        if self.state is LinkState.PAUSED:
            return self.paused_until is not None and self.paused_until <= at
        return self.state is LinkState.LINKED


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkCode:
    """A one-time code printed on paper; only its blind index is stored."""

    person_id: PersonId
    code: str = field(repr=False)
    issued_at: datetime
    expires_at: datetime


def normal_code(text: str) -> str | None:
    """The code in `text` as it is stored, or None when it cannot be one.

    People type it with spaces, hyphens, small letters or full-width characters; all are the
    same code.
    """
    wide = str.maketrans(
        {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
    )
    bare = "".join(c for c in text.translate(wide).upper() if c not in " -‐ー−–")
    if len(bare) == CODE_LENGTH and all(c in CODE_ALPHABET for c in bare):
        return bare
    return None
