"""What may stand in a town file, version 1. Unknown fields are refused."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from bots.town.times import Ahead, read_day, read_hour, read_moment, read_when
from core.agencies import Role
from core.cases import CaseState, Urgency
from core.letters import LetterKind
from core.people import LanguageStyle


@dataclass(frozen=True, slots=True)
class Shape:
    """Text of one shape; `sentence` says which, to somebody who does not read patterns."""

    pattern: str
    sentence: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "pattern": f"^(?:{self.pattern})$"}

    def _check(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise PydanticCustomError("shape", "{sentence}", {"sentence": self.sentence})
        return text


def _own_kind(kind: LetterKind) -> LetterKind:
    if kind is LetterKind.ACKNOWLEDGEMENT:
        raise PydanticCustomError(
            "kind", "acknowledgements are texts, approved by name; put it under texts"
        )
    return kind


def _of_people(role: Role) -> Role:
    if role is Role.SYSTEM:
        raise PydanticCustomError("role", "system is the product's own role; nobody holds it")
    return role


_CODE = Shape(r"\S{1,64}", "must be a short code without spaces, 64 characters at most")
_ALIAS = Shape(
    r"[A-Z]{1,3}-[0-9]{1,5}", "must be capital letters, a hyphen and a number, such as A-12"
)
_LINE = Shape(r"U[0-9a-f]{32}", "must be a LINE user id: U and 32 digits of 0-9 and a-f")
_SLACK_USER = Shape(r"[UW][A-Z0-9]{2,20}", "must be a Slack member id such as U0123ABCD")
_SLACK_TEAM = Shape(r"[TE][A-Z0-9]{2,20}", "must be a Slack team id such as T0123ABCD")
_LINE_TEXT = Shape(r"[^\n\r]*\S[^\n\r]*", "must be one line of text and not empty")
_TEXT = Shape(r"[\s\S]*\S[\s\S]*", "must not be empty")

Code = Annotated[str, _CODE]
Name = Annotated[str, _LINE_TEXT]
Words = Annotated[str, _TEXT]
Day = Annotated[
    date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})
]
Hour = Annotated[
    time,
    BeforeValidator(read_hour),
    WithJsonSchema({"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(read_moment),
    WithJsonSchema({"type": "string", "examples": ["2025-04-01 10:30"]}),
]
When = Annotated[
    datetime | Ahead,
    PlainValidator(read_when),
    WithJsonSchema({"type": "string", "examples": ["2025-04-01 10:30"]}),
]


class Entry(BaseModel):
    """What every part of the file has in common."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        coerce_numbers_to_str=True,
        str_strip_whitespace=True,
        use_attribute_docstrings=True,
    )


class TownHead(Entry):
    """The town itself."""

    code: Code
    """Short name of the town in files and settings."""
    name: Name
    account_name: Name
    """The LINE account's name. It shows on lock screens: keep it neutral (G-11)."""


class RulesEntry(Entry):
    """What the town settles about letters (G-03, G-05, S2)."""

    opens: Hour = time(10, 0)
    closes: Hour = time(20, 0)
    gap_hours: int = Field(72, ge=1, le=24 * 60)
    """Least time between two letters to one person."""
    most_in_30_days: int = Field(3, ge=1, le=30)
    approval_lasts_days: int = Field(14, ge=1, le=90)
    longest: int = Field(120, ge=20, le=500)
    """Most characters of a letter."""
    lock_screen_words: tuple[Name, ...] = ()
    """Further words that must not stand on a lock screen."""


class AreaEntry(Entry):
    """A service area (圏域)."""

    code: Code
    name: Name


class AgencyEntry(Entry):
    """An organisation that helps."""

    code: Code
    name: Name
    kind: str = ""
    is_municipality: bool = False


class StaffEntry(Entry):
    """A member of staff, with the roles held and the place in Slack."""

    code: Code
    name: Name
    roles: tuple[Annotated[Role, AfterValidator(_of_people)], ...] = Field(min_length=1)
    agency: Code | None = None
    slack_team_id: Annotated[str, _SLACK_TEAM] | None = None
    slack_user_id: Annotated[str, _SLACK_USER] | None = None
    locale: Literal["ja", "en"] = "ja"
    active: bool = True


class HouseholdEntry(Entry):
    """People who live as one."""

    code: Code
    label: Name
    area: Code | None = None


class LineEntry(Entry):
    """A LINE account known from before, and what proves the permission to write to it."""

    user_id: Annotated[str, _LINE]
    given_at: Moment
    evidence: Words


class PersonEntry(Entry):
    """A person at home."""

    code: Code
    name: Name
    kana: str = ""
    household: Code | None = None
    area: Code | None = None
    birth_date: Day | None = None
    address: str = ""
    phones: tuple[Name, ...] = ()
    language_style: LanguageStyle = LanguageStyle.STANDARD
    interests: tuple[Name, ...] = ()
    do_not_mention: tuple[Name, ...] = ()
    """Words that must not stand in any letter to this person."""
    shared_device: bool = False
    is_minor: bool = False
    wakes: Hour | None = None
    """The person's own hours; `sleeps` may be the earlier one, past midnight (G-05)."""
    sleeps: Hour | None = None
    line: LineEntry | None = None


class SeatEntry(Entry):
    """Who holds which role on a case."""

    staff: Code
    role: Annotated[Role, AfterValidator(_of_people)]


class CaseEntry(Entry):
    """A case."""

    case_no: Code
    alias: Annotated[str, _ALIAS]
    """What Slack and lists show; says nothing of the person."""
    person: Code
    state: CaseState
    opened_on: Day
    household: Code | None = None
    area: Code | None = None
    lead: Code | None = None
    urgency: Urgency = Urgency.NORMAL
    seats: tuple[SeatEntry, ...] = ()


class TextEntry(Entry):
    """A text approved once by name and version: the answers to 少し休む, やめる, linking."""

    name: Code
    version: Code
    body: Words
    author: Code
    approved_by: Code
    approved_at: Moment


class LetterEntry(Entry):
    """A letter that waits for approval when the town is loaded for the first time."""

    code: Code
    case: Annotated[str, _ALIAS]
    author: Code
    body: Words
    opens_at: When
    """Day and time from which it may arrive. Shipped towns may also write `+2d 10:30`."""
    kind: Annotated[LetterKind, AfterValidator(_own_kind)] = LetterKind.CHECK_IN


class TownFile(Entry):
    """A town file, version 1."""

    version: Literal[1]
    town: TownHead
    letter_rules: RulesEntry = RulesEntry()
    areas: tuple[AreaEntry, ...] = ()
    agencies: tuple[AgencyEntry, ...] = ()
    staff: tuple[StaffEntry, ...] = ()
    households: tuple[HouseholdEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    cases: tuple[CaseEntry, ...] = ()
    texts: tuple[TextEntry, ...] = ()
    letters: tuple[LetterEntry, ...] = ()


SECTIONS: dict[str, type[Entry]] = {
    "areas": AreaEntry,
    "agencies": AgencyEntry,
    "staff": StaffEntry,
    "households": HouseholdEntry,
    "people": PersonEntry,
    "cases": CaseEntry,
    "texts": TextEntry,
    "letters": LetterEntry,
}
"""The lists of the file, each with the shape of its items."""
