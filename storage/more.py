"""Fields that records were given with the case core, kept beside the older columns.

One sealed column `more` in each of the older tables holds them. It may be empty: a row written
before that says nothing of them, and the record has its defaults.
"""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from core.agencies import ContactWindow, StaffPledge
from core.fields import Field
from core.ids import AreaId
from core.people import KeyPerson, LetterWishes, Member, SafeContact, SafetyFlag


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyMore:
    """Of an agency."""

    fields: frozenset[Field] = frozenset()
    area_ids: frozenset[AreaId] = frozenset()
    window: ContactWindow = field(default_factory=ContactWindow)
    is_contractor: bool = False
    contract_since: date | None = None
    contract_until: date | None = None
    secrecy_basis: str = ""
    takes_emergencies: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffMore:
    """Of a member of staff."""

    qualifications: tuple[str, ...] = ()
    pledge: StaffPledge | None = None
    tax_officer: bool = False
    on_call: bool = False
    novice: bool = False
    approves_own: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseholdMore:
    """Of a household."""

    members: tuple[Member, ...] = ()
    livelihood: tuple[str, ...] = ()
    public_assistance: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonMore:
    """Of a person."""

    about_age: int | None = None
    sex: str = ""
    emails: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    key_persons: tuple[KeyPerson, ...] = ()
    safe_contact: SafeContact = field(default_factory=SafeContact)
    safety_flags: frozenset[SafetyFlag] = frozenset()
    letter_wishes: LetterWishes = field(default_factory=LetterWishes)
    wished_at: datetime | None = None


def more_of(record: Any, more: type[Any]) -> Any:
    """These fields of a record; None where it has nothing but defaults."""
    found = more(**{f.name: getattr(record, f.name) for f in fields(more)})
    return None if found == more() else found


def given_by(more: Any) -> dict[str, Any]:
    """The fields to build a record with; none where nothing was kept."""
    return {} if more is None else {f.name: getattr(more, f.name) for f in fields(more)}
