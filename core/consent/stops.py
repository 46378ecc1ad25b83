"""What a withdrawal stops, in the same transaction (C5, M10, R-039).

One pure question, asked with the ledger as it is after the change: of all that still waits,
what does no consent carry any more?
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.basis import Basis
from core.consent.covers import Need, PushLine, covered_by, covers
from core.consent.ledger import ConsentLine
from core.ids import LetterId, PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingShare:
    """Something about to be told, asked for or arranged: to whom, says the need."""

    id: str
    subject: PersonId
    need: Need


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingItem:
    """An agenda item that has not been held.

    Attributes:
        needs: every consent on which it stands, all of them needed.
        fits_shien: its purpose may go to a 支援会議 that the municipality has set up (R-040).
    """

    id: str
    subject: PersonId
    basis: Basis
    needs: tuple[Need, ...]
    fits_shien: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingLetter:
    """A letter that has not left."""

    id: LetterId
    subject: PersonId
    need: PushLine


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """All that waits on the ledger of one case."""

    shares: tuple[PendingShare, ...] = ()
    items: tuple[PendingItem, ...] = ()
    letters: tuple[PendingLetter, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Stops:
    """What has to stop now.

    Attributes:
        shares: never told.
        retyped: items that go on as 支援会議 items (M10); what was prepared for the other
            body does not go with them.
        dropped: items that are taken off the agenda.
        letters: never sent (S6).
    """

    shares: tuple[str, ...] = ()
    retyped: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    letters: tuple[LetterId, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether everything may go on."""
        return not (self.shares or self.retyped or self.dropped or self.letters)


def fallen_needs(
    ended: Iterable[ConsentLine], *, ledger: Iterable[ConsentLine], today: date
) -> tuple[Need, ...]:
    """What these lines covered and nothing covers any more.

    Args:
        ended: lines of one person that were given until now.
        ledger: that person's lines after the change.
    """
    after = tuple(ledger)
    return tuple(
        need
        for line in ended
        for need in covered_by(line.scope)
        if not covers(after, need, subject=line.subject, today=today)
    )


def what_must_stop(ledger: Iterable[ConsentLine], *, pending: Pending, today: date) -> Stops:
    """What no consent carries any more.

    Items of the 支援会議 stand on the law and stay (S0 第4-4(1)); any other item whose consents
    are gone becomes one where it fits, and else is dropped.

    Args:
        ledger: the lines after the change.
    """
    lines = tuple(ledger)

    def uncovered(subject: PersonId, needs: tuple[Need, ...]) -> bool:
        return not all(covers(lines, need, subject=subject, today=today) for need in needs)

    fallen = [
        item
        for item in pending.items
        if item.basis is not Basis.SHIEN and uncovered(item.subject, item.needs)
    ]
    return Stops(
        shares=tuple(s.id for s in pending.shares if uncovered(s.subject, (s.need,))),
        retyped=tuple(item.id for item in fallen if item.fits_shien),
        dropped=tuple(item.id for item in fallen if not item.fits_shien),
        letters=tuple(x.id for x in pending.letters if uncovered(x.subject, (x.need,))),
    )
