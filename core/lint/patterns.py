"""Patterns over words, and how they are looked for.

A pattern is a line of terms, a blank between two:

- `返事/返信`: one of these words, in any spelling and inflection that the reader of morphemes
  knows; `=ください` only as written;
- `{n}`, `{v}`, `{p}` ...: any word of that class (n noun, v verb, a adjective, k adjectival noun,
  d adverb, p particle, x auxiliary, s suffix, h prefix, i interjection, y sign);
  `{vo}`, `{xo}`: in volitional form, `{vi}` in imperative form;
- `..`: up to three words that may be anything but a comma; `..6` up to six; `,.6` also over commas;
- `^`, `$`: the sentence begins or ends here (closing signs and soft particles aside);
- `?` behind a term: it may be missing; `!` before it: it must not stand there.

A match says nothing when what follows takes it back: 「返事はいりません」,
「出かけなくて大丈夫です」, 「急がないでください」. Patterns that are themselves made of
a denial (「〜してみませんか」), or that nothing takes back, say so with `firm`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from core.lint.reading import Sentence
from core.lint.rules import words

_ANY: Final = r"(?:[^ ]+ )"
_NO_COMMA: Final = r"(?:(?!\|、\|)[^ ]+ )"
_MOST_BETWEEN: Final = 3
_SOFT_END: Final = r"(?:\|(?:ね|よ|な|わ|か|ー|~|♪|☆|ねえ|!|。|\?|\.+|…|」|』|\))\|[^ ]* )*$"


def _one_of(words: str) -> str:
    forms = words.replace("て/", "て/で/") if words.startswith("て/") else words
    if forms == "て":
        forms = "て/で"
    return rf"(?:[^ ]*\|(?:{'|'.join(re.escape(form) for form in forms.split('/'))})\|[^ ]* )"


# 「期限も約束もありません」: what stands beside the word is denied with it.
_BESIDE: Final = r"[^ ]*:n\w? \|(?:も|とか)\|[^ ]* "
_LINK: Final = rf"(?:[^ ]*:(?:x\w?|p|s) |\|[^ ]*\|(?:{words.BETWEEN_DENIAL})\|[^ ]* |{_BESIDE})"
_DENIAL: Final = rf"\|[^ ]*\|(?:{words.DENIAL})\|[^ ]* "
_TAKEN_BACK: Final = re.compile(rf"^{_LINK}{{0,7}}?{_DENIAL}")
# 「〜ないと困ります」 takes nothing back.
_PRESSES_ON: Final = re.compile(
    rf"^{_LINK}{{0,7}}?{_DENIAL}(?:\|て\|[^ ]* \|は\|[^ ]* |\|(?:と|ば|たら)\|[^ ]* )"
    rf"(?:{_NO_COMMA}){{0,4}}?[^ ]*\|(?:{words.ENDS_BADLY})\|"
)
# 「返す必要はありません」, 「話すことはありません」.
_NO_NEED: Final = re.compile(
    rf"^(?:{_NO_COMMA}){{0,5}}?\|[^ ]*\|(?:{words.NO_NEED})\|[^ ]* "
    rf"(?:[^ ]*:p |\|何\|[^ ]* ){{1,3}}(?:\|[^ ]*\|(?:有る|要る|為る)\|[^ ]* )?"
    rf"(?:\|ませ\|[^ ]* )?{_DENIAL}"
)
# 「予約の話は、もうしません」.
_NOT_TALKED_OF: Final = re.compile(
    rf"^\|の\|[^ ]* [^ ]*\|(?:話|事|こと|件)\|[^ ]* \|(?:は|も|を)\|[^ ]* (?:{_ANY}){{0,3}}?"
    rf"[^ ]*\|(?:{words.TALKS})\|[^ ]* (?:[^ ]*:(?:x\w?|p) ){{0,3}}?{_DENIAL}"
)
# 「〜」とは言いません。
_UNMEANT: Final = re.compile(
    r"^(?:[^ ]*:x\w? ){0,2}(?:\|[、。?]\|[^ ]* )?"
    r"\|(?:と|って|など|なんて|とか|という|ということ)\|[^ ]* "
    rf"(?:{_ANY}){{0,6}}?[^ ]*\|(?:{words.DISLIKED})\|"
)


def _not_such(nouns: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?:(?!{_DENIAL}){_ANY}){{0,10}}?[^ ]*\|(?:{nouns})\|[^ ]* (?:[^ ]*:s )?"
        rf"(?:\|で\|[^ ]* \|は\|[^ ]* |\|じゃ\|[^ ]* |\|(?:は|も|なんて|など)\|[^ ]* )"
        rf"(?:{_ANY}){{0,4}}?(?:[^ ]*\|(?:有る|為る)\|[^ ]* )?(?:\|ませ\|[^ ]* )?{_DENIAL}"
        r"(?:[^ ]*:[xpy]\w? )*$"
    )


# 「〜という話ではありません」: the sentence is about what it is not.
_NOT_SUCH: Final = _not_such(words.SUCH)
# 「いつまでも待てるわけではありません」 means what it says.
_NOT_FOR_EVER: Final = re.compile(r"\|(?:いつ|何時)\|[^ ]* \|まで\|[^ ]* \|も\|")
# 「目標とか、そういうものはここにはありません」. A claim stays one that is made of a denial:
# 「追い出されることはありません」.
_NO_SUCH_THING: Final = _not_such(f"{words.SUCH}|物|もの|事|こと")
# 「がんばれ」と書かれたタオル: what others said, and no word of the writer's.
_REPORTED: Final = re.compile(
    r"^(?:\|[、。?]\|[^ ]* )?\|(?:と|って|という)\|[^ ]* (?:\|(?:言う|いう)\|[^ ]* )?"
)
# The same now: what is written there, what one hears, what the reader wrote oneself.
_READ_THERE: Final = re.compile(
    r"^\|の\|[^ ]* [^ ]*\|(?:声|歌|文字|札|看板|貼り紙|張り紙|ポスター|放送|歌詞|題|本)\|"
    r"|^\|(?:と|って|という)\|[^ ]* [^ ]*\|(?:書く|貼る|印刷|教える|送る|言う)\|[^ ]* "
    r"(?:[^ ]*\|(?:れる|られる)\|[^ ]* "
    r"|\|て\|[^ ]* [^ ]*\|(?:有る|下さる|くれる|呉れる)\|)"
)


@dataclass(frozen=True)
class Pattern:
    """A line of words that speaks for a code.

    Attributes:
        line: what is looked for.
        reason, softer: keys of the sentences in the catalogue.
        firm: nothing that follows takes it back.
        asked: it speaks only where the sentence ends in a question mark.
        of_tales: it speaks also where the writer tells of themselves or of a made-up story.
        unless: another line, or several with ` | ` between them; where one matches in the same
            sentence, this one says nothing.
    """

    line: str
    reason: str
    softer: str
    firm: bool = False
    unless: str = ""
    asked: bool = False
    of_tales: bool = False

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(compiled_line(self.line))

    @cached_property
    def excepted(self) -> re.Pattern[str] | None:
        if not self.unless:
            return None
        return re.compile("|".join(map(compiled_line, self.unless.split(" | "))))

    @cached_property
    def anchors(self) -> tuple[frozenset[str], ...]:
        """Words of which the sentence must have one of each set: most patterns need no search."""
        return tuple(
            frozenset(f"{term}/で".split("/") if term == "て" else term.lstrip("=").split("/"))
            for term in self.line.split()
            if term[0] not in "{.,^$!" and not term.endswith("?")
        )


class Rulebook:
    """Lines for one code, found by the words that a sentence has.

    Each line is kept under the rarest of its words, so that of some hundred lines a sentence
    is searched for a few.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._anywhere: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        for number, pattern in enumerate(self.patterns):
            if not pattern.anchors:
                self._anywhere.append(number)
                continue
            for word in min(pattern.anchors, key=_how_common):
                self._by_word.setdefault(word, []).append(number)

    def for_words(self, vocabulary: frozenset[str]) -> Iterator[Pattern]:
        """The lines that can match among these words, in the order in which they were given."""
        numbers = set(self._anywhere)
        for word in vocabulary:
            numbers.update(self._by_word.get(word, ()))
        for number in sorted(numbers):
            pattern = self.patterns[number]
            if not any(vocabulary.isdisjoint(words) for words in pattern.anchors):
                yield pattern


def _how_common(anchor: frozenset[str]) -> tuple[bool, int]:
    """Words of grammar stand in every sentence; of the others, fewer are rarer."""
    return not anchor.isdisjoint(words.GRAMMAR), len(anchor)


def compiled_line(line: str) -> str:
    """The line as a regular expression over `Sentence.spelt`."""
    return r"(?<![^ ])" + "".join(_term(term) for term in line.split())


def _term(term: str) -> str:
    if term == "^":
        return r"^(?:[^ ]*:[yi] )*"
    if term == "$":
        return _SOFT_END
    if term.startswith((".", ",")):
        step = _ANY if term[0] == "," else _NO_COMMA
        most = term[2:] or str(_MOST_BETWEEN)
        return rf"(?:{step}){{0,{most}}}?"
    if term.endswith("?"):
        return rf"(?:{_term(term[:-1])})?"
    if term.startswith("!"):
        return rf"(?!{_term(term[1:])})"
    if term.startswith("{"):
        kinds = term[1:-1].split("/")
        ends = "|".join(kind if len(kind) > 1 else rf"{kind}\w?" for kind in kinds)
        return rf"(?:[^ ]+:(?:{ends}) )"
    if term.startswith("="):
        forms = "|".join(re.escape(form) for form in term[1:].split("/"))
        return rf"(?:\|(?:{forms})\|[^ ]* )"
    return _one_of(term)


def matches(pattern: Pattern, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where the pattern speaks: numbers of the first word and of the one behind the last."""
    if (pattern.asked and not sentence.asks) or (sentence.tale and not pattern.of_tales):
        return
    spelt = sentence.spelt
    found = [match for match in pattern.compiled.finditer(spelt) if match.end() > match.start()]
    if not found or (pattern.excepted is not None and pattern.excepted.search(spelt)):
        return
    for match in found:
        start = sentence.word_at(match.start())
        end = sentence.word_at(match.end() - 1) + 1
        if not (unmeant(sentence, start, end) or (not pattern.firm and denied(sentence, end))):
            yield start, end


def denied(sentence: Sentence, end: int) -> bool:
    """Whether what follows the words denies them."""
    rest = _rest(sentence, end)
    if _NO_NEED.match(rest) or _NOT_TALKED_OF.match(rest) or _NO_SUCH_THING.match(rest):
        return True
    return _TAKEN_BACK.match(rest) is not None and not _PRESSES_ON.match(rest)


def unmeant(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words are only spoken of: 「〜」とは言いません."""
    if sentence.quoted(start):
        end = sentence.after_quote(start)
        rest = _rest(sentence, end)
        if _READ_THERE.match(rest) or (sentence.past and _REPORTED.match(rest)):
            return True
    rest = _rest(sentence, end)
    if _UNMEANT.match(rest):
        return True
    return _NOT_SUCH.match(rest) is not None and not _NOT_FOR_EVER.search(sentence.spelt)


def _rest(sentence: Sentence, number: int) -> str:
    return sentence.spelt[sentence.place_of(number) :]
