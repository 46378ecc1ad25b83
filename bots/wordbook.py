"""The words that ship with the product, read from their files into the core's records."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bots.profiles.shape import Misshapen, shaped
from core.errors import CaseworkError
from core.people import LanguageStyle
from core.wording.duties import template_of
from core.wording.fields import TextField
from core.wording.kinds import TextKind
from core.wording.library import Library, SignOff
from core.wording.season import FEWEST, STRETCHES, Almanac, Stretch, stretch_from
from core.wording.templates import Template, read_parts

_TEXTS: Final = files("core.wording") / "texts"
_SEASONS: Final = ("spring", "summer", "autumn", "winter")
_OF_SIGN_OFFS: Final = frozenset({TextField.SENDER, TextField.PLACE})


class WordbookWrong(Exception):
    """A file of ours does not hold together; nothing of it is used. The message names file and
    item."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateEntry:
    """A template as it stands in a file."""

    name: str
    version: str
    kind: TextKind
    style: LanguageStyle
    title: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SignOffEntry:
    """A sign-off as it stands in a file: a form for each style."""

    name: str
    standard: str
    plain: str
    yasashii_ruby: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LettersFile:
    """letters.toml."""

    templates: tuple[TemplateEntry, ...]
    sign_offs: tuple[SignOffEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StretchEntry:
    """One of the 72 as it stands in a file; each phrase is standard words, then easy ones."""

    no: int
    name: str
    kana: str
    phrases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SeasonFile:
    """season-….toml."""

    ko: tuple[StretchEntry, ...]


@cache
def shipped_library() -> Library:
    """Everything that ships: templates, sign-offs, phrases for a whole year.

    Raises:
        WordbookWrong: a file of ours is wrong.
    """
    letters = _read("letters.toml", LettersFile)
    templates = tuple(map(_template, letters.templates))
    _once("letters.toml", [template.name for template in templates])
    return Library(
        templates=templates,
        sign_offs=tuple(map(_sign_off, letters.sign_offs)),
        almanac=_almanac(),
    )


def _almanac() -> Almanac:
    stretches = tuple(
        _stretch(f"season-{season}.toml", entry)
        for season in _SEASONS
        for entry in _read(f"season-{season}.toml", SeasonFile).ko
    )
    if [stretch.no for stretch in stretches] != list(range(1, STRETCHES + 1)):
        raise WordbookWrong(f"season: numbers do not run from 1 to {STRETCHES}")
    _once("season", [phrase.standard for stretch in stretches for phrase in stretch.phrases])
    return Almanac(stretches)


def _stretch(file: str, entry: StretchEntry) -> Stretch:
    pairs = [phrase for phrase in entry.phrases if len(phrase) == 2]
    if len(pairs) < FEWEST or len(pairs) < len(entry.phrases):
        raise WordbookWrong(f"{file}: {entry.no}: needs {FEWEST} pairs of phrases or more")
    try:
        for _, easy in pairs:
            read_parts(easy, style=LanguageStyle.YASASHII_RUBY)
        return stretch_from(
            no=entry.no,
            name=entry.name,
            kana=entry.kana,
            phrases=[(standard, easy) for standard, easy in pairs],
        )
    except CaseworkError as error:
        raise WordbookWrong(f"{file}: {entry.no}: {error}") from error


def _template(entry: TemplateEntry) -> Template:
    try:
        return template_of(
            name=entry.name,
            version=entry.version,
            kind=entry.kind,
            style=entry.style,
            title=entry.title,
            body=entry.body.strip(),
        )
    except CaseworkError as error:
        raise WordbookWrong(f"letters.toml: {entry.name}: {error}") from error


def _sign_off(entry: SignOffEntry) -> SignOff:
    try:
        forms = {style: _form(entry, style) for style in LanguageStyle}
    except CaseworkError as error:
        raise WordbookWrong(f"letters.toml: {entry.name}: {error}") from error
    if any(TextField.SENDER not in form.fields for form in forms.values()) or any(
        not _OF_SIGN_OFFS.issuperset(form.fields) for form in forms.values()
    ):
        raise WordbookWrong(f"letters.toml: {entry.name}: a sign-off names the sender (G-10)")
    return SignOff(name=entry.name, forms=forms)


def _form(entry: SignOffEntry, style: LanguageStyle) -> Template:
    return Template(
        name=entry.name,
        version="1",
        kind=TextKind.CHECK_IN,
        style=style,
        title=entry.name,
        parts=read_parts(getattr(entry, style.value), style=style),
    )


def _read(file: str, kind: type[Any]) -> Any:
    table = tomllib.loads((_TEXTS / file).read_text(encoding="utf-8"))
    try:
        return shaped(kind, table)
    except Misshapen as error:
        told = "; ".join(f"{fault.key}: {fault.sentence}" for fault in error.faults)
        raise WordbookWrong(f"{file}: {told}") from error


def _once(file: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise WordbookWrong(f"{file}: stands there twice: {', '.join(twice)}")
