"""What one part of the file says of another: codes that must exist, and stand once."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from bots.town.problems import Found, Path
from bots.town.sentences import closest

UNIQUE: Final = (
    ("areas", ("code",)),
    ("agencies", ("code",)),
    ("staff", ("code",)),
    ("staff", ("slack_team_id", "slack_user_id")),
    ("households", ("code",)),
    ("people", ("code",)),
    ("people", ("line", "user_id")),
    ("cases", ("case_no",)),
    ("cases", ("alias",)),
    ("providers", ("agency", "programme")),
    ("places", ("code",)),
    ("leaflets", ("code",)),
    ("texts", ("name",)),
    ("letters", ("code",)),
    ("sittings", ("code",)),
    ("shifts", ("code",)),
)
_NESTED: Final = {("line", "user_id")}
REFERENCES: Final = (
    ("staff", "agency", "agencies"),
    ("households", "area", "areas"),
    ("people", "household", "households"),
    ("people", "area", "areas"),
    ("cases", "person", "people"),
    ("cases", "household", "households"),
    ("cases", "area", "areas"),
    ("cases", "lead", "staff"),
    ("providers", "agency", "agencies"),
    ("providers", "outsourced_to", "agencies"),
    ("places", "host", "agencies"),
    ("leaflets", "place", "places"),
    ("leaflets", "author", "staff"),
    ("leaflets", "approved_by", "staff"),
    ("texts", "author", "staff"),
    ("texts", "approved_by", "staff"),
    ("letters", "case", "cases"),
    ("letters", "author", "staff"),
    ("sittings", "requested_by", "staff"),
    ("shifts", "staff", "staff"),
)
LISTED: Final = (
    ("agencies", "areas", "areas"),
    ("leaflets", "areas", "areas"),
    ("sittings", "cases", "cases"),
)
# (list, list inside, field, where it leads)
NESTED_REFERENCES: Final = (
    ("cases", "seats", "staff", "staff"),
    ("households", "members", "person", "people"),
    ("people", "care", "cleared", "staff"),
)
_ONE: Final = {
    "agencies": "agency",
    "areas": "area",
    "households": "household",
    "people": "person",
    "staff": "member of staff",
    "cases": "case",
    "places": "place",
}


def crossing(raw: dict[str, Any]) -> Iterator[Found]:
    """Everything that stands twice, and every code that leads nowhere.

    It reads the file's plain values, so that a part with other faults does not make further ones
    appear elsewhere.
    """
    for section, fields in UNIQUE:
        yield from _twice(raw, section, fields)
    for section, field, target in REFERENCES:
        for place, item in items(raw, section):
            yield from _leads(raw, item.get(field), (section, place, field), target)
    for section, inner, field, target in NESTED_REFERENCES:
        for place, item in items(raw, section):
            for inner_place, one in items(item, inner):
                named = one.get(field)
                for code in named if isinstance(named, list) else [named]:
                    path = (section, place, inner, inner_place, field)
                    yield from _leads(raw, code, path, target)
    for section, field, target in LISTED:
        for place, item in items(raw, section):
            named = item.get(field)
            for code in named if isinstance(named, list) else ():
                yield from _leads(raw, code, (section, place, field), target)
    yield from _in_two_households(raw)


def _in_two_households(raw: dict[str, Any]) -> Iterator[Found]:
    """Members who say themselves that they live elsewhere, or nowhere."""
    lives = {
        str(person.get("code")).strip(): str(person.get("household") or "").strip()
        for _, person in items(raw, "people")
    }
    for place, household in items(raw, "households"):
        code = str(household.get("code")).strip()
        for member_place, member in items(household, "members"):
            person = str(member.get("person")).strip()
            if person in lives and lives[person] != code:
                where = f'lives in "{lives[person]}"' if lives[person] else "has no household"
                yield Found(
                    ("households", place, "members", member_place, "person"),
                    f'"{person}" {where} by its own entry; write household: {code} there',
                )


def items(holder: dict[str, Any], section: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The items of a list that have fields at all, with their places."""
    listed = holder.get(section)
    if isinstance(listed, list):
        yield from ((place, item) for place, item in enumerate(listed) if isinstance(item, dict))


def _twice(raw: dict[str, Any], section: str, fields: tuple[str, ...]) -> Iterator[Found]:
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, item in items(raw, section):
        key = _key(item, fields)
        if key is not None:
            places[key].append(place)
    for key, found in places.items():
        for place in found[1:]:
            path: Path = (section, place, *(fields if fields in _NESTED else fields[-1:]))
            where = f"{section}.{found[0]}"
            if fields in _NESTED:
                sentence = f"two people cannot have the same LINE account ({where} has it, too)"
            else:
                sentence = f'"{" ".join(key)}" is there already ({where})'
            yield Found(path, sentence)


def _key(item: dict[str, Any], fields: tuple[str, ...]) -> tuple[str, ...] | None:
    if fields in _NESTED:
        inner = item.get(fields[0])
        return _key(inner, fields[1:]) if isinstance(inner, dict) else None
    values = [item.get(field) for field in fields]
    known = [str(value).strip() for value in values if isinstance(value, str | int)]
    return tuple(known) if len(known) == len(fields) else None


def _leads(raw: dict[str, Any], code: object, path: Path, target: str) -> Iterator[Found]:
    if not isinstance(code, str | int):
        return
    name = "alias" if target == "cases" else "code"
    known = {str(item[name]).strip() for _, item in items(raw, target) if name in item}
    if str(code).strip() not in known:
        guess = closest(str(code), known)
        yield Found(path, f'there is no {_ONE[target]} "{code}" in this file{guess}')
