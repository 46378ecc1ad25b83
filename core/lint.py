"""The wording check that every letter passes before anyone is asked to approve it.

This is the part that needs no grammar: what must not stand on a lock screen, and length. The
wider check by morphology joins it in this module's place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from core.errors import CaseworkError
from core.letters import LetterKind
from core.people import Person
from core.profiles import LetterRules

LOCK_SCREEN_WORDS: Final = (
    "ひきこもり",
    "引きこもり",
    "支援",
    "福祉",
    "相談",
    "生活保護",
    "困窮",
    "障害",
    "障がい",
    "滞納",
    "年金",
    "面談",
    "訪問",
    "会議",
)
LONG_KINDS: Final = frozenset({LetterKind.FIRST})


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        code: L1 to L15 (DOMAIN §8.8).
        span: start and end in code points.
    """

    code: str
    level: Literal["warn", "block"]
    span: tuple[int, int]
    text: str


class MinorsNotWrittenTo(CaseworkError):
    """Minors are written to only where the municipality has settled how. Facts: `allowed`."""

    rule = "G-24"


class WordingBlocked(CaseworkError):
    """The words cannot go out as they are. Facts: `found` (the texts), `codes`."""

    rule = "S1"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(
            # The person's own data are named by their code only: this text may reach a log.
            found="、".join(finding.text for finding in findings if finding.code != "L6"),
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


def check_wording(
    text: str,
    *,
    kind: LetterKind,
    longest: int,
    own_words: Iterable[str] = (),
    private: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """What stands against these words, in order of place.

    Args:
        text: the letter's words, or its alt text.
        longest: most code points (G-09); a first letter and replies may be longer.
        own_words: further lock-screen words of the municipality.
        private: the person's names, address, phones and words not to be mentioned (L6).
    """
    found = [
        *_places(text, (*LOCK_SCREEN_WORDS, *own_words), code="L5"),
        *_places(text, private, code="L6"),
    ]
    if len(text) > longest and kind not in LONG_KINDS:
        found.append(Finding(code="L8", level="warn", span=(longest, len(text)), text=""))
    return tuple(sorted(found, key=lambda finding: finding.span))


def private_words(person: Person) -> tuple[str, ...]:
    """What must not stand in a letter to this person: names, address, numbers, and what the
    person does not want mentioned (L6). Names count whole and in their parts.
    """
    names = [person.name, person.kana, *person.name.split(), *person.kana.split()]
    return tuple(
        dict.fromkeys(
            word.strip()
            for word in (*names, person.address, *person.phones, *person.do_not_mention)
            if len(word.strip()) > 1
        )
    )


def check_letter(
    *, body: str, alt_text: str, kind: LetterKind, rules: LetterRules, person: Person
) -> tuple[Finding, ...]:
    """Everything that stands against a letter, words first, then what a lock screen shows."""
    return tuple(
        finding
        for words in (body, alt_text)
        for finding in check_wording(
            words,
            kind=kind,
            longest=rules.longest,
            own_words=rules.lock_screen_words,
            private=private_words(person),
        )
    )


def require_of_age(person: Person, *, rules: LetterRules) -> None:
    """Refuse a letter to a minor where the town has not settled how they are written to.

    Raises:
        MinorsNotWrittenTo: G-24.
    """
    if person.is_minor and not rules.writes_to_minors:
        raise MinorsNotWrittenTo(allowed="TOWN_SETTLES,OTHER_CONTACT")


def require_fit(findings: tuple[Finding, ...]) -> None:
    """Refuse words with a blocking finding.

    Raises:
        WordingBlocked: at least one finding blocks.
    """
    blocking = tuple(finding for finding in findings if finding.level == "block")
    if blocking:
        raise WordingBlocked(blocking)


def _places(text: str, words: Iterable[str], *, code: str) -> list[Finding]:
    found = []
    for word in words:
        start = text.find(word) if len(word) > 1 else -1
        while start >= 0:
            end = start + len(word)
            found.append(Finding(code=code, level="block", span=(start, end), text=word))
            start = text.find(word, end)
    return found
