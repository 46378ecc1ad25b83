"""Templates of letters: words with named fields, read strictly.

A template knows for which letters it is and for whom (`style`). What a kind of letter has to
say is asked when it is read (`core.wording.duties`); what fills it, when it is filled in.
"""

import re
from dataclasses import dataclass
from typing import Final

from core.errors import CaseworkError
from core.people import LanguageStyle
from core.wording.fields import FieldsMissing, TextField, Values, said
from core.wording.kinds import TextKind
from core.wording.ruby import Piece, bare, in_brackets, pieces, without_reading

_BRACE: Final = re.compile(r"\{([^{}\n]*)\}|[{}]")


class FieldUnknown(CaseworkError):
    """No field is called so. Facts: `field`, `known`."""

    rule = "S1"


class BracesUnmatched(CaseworkError):
    """A brace stands alone. Facts: `near`."""

    rule = "S1"


class RubyNotForThisStyle(CaseworkError):
    """Readings in brackets are for people who asked for them: grown-ups are not belittled."""

    rule = "G-19"


class ReadingMissing(CaseworkError):
    """A kanji has no reading, in a text for people who like readings. Facts: `kanji`."""

    rule = "G-19"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field stands."""

    field: TextField


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A letter's words before they are filled in.

    Attributes:
        name, version: how letters remember it; other words are another version.
        title: how colleagues find it in a list.
        parts: text with its readings, and the places of the fields, in order.
        own: it is the town's, not one that ships with the product.
    """

    name: str
    version: str
    kind: TextKind
    style: LanguageStyle
    title: str
    parts: tuple[Piece | Slot, ...]
    own: bool = False

    @property
    def known_as(self) -> str:
        """Name and version, as a letter remembers it."""
        return f"{self.name}/{self.version}"

    @property
    def fields(self) -> tuple[TextField, ...]:
        """Its fields, in the order in which they stand, each once."""
        return tuple(dict.fromkeys(p.field for p in self.parts if isinstance(p, Slot)))

    @property
    def fixed(self) -> str:
        """Its words without readings; a field is a gap that holds its braces and name."""
        return "".join(
            part.base if isinstance(part, Piece) else f"{{{part.field.value}}}"
            for part in self.parts
        )


def read_parts(body: str, *, style: LanguageStyle) -> tuple[Piece | Slot, ...]:
    """A template's body taken apart.

    Raises:
        FieldUnknown, BracesUnmatched. RubyUnmatched, RubyNotForThisStyle, ReadingMissing: G-19.
    """
    parts: list[Piece | Slot] = []
    end = 0
    for brace in _BRACE.finditer(body):
        name = brace.group(1)
        if name is None:
            raise BracesUnmatched(near=body[max(0, brace.start() - 5) : brace.end() + 5])
        if name not in list(TextField):
            raise FieldUnknown(field=name, known="、".join(TextField))
        parts += _words(body[end : brace.start()], style=style)
        parts.append(Slot(TextField(name)))
        end = brace.end()
    return (*parts, *_words(body[end:], style=style))


def filled(template: Template, values: Values) -> tuple[Piece, ...]:
    """The template with every field filled in.

    Values of fields that the template does not have are left aside.

    Raises:
        FieldsMissing: names every field that has no value. FieldUnfit: a value that cannot stand.
    """
    missing = [field.value for field in template.fields if field not in values]
    if missing:
        raise FieldsMissing(fields="、".join(missing))
    found: list[Piece] = []
    for part in template.parts:
        if isinstance(part, Piece):
            found.append(part)
        else:
            found += said(part.field, values[part.field], style=template.style)
    return tuple(found)


def for_line(parts: tuple[Piece, ...], *, style: LanguageStyle) -> str:
    """Words as a message carries them: readings in brackets, for those who asked for them."""
    return in_brackets(parts) if style is LanguageStyle.YASASHII_RUBY else bare(parts)


def _words(text: str, *, style: LanguageStyle) -> tuple[Piece, ...]:
    found = pieces(text)
    if style is not LanguageStyle.YASASHII_RUBY and any(piece.reading for piece in found):
        raise RubyNotForThisStyle()
    if style is LanguageStyle.YASASHII_RUBY and (kanji := without_reading(found)):
        raise ReadingMissing(kanji=kanji)
    return found
