"""What has to be known to judge a text: what kind it is, for whom, and what the town settled."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from core.people import LanguageStyle
from core.profiles import LetterRules
from core.wording.kinds import TextKind

VERIFIED_FOR: Final = timedelta(days=90)
# Valid everywhere in Japan, and always named with what they are for.
EMERGENCY_NUMBERS: Final = frozenset({"110", "118", "119"})


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpLine:
    """A telephone that people may be told of.

    Attributes:
        verified_on: the day on which somebody called or looked whether it still holds (§8.4).
    """

    name: str
    number: str
    hours: str = ""
    verified_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it was verified within the last 90 days."""
        return self.verified_on is not None and self.verified_on <= on <= (
            self.verified_on + VERIFIED_FOR
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterContext:
    """Everything that decides beside the words themselves.

    Attributes:
        today: local day.
        alt_text: what the lock screen shows instead; "" when the words themselves show.
        private: the person's names, address, numbers and words not to be mentioned, and the
            names of those they live with (L6).
        author: the name under which the letter is signed.
        language_style: how the person likes to be written to (G-19).
        shared_device: somebody else may see the phone (G-12).
        earlier: bodies sent or scheduled to this person within 12 months (G-04).
        leaflet_until: last day of the leaflet that goes with it; None when none does, or when
            it holds for good.
        hosts: hosts to which a letter may link.
        help_lines: those of the town.
    """

    kind: TextKind
    today: date
    rules: LetterRules = field(default_factory=LetterRules)
    alt_text: str = ""
    private: tuple[str, ...] = ()
    author: str = ""
    language_style: LanguageStyle = LanguageStyle.STANDARD
    shared_device: bool = False
    earlier: tuple[str, ...] = ()
    leaflet_until: date | None = None
    hosts: frozenset[str] = frozenset()
    help_lines: tuple[HelpLine, ...] = ()
