"""The parts of a file that are well formed, whatever is wrong with the others."""

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from bots.town.crossing import items
from bots.town.entry import Entry
from bots.town.history import SittingEntry
from bots.town.leaflet_entry import LeafletEntry
from bots.town.schema import (
    CaseEntry,
    LetterEntry,
    PersonEntry,
    RulesEntry,
    StaffEntry,
    TownHead,
)
from bots.town.shift_entry import ShiftEntry
from bots.town.text_entries import TextEntry

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """Well-formed items by their places in the file's lists, so that rules can be asked of them."""

    head: TownHead | None
    rules: RulesEntry
    staff: dict[int, StaffEntry]
    people: dict[int, PersonEntry]
    cases: dict[int, CaseEntry]
    texts: dict[int, TextEntry]
    letters: dict[int, LetterEntry]
    sittings: dict[int, SittingEntry]
    leaflets: dict[int, LeafletEntry]
    shifts: dict[int, ShiftEntry]

    def member(self, code: str | None) -> StaffEntry | None:
        """The member of staff with this code."""
        return next((one for one in self.staff.values() if one.code == code), None)

    def case(self, alias: str) -> CaseEntry | None:
        """The case with this alias."""
        return next((one for one in self.cases.values() if one.alias == alias), None)

    def person(self, code: str) -> PersonEntry | None:
        """The person with this code."""
        return next((one for one in self.people.values() if one.code == code), None)


def parts_of(raw: dict[str, Any]) -> Parts:
    """Whatever of these plain values is well formed."""
    return Parts(
        head=_one(raw.get("town"), TownHead),
        rules=_one(raw.get("letter_rules", {}), RulesEntry) or RulesEntry(),
        staff=_each(raw, "staff", StaffEntry),
        people=_each(raw, "people", PersonEntry),
        cases=_each(raw, "cases", CaseEntry),
        texts=_each(raw, "texts", TextEntry),
        letters=_each(raw, "letters", LetterEntry),
        sittings=_each(raw, "sittings", SittingEntry),
        leaflets=_each(raw, "leaflets", LeafletEntry),
        shifts=_each(raw, "shifts", ShiftEntry),
    )


def _one(value: object, shape: type[E]) -> E | None:
    try:
        return shape.model_validate(value)
    except ValidationError:
        return None


def _each(raw: dict[str, Any], section: str, shape: type[E]) -> dict[int, E]:
    read = ((place, _one(item, shape)) for place, item in items(raw, section))
    return {place: one for place, one in read if one is not None}
