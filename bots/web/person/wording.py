"""The words of the person's own page, with readings for those who like them (G-19).

Readings are noted as everywhere in the house, ｜漢字《かんじ》 (`core.wording.ruby`); facts stand
in double braces, `{{until}}`.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup, escape

from bots.i18n.catalogue import day
from core.people import LanguageStyle
from core.wording.ruby import Piece, as_html, bare, pieces, pieces_in_brackets

_FILE: Final = Path(__file__).parent / "words.toml"
_FACT: Final = re.compile(r"\{\{(\w+)\}\}")
Say = Callable[..., Markup]


def noted(words: Iterable[Piece], *, style: LanguageStyle) -> Markup:
    """Words of ours with their readings, for those who like them."""
    return Markup(as_html(words)) if _reads(style) else escape(bare(words))


def speech(style: LanguageStyle) -> Say:
    """Says a sentence by its key, `section.name`, with its facts."""

    def say(key: str, **facts: object) -> Markup:
        text = noted(pieces(_entry(key)), style=style)
        return Markup(_FACT.sub(lambda found: str(escape(facts[found[1]])), str(text)))

    return say


def plainly(key: str, **facts: object) -> str:
    """The same without readings, where only text may stand."""
    return _FACT.sub(lambda found: str(facts[found[1]]), bare(pieces(_entry(key))))


def letter_words(text: str, *, style: LanguageStyle) -> Markup:
    """A letter's words; readings that its writer put in brackets stand above them."""
    return Markup(as_html(pieces_in_brackets(text))) if _reads(style) else escape(text)


def when(at: datetime, *, tz: tzinfo) -> str:
    """A local day, as one says it; counted is nothing."""
    return day(at.astimezone(tz).date())


def _reads(style: LanguageStyle) -> bool:
    return style is LanguageStyle.YASASHII_RUBY


def _entry(key: str) -> str:
    found: Any = _words()
    for part in key.split("."):
        found = found[part]
    assert isinstance(found, str)
    return found


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
