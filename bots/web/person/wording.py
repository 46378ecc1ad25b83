"""The words of the person's own page, with readings for those who like them (G-19).

In the file a word stands as `{少|すこ}し{休|やす}む`: with the reading it becomes ruby, without it
the reading goes. Facts stand in double braces, `{{until}}`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup, escape

from bots.i18n.catalogue import day
from core.people import LanguageStyle

_FILE: Final = Path(__file__).parent / "words.toml"
_READ: Final = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_FACT: Final = re.compile(r"\{\{(\w+)\}\}")
Say = Callable[..., Markup]


def speech(style: LanguageStyle) -> Say:
    """Says a sentence by its key, `section.name`, with its facts."""
    ruby = style is LanguageStyle.YASASHII_RUBY

    def say(key: str, **facts: object) -> Markup:
        text = str(escape(_entry(key)))
        read = _READ.sub(_with_reading if ruby else r"\1", text)
        return Markup(_FACT.sub(lambda found: str(escape(facts[found[1]])), read))

    return say


def plainly(key: str, **facts: object) -> str:
    """The same without readings, where only text may stand."""
    text = _READ.sub(r"\1", _entry(key))
    return _FACT.sub(lambda found: str(facts[found[1]]), text)


def when(at: datetime, *, tz: tzinfo) -> str:
    """A local day, as one says it; counted is nothing."""
    return day(at.astimezone(tz).date())


def _with_reading(found: re.Match[str]) -> str:
    return f"<ruby>{found[1]}<rp>(</rp><rt>{found[2]}</rt><rp>)</rp></ruby>"


def _entry(key: str) -> str:
    found: Any = _words()
    for part in key.split("."):
        found = found[part]
    assert isinstance(found, str)
    return found


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
