"""What the wording check finds, and the refusals that follow from it."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from core.errors import CaseworkError
from core.people import Person
from core.profiles import LetterRules

Level = Literal["warn", "block"]
WARNS: Final = frozenset({"L7", "L8", "L9"})
# A finding of these kinds quotes what must not be repeated anywhere (DOMAIN §9).
UNQUOTED: Final = frozenset({"L6"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        code: L1 to L15 (DOMAIN §8.8).
        span: start and end in code points of the text it was found in.
        text: the words there, as written; "" where something is missing.
        reason: key of the sentence that says why; the catalogue has it under `lint.reasons`.
        softer: key of a line that can be written instead, under `lint.softer`.
        in_alt: it stands in the alt text, not in the letter's own words.
    """

    code: str
    level: Level
    span: tuple[int, int]
    text: str
    reason: str
    softer: str
    in_alt: bool = False

    @property
    def in_alt_text(self) -> "Finding":
        """The same, of the alt text."""
        return replace(self, in_alt=True)


def level_of(code: str) -> Level:
    """L7 to L9 warn, all others block (DOMAIN §8.8)."""
    return "warn" if code in WARNS else "block"


class MinorsNotWrittenTo(CaseworkError):
    """Minors are written to only where the municipality has settled how. Facts: `allowed`."""

    rule = "G-24"


class WordingBlocked(CaseworkError):
    """The words cannot go out as they are. Facts: `found` (the texts), `codes`.

    Attributes:
        excusable: the town lets every one of them stand with a reason (`core.excuses`).
    """

    rule = "S1"

    def __init__(self, findings: tuple[Finding, ...], *, excusable: bool = False) -> None:
        self.findings = findings
        self.excusable = excusable
        super().__init__(
            # The person's own data are named by their code only: this text may reach a log.
            found="、".join(f.text for f in findings if f.text and f.code not in UNQUOTED),
            codes=" ".join(sorted({finding.code for finding in findings})),
        )


class NothingWritten(CaseworkError):
    """A letter needs words."""

    rule = "S1"


def require_words(body: str) -> None:
    """Refuse a letter of nothing but blanks.

    Raises:
        NothingWritten: there is no word in it.
    """
    if not body.strip():
        raise NothingWritten()


def require_of_age(person: Person, *, rules: LetterRules) -> None:
    """Refuse a letter to a minor where the town has not settled how they are written to.

    Raises:
        MinorsNotWrittenTo: G-24.
    """
    if person.is_minor and not rules.writes_to_minors:
        raise MinorsNotWrittenTo(allowed="TOWN_SETTLES,OTHER_CONTACT")


def blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those with which a letter cannot go."""
    return tuple(finding for finding in findings if finding.level == "block")


def require_fit(findings: tuple[Finding, ...]) -> None:
    """Refuse words with a blocking finding.

    Raises:
        WordingBlocked: at least one finding blocks.
    """
    against = blocking(findings)
    if against:
        raise WordingBlocked(against)
