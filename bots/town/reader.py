"""Read a town file: either the whole town, or everything that is wrong with it."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from bots.town.carried import carried
from bots.town.crossing import crossing
from bots.town.fitness import fitness
from bots.town.leaflets import leaflets_fit, read_files
from bots.town.nodes import Document, Unreadable
from bots.town.parts import parts_of
from bots.town.problems import Found, Problem, TownFileWrong, dotted
from bots.town.records import town_of
from bots.town.schema import TownFile
from bots.town.sentences import closest, found_by_pydantic
from core.days import local_day
from core.lint import Proofreader
from core.towns import Town

__all__ = ["TownFileWrong", "read_town", "shipped_towns", "town_schema"]

_SHIPPED = files("bots.town") / "shipped"


def shipped_towns() -> tuple[str, ...]:
    """Names of the towns that ship with the product."""
    return tuple(
        sorted(
            entry.name.removesuffix(".yaml")
            for entry in _SHIPPED.iterdir()
            if entry.name.endswith(".yaml")
        )
    )


def town_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a town file, for editors and for `yorisoi load --schema`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TownFile.model_json_schema(mode="validation"),
    }


def read_town(
    source: str | FilePath,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
    proof: Proofreader | None = None,
) -> Town:
    """The town of a file, or of a shipped town by its name.

    Args:
        source: a path, or one of `shipped_towns()`; a name that has both means the shipped one.
        at: the time of the load, aware; relative times of shipped towns count from it.
        tz: the town's zone, for times without an offset.
        closed_days: public holidays, on which no letter arrives.
        proof: what reads the town's texts; None: as the profile says that the file names.

    Raises:
        TownFileWrong: with everything that is wrong, line by line.
    """
    name = str(source)
    shipped = name in shipped_towns()
    document = _document(name, _text(name, shipped=shipped))
    raw = document.value
    found = list(document.found)
    folder = FilePath(str(_SHIPPED)) if shipped else FilePath(name).parent
    raw = _with_profile_beside(raw, folder)
    if not isinstance(raw, dict):
        sentence = "the file is empty" if raw is None else "a town file begins with version: 1"
        raise TownFileWrong([Problem(file=name, line=1, field="", sentence=sentence)])
    file = _validated(raw, found)
    found += crossing(raw)
    parts = parts_of(raw)
    found += fitness(parts, at=at, tz=tz, closed_days=closed_days, shipped=shipped, proof=proof)
    found += carried(parts, today=local_day(at, tz=tz))
    found += leaflets_fit(parts, shipped=shipped)
    pages, unread = read_files(parts, folder=folder)
    found += unread
    if found or file is None:
        raise TownFileWrong(_problems(name, document, found))
    return town_of(file, at=at, tz=tz, closed_days=closed_days, pages=pages)


def _with_profile_beside(raw: Any, folder: FilePath) -> Any:
    """The plain values, with the path of a profile that lies in the folder of the town file."""
    head = raw.get("town") if isinstance(raw, dict) else None
    named = head.get("profile") if isinstance(head, dict) else None
    if head is None or not isinstance(named, str) or not named.endswith(".toml"):
        return raw
    beside = folder / named
    return {**raw, "town": {**head, "profile": str(beside)}} if beside.is_file() else raw


def _text(name: str, *, shipped: bool) -> str:
    try:
        if shipped:
            return (_SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
        return FilePath(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        sentence = "this is not UTF-8; save the file with the encoding UTF-8"
        raise TownFileWrong([Problem(file=name, line=line, field="", sentence=sentence)]) from error
    except OSError as error:
        shipped_names = ", ".join(shipped_towns())
        guess = closest(name, shipped_towns())
        sentence = (
            f"cannot be read ({error.strerror or 'no such file'}){guess}; "
            f"towns that ship with the product: {shipped_names}"
        )
        raise TownFileWrong([Problem(file=name, line=1, field="", sentence=sentence)]) from error


def _document(name: str, text: str) -> Document:
    try:
        return Document(text)
    except Unreadable as error:
        problem = Problem(file=name, line=error.line, field="", sentence=error.sentence)
        raise TownFileWrong([problem]) from error


def _validated(raw: dict[str, Any], found: list[Found]) -> TownFile | None:
    try:
        return TownFile.model_validate(raw)
    except ValidationError as error:
        found += map(found_by_pydantic, error.errors(include_url=False, include_input=False))
        return None


def _problems(name: str, document: Document, found: list[Found]) -> Iterator[Problem]:
    for one in dict.fromkeys(found):
        yield Problem(
            file=name,
            line=document.line(one.path),
            field=dotted(one.path),
            sentence=one.sentence,
        )
