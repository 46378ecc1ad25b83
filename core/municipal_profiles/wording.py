"""What a town settles about the words of its letters (DOMAIN §8.4, G-11)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

VERIFIED_FOR: Final = timedelta(days=90)
# So long before its last day the doctor asks for a look.
DUE_SOON: Final = timedelta(days=14)
CODES: Final = frozenset(f"L{number}" for number in range(1, 16))
# What harms whoever is not there to object, or does not hold: no reason makes it right.
NEVER_EXCUSABLE: Final = frozenset({"L5", "L6", "L12", "L13", "L14"})


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpLine:
    """A telephone that people may be told of.

    Attributes:
        verified_on: the day on which somebody called, or looked, whether it still holds.
    """

    name: str
    number: str
    hours: str = ""
    verified_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it was verified within the last 90 days."""
        return self.verified_on is not None and (
            self.verified_on <= on <= self.verified_on + VERIFIED_FOR
        )

    @property
    def due_on(self) -> date | None:
        """The last day on which it holds; then it is looked at again. None while nobody has."""
        return None if self.verified_on is None else self.verified_on + VERIFIED_FOR

    def left(self, on: date) -> timedelta:
        """How long it holds from that day on; nothing where it does not."""
        return (self.due_on or on) - on if self.holds(on) else timedelta()


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The town's own part of the wording check.

    Attributes:
        help_lines: which a letter may name while they are verified.
        link_hosts: hosts to which a letter may link, beside the product's own.
        unsaid: further words that must not stand on a lock screen.
        excusable: codes of the check that may stand with the author's reason, once a second
            person has read it (DOMAIN §8.8). Those that only warn stand anyway.
    """

    help_lines: tuple[HelpLine, ...] = ()
    link_hosts: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    excusable: tuple[str, ...] = ()
