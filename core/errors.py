"""The family name of every refusal."""

from typing import ClassVar


class CaseworkError(Exception):
    """A refusal: the rule that forbids, and the facts a reader needs to go on.

    A subclass stands beside the rule it speaks for. Its class name is the key under which the
    fronts find the plain sentence and the next step allowed (bots/i18n); `facts` fill both.

    Attributes:
        rule: rule id of the domain paper (`R-039`, `G-05`, or a state-machine row such as `S2`).
        facts: what the sentence needs, as text. Never a person's name or words.
    """

    rule: ClassVar[str] = ""

    def __init__(self, **facts: str) -> None:
        self.facts = facts
        listed = " ".join(f"{name}={value}" for name, value in sorted(facts.items()))
        super().__init__(f"{type(self).__name__} ({self.rule}) {listed}".rstrip())

    @property
    def code(self) -> str:
        """The key of this refusal in the catalogue of sentences."""
        return type(self).__name__


class NotFound(CaseworkError):
    """What was asked for does not exist, or not for this reader."""

    rule = "HOUSE-11"


class AlreadyDecided(CaseworkError):
    """Somebody was faster: the row changed since it was shown.

    Facts: `by` (staff alias), `at` (local time), `state`.
    """

    rule = "S2"
