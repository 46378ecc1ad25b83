"""The wording check of letters: every code of DOMAIN §8.8 over the words and the alt text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Final

from core.line_modes import USUAL_USE, LineUse
from core.lint.context import LetterContext
from core.lint.findings import Finding, level_of
from core.lint.first import false_claims, missing
from core.lint.lock_screen import beyond_greeting, lock_screen_words, visits
from core.lint.morphology import Morphology
from core.lint.patterns import Rulebook, matches
from core.lint.personal import appointments, personal_data, told_of_the_person
from core.lint.places import Place
from core.lint.plain import letters_of
from core.lint.reading import Sentence, Text, read
from core.lint.rules import (
    advice,
    asking,
    claims,
    comparing,
    family,
    health,
    identity,
    pressing,
    requests,
    rest,
    tone,
    urging,
    wishes,
)
from core.lint.shape import MAY_BE_LONG, STYLES, crowded, double_denials, heavy, too_long
from core.lint.telephones import unverified_telephones
from core.lint.telling import told
from core.lint.urls import personal_links, strange_hosts
from core.municipal_profiles.wording import HelpLine
from core.wording.kinds import TextKind

_PATTERNS: Final[tuple[tuple[str, Rulebook], ...]] = (
    ("L1", Rulebook(asking.PATTERNS + requests.ASKING + wishes.PATTERNS)),
    ("L2", Rulebook(urging.PATTERNS + comparing.PATTERNS + advice.PATTERNS)),
    ("L3", Rulebook(pressing.PATTERNS)),
    ("L4", Rulebook(family.PATTERNS)),
    ("L6", Rulebook(identity.PATTERNS)),
    ("L7", Rulebook(tone.PATTERNS)),
    ("L15", Rulebook(claims.PATTERNS + health.PATTERNS)),
)
# Looked for in this order, where nothing better can be said of what is asked.
_REQUESTS: Final[tuple[tuple[str, Rulebook], ...]] = (
    ("L1", Rulebook(requests.QUESTIONS + wishes.QUESTIONS + rest.QUESTIONS)),
    ("L2", Rulebook(requests.ANY)),
)
# And these where nothing speaks of a sentence but a word for the lock screen,
_OPINIONS: Final[tuple[tuple[str, Rulebook], ...]] = (
    ("L15", Rulebook(rest.CLAIMS)),
    ("L4", Rulebook(rest.FAMILY)),
    ("L3", Rulebook(rest.TIME)),
    ("L2", Rulebook(rest.URGES)),
)
# or nothing at all.
_MATTERS: Final[tuple[tuple[str, Rulebook], ...]] = (
    ("L1", Rulebook(rest.ANSWERS)),
    ("L4", Rulebook(rest.OTHERS)),
    ("L15", Rulebook(rest.MATTERS)),
    ("L3", Rulebook(rest.CLOCK)),
    ("L2", Rulebook(rest.LIVES)),
)
# 「いまあぶないときは119か110へ」: whom to call in danger is no demand.
_EMERGENCY: Final = frozenset({"119", "110"})


@dataclass(frozen=True, kw_only=True)
class Proofreader:
    """What reads a letter before anybody is asked to approve it, and what the town settled.

    Attributes:
        morphology: cuts Japanese into words.
        tz: zone of the town, for its days.
        hosts: to which a letter may link; the product's own and those that the town named.
        help_lines: telephones that may be named while they are verified.
        unsaid: further words of the town that must not stand on a lock screen.
        excusable: codes whose findings may stand with a reason (`core.excuses`).
        use: how the town uses LINE, which decides what may be sent there at all.
    """

    morphology: Morphology
    tz: tzinfo
    hosts: frozenset[str] = frozenset()
    help_lines: tuple[HelpLine, ...] = ()
    unsaid: tuple[str, ...] = ()
    excusable: frozenset[str] = frozenset()
    use: LineUse = USUAL_USE

    def today(self, at: datetime) -> date:
        """The local day."""
        return at.astimezone(self.tz).date()

    def read(self, body: str, *, context: LetterContext) -> tuple[Finding, ...]:
        """Everything that stands against a letter, the words first, then the alt text.

        What the town settled is added to what the context says.
        """
        whole = replace(
            context,
            hosts=context.hosts | self.hosts,
            help_lines=(*context.help_lines, *self.help_lines),
            unsaid=(*context.unsaid, *self.unsaid),
        )
        return check_letter(body, context=whole, morphology=self.morphology)


def check_letter(
    body: str, *, context: LetterContext, morphology: Morphology
) -> tuple[Finding, ...]:
    """Everything that stands against a letter, in order of place: words first, then alt text."""
    words = (*check_words(body, context=context, morphology=morphology), *_whole(body, context))
    alt: tuple[Finding, ...] = ()
    if context.alt_text.strip():
        alt = tuple(
            finding.in_alt_text
            for finding in check_words(
                context.alt_text, context=context, morphology=morphology, shown=True
            )
        )
    return (*_in_order(words), *_in_order(alt))


def check_words(
    text: str, *, context: LetterContext, morphology: Morphology, shown: bool = False
) -> tuple[Finding, ...]:
    """What stands against one text by itself.

    Args:
        shown: it is an alt text, a name or a title: nobody signs there, and style does not matter.
    """
    reading = read(text, morphology)
    reading = replace(reading, sentences=told(reading.sentences))
    make = _Maker(reading)
    found = [
        *_of_patterns(reading, make),
        *make.each("L5", _unsaid(reading, context, morphology)),
        *make.each("L5", visits(reading), reason="visit_shows", softer="without_date"),
        *_personal(reading, context, morphology, make),
        *make.each("L12", _telephones(reading, context)),
        *make.each("L14", strange_hosts(reading.plain.text, hosts=context.hosts)),
        *make.each(
            "L14",
            personal_links(reading.plain.text, hosts=context.hosts),
            reason="personal_link",
            softer="plain_link",
        ),
    ]
    found += _of_matters(reading, make, found)
    if context.shared_device:
        found += make.each(
            "L5",
            beyond_greeting(reading, author=context.author),
            reason="shared_phone",
            softer="greeting_only",
        )
    if not shown:
        found += _of_shape(reading, context, make)
        found += _of_kind(reading, context.kind, make)
    return _in_order(_each_once(found))


def _unsaid(reading: Text, context: LetterContext, morphology: Morphology) -> Iterator[Place]:
    own = (*context.rules.lock_screen_words, *context.unsaid)
    return lock_screen_words(reading, morphology, own)


def _of_patterns(reading: Text, make: "_Maker") -> Iterator[Finding]:
    for sentence in reading.sentences:
        if not _EMERGENCY.isdisjoint(sentence.vocabulary):
            continue
        found = [
            finding
            for code, patterns in _PATTERNS
            for finding in _of_lines(code, patterns, sentence, make)
        ]
        for code, rules in (*_REQUESTS, *_OPINIONS):
            if not found:
                found += _of_lines(code, rules, sentence, make)
        yield from found


def _of_matters(reading: Text, make: "_Maker", found: list[Finding]) -> Iterator[Finding]:
    """Of sentences in which nothing else was found."""
    for sentence in reading.sentences:
        start, end = reading.plain.span(sentence.words[0].start, sentence.words[-1].end)
        if any(other.span[0] < end and start < other.span[1] for other in found):
            continue
        if not _EMERGENCY.isdisjoint(sentence.vocabulary):
            continue
        for code, rules in _MATTERS:
            more = list(_of_lines(code, rules, sentence, make))
            if more:
                yield from more
                break


def _of_lines(code: str, rules: Rulebook, sentence: Sentence, make: "_Maker") -> Iterator[Finding]:
    for pattern in rules.for_words(sentence.vocabulary):
        for first, end in matches(pattern, sentence):
            place = Place(sentence.words[first].start, sentence.words[end - 1].end)
            yield make.one(code, place, reason=pattern.reason, softer=pattern.softer)


def _personal(
    reading: Text, context: LetterContext, morphology: Morphology, make: "_Maker"
) -> Iterator[Finding]:
    told = told_of_the_person(reading, morphology, private=context.private, author=context.author)
    yield from make.each("L6", told)
    yield from make.each("L6", personal_data(reading))
    yield from make.each(
        "L6", appointments(reading), reason="appointment_shows", softer="without_date"
    )


def _telephones(reading: Text, context: LetterContext) -> Iterator[Place]:
    return unverified_telephones(
        reading.plain.text, today=context.today, help_lines=context.help_lines
    )


def _of_shape(reading: Text, context: LetterContext, make: "_Maker") -> Iterator[Finding]:
    style = STYLES[context.language_style]
    if context.kind not in MAY_BE_LONG:
        yield from make.each("L8", too_long(reading, longest=context.rules.longest))
        yield from make.each(
            "L8", crowded(reading, style=style), reason="one_idea", softer="split_sentence"
        )
    yield from make.each(
        "L9", double_denials(reading), reason="double_denial", softer="say_it_straight"
    )
    for name, place in heavy(reading, style=style):
        yield make.one("L9", place, reason=f"heavy_{name}", softer="say_it_straight")


def _of_kind(reading: Text, kind: TextKind, make: "_Maker") -> Iterator[Finding]:
    """What a first letter and those that end have to say."""
    end = Place(len(reading.plain.text), len(reading.plain.text))
    for reason in missing(reading, kind):
        yield make.one("L11", end, reason=reason, softer=reason)
    if kind is not TextKind.FIRST:
        return
    yield from make.each(
        "L11", false_claims(reading), reason="first_claims", softer="first_no_reader"
    )


def _whole(body: str, context: LetterContext) -> Iterator[Finding]:
    """What stands against the letter as a whole."""
    whole = (0, len(body))
    if context.kind is not TextKind.REPLY and _said_before(body, context.earlier):
        yield _finding("L10", whole, body, reason="said_before", softer="say_it_anew")
    if context.leaflet_until is not None and context.leaflet_until < context.today:
        yield _finding("L13", whole, "", reason="leaflet_over", softer="another_leaflet")


def _said_before(body: str, earlier: Iterable[str]) -> bool:
    letters = letters_of(body)
    return bool(letters) and any(letters_of(text) == letters for text in earlier)


class _Maker:
    """Makes findings of places in one text."""

    def __init__(self, reading: Text) -> None:
        self._plain = reading.plain

    def one(self, code: str, place: Place, *, reason: str, softer: str) -> Finding:
        span = self._plain.span(*place)
        written = self._plain.written[span[0] : span[1]]
        return _finding(code, span, written, reason=reason, softer=softer)

    def each(
        self, code: str, places: Iterable[Place], *, reason: str = "", softer: str = ""
    ) -> list[Finding]:
        usual, instead = _USUAL[code]
        return [
            self.one(code, place, reason=reason or usual, softer=softer or instead)
            for place in places
        ]


# Of these one reason for a place says enough; of the others each reason is told.
_FIRST_IS_ENOUGH: Final = frozenset({"L1", "L2", "L3", "L4", "L5", "L6", "L7", "L14", "L15"})
_USUAL: Final = {
    "L5": ("lock_screen", "neutral_words"),
    "L6": ("personal", "without_it"),
    "L8": ("too_long", "shorter"),
    "L9": ("heavy", "say_it_straight"),
    "L11": ("first_claims", "first_no_reader"),
    "L12": ("unverified_number", "verify_first"),
    "L14": ("strange_link", "own_link"),
}


def _finding(code: str, span: tuple[int, int], text: str, *, reason: str, softer: str) -> Finding:
    return Finding(
        code=code, level=level_of(code), span=span, text=text, reason=reason, softer=softer
    )


def _each_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of findings of one code that lie within one another, the longest only."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.span[0], -f.span[1])):
        covered = any(
            other.code == finding.code
            and other.span[0] <= finding.span[0]
            and finding.span[1] <= other.span[1]
            and (other.reason == finding.reason or finding.code in _FIRST_IS_ENOUGH)
            for other in kept
        )
        if not covered:
            kept.append(finding)
    yield from kept


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.span, finding.code)))
