"""What has to be known to judge a text: what kind it is, for whom, and what the town settled."""

from dataclasses import dataclass, field
from datetime import date

from core.municipal_profiles.wording import HelpLine
from core.people import LanguageStyle
from core.profiles import LetterRules
from core.wording.kinds import TextKind


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
        unsaid: further words that must not stand on a lock screen.
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
    unsaid: tuple[str, ...] = ()
