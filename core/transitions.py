"""Rows of a state machine, as data: from where, to where, by whom, and under which guards.

The tables of DOMAIN §3 stand in the code as tuples of these, row by row under the same id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from core.agencies import Role

S = TypeVar("S")
G = TypeVar("G")

ANY_STAFF: Final = frozenset(Role) - {Role.SYSTEM, Role.AUDITOR, Role.PRIVACY_OFFICER}
# Whoever may record what a person agreed to or took back (DOMAIN §3.7).
RECORDERS: Final = frozenset(
    {
        Role.OUTREACH_WORKER,
        Role.CASE_LEAD,
        Role.PARTICIPATION_WORKER,
        Role.INTAKE_WORKER,
        Role.COORDINATOR,
        Role.MESSAGE_APPROVER,
        Role.MUNICIPAL_OFFICER,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row(Generic[S, G]):
    """One row of a table of transitions.

    Attributes:
        id: the row's id in the domain paper, such as `O5`.
        sources: the stages from which it starts; empty where it makes a new record.
        who: the roles that may take it.
        guards: functions that refuse by raising; all of them have to pass.
    """

    id: str
    sources: frozenset[S]
    to: S
    who: frozenset[Role]
    guards: tuple[G, ...] = ()


def steps_from(table: Iterable[Row[S, G]], state: S) -> tuple[Row[S, G], ...]:
    """The rows that start at `state`: what is allowed there."""
    return tuple(row for row in table if state in row.sources)


def named(rows: Iterable[Row[S, G]]) -> str:
    """Rows as a fact of a refusal: `O9 CLOSING_REVIEW, O13 INTERRUPTION_REVIEW`."""
    return ", ".join(f"{row.id} {row.to}" for row in rows)
