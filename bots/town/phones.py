"""Whose phone is whose, for practice mode: a phone is called by the person's code."""

from dataclasses import dataclass

from core.towns import Town


@dataclass(frozen=True, kw_only=True, slots=True)
class TownPhone:
    """A phone at the other end.

    Attributes:
        name: the person's code in the town file.
        line_user_id: the LINE account known from the file; None for a person who is not linked.
        aliases: the cases of this person.
    """

    name: str
    line_user_id: str | None
    aliases: tuple[str, ...]


def town_phones(town: Town) -> tuple[TownPhone, ...]:
    """A phone for each person who is to have one, in the order of the file."""
    return tuple(
        TownPhone(
            name=person.code,
            line_user_id=person.line.user_id if person.line else None,
            aliases=tuple(case.alias for case in town.cases if case.person == person.code),
        )
        for person in town.people
        if person.phone
    )
