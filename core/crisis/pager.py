"""What calls people in one town: the reader of words, and what the town settled."""

from dataclasses import dataclass, field
from datetime import timedelta

from core.crisis.reading import CrisisReader
from core.municipal_profiles.crisis import CrisisRules
from core.municipal_profiles.wording import HelpLine


@dataclass(frozen=True, kw_only=True)
class Pager:
    """Given to whoever keeps a person's words; there is no keeping without listening.

    Attributes:
        help_lines: those of the town; named to a person only while they are verified.
    """

    reader: CrisisReader
    rules: CrisisRules = field(default_factory=CrisisRules)
    help_lines: tuple[HelpLine, ...] = ()

    @property
    def wait(self) -> timedelta:
        """After so long a call that nobody took is passed on."""
        return self.rules.wait
