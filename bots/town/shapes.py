"""Text, days and hours of a town file: the shapes of single values."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from bots.town.times import (
    Ahead,
    DaysOn,
    read_day,
    read_hour,
    read_moment,
    read_until,
    read_when,
)
from core.agencies import Role
from core.letters import LetterKind
from core.programmes import PLANNING, Programme


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


def own_kind(kind: LetterKind) -> LetterKind:
    """Refuse the kinds that are not written letter by letter."""
    if kind is LetterKind.ACKNOWLEDGEMENT:
        raise PydanticCustomError(
            "kind", "acknowledgements are texts, approved by name; put it under texts"
        )
    if kind is LetterKind.NOTICE:
        raise PydanticCustomError(
            "kind", "a notice to many is written on the town's desk, in a disaster (R-087)"
        )
    return kind


def of_cases(programme: Programme) -> Programme:
    """Refuse what no case is a course of."""
    if programme not in PLANNING:
        raise PydanticCustomError(
            "programme", "a case uses outreach, participation or multi_agency"
        )
    return programme


def of_people(role: Role) -> Role:
    """Refuse the role that nobody holds."""
    if role is Role.SYSTEM:
        raise PydanticCustomError("role", "system is the product's own role; nobody holds it")
    return role


CODE = Shape(r"\S{1,64}", "must be a short code without spaces, 64 characters at most")
ALIAS = Shape(
    r"[A-Z]{1,3}-[0-9]{1,5}", "must be capital letters, a hyphen and a number, such as A-12"
)
LINE = Shape(r"U[0-9a-f]{32}", "must be a LINE user id: U and 32 digits of 0-9 and a-f")
SLACK_USER = Shape(r"[UW][A-Z0-9]{2,20}", "must be a Slack member id such as U0123ABCD")
SLACK_TEAM = Shape(r"[TE][A-Z0-9]{2,20}", "must be a Slack team id such as T0123ABCD")
LINE_TEXT = Shape(r"[^\n\r]*\S[^\n\r]*", "must be one line of text and not empty")
TEXT = Shape(r"[\s\S]*\S[\s\S]*", "must not be empty")

Code = Annotated[str, CODE]
Name = Annotated[str, LINE_TEXT]
Words = Annotated[str, TEXT]
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
Until = Annotated[
    date | DaysOn,
    PlainValidator(read_until),
    WithJsonSchema({"type": "string", "examples": ["2025-12-28"]}),
]

Alias = Annotated[str, ALIAS]
LineUser = Annotated[str, LINE]
SlackUser = Annotated[str, SLACK_USER]
SlackTeam = Annotated[str, SLACK_TEAM]
