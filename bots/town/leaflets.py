"""Leaflets of a town file: what the house asks of them, and their files as pictures."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Final

from bots.leaflets.maker import make_pages
from bots.morphology import morphology
from bots.town.leaflet_entry import LeafletEntry
from bots.town.parts import Parts
from bots.town.problems import Found, Path
from bots.town.records import rules_of
from bots.town.times import DaysOn
from core.errors import CaseworkError
from core.leaflet_pages import FileTooLarge, Page, TooManyPages
from core.leaflets import LEAFLET_APPROVERS, LEAFLET_KEEPERS, pressing_words
from core.lint import LetterContext, TextKind, check_words

_AT_ONCE: Final = 2


def leaflets_fit(parts: Parts, *, shipped: bool) -> Iterator[Found]:
    """Everything that a rule forbids in the well-formed leaflets.

    Args:
        shipped: whether days relative to the load are allowed.
    """
    for place, leaflet in parts.leaflets.items():
        path: Path = ("leaflets", place)
        yield from _days(leaflet, path, shipped=shipped)
        yield from _words(parts, leaflet, path)
        yield from _people(parts, leaflet, path)
        if not leaflet.is_public_info:
            yield Found((*path, "is_public_info"), "only public information goes over LINE")


def read_files(
    parts: Parts, *, folder: FilePath
) -> tuple[dict[str, tuple[Page, ...]], tuple[Found, ...]]:
    """The pages of each leaflet by its code, and what is wrong with the files."""
    pages: dict[str, tuple[Page, ...]] = {}
    found: list[Found] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        read = pool.map(lambda one: _read(folder / one.file), parts.leaflets.values())
        for (place, leaflet), result in zip(parts.leaflets.items(), read, strict=True):
            if isinstance(result, str):
                found.append(Found(("leaflets", place, "file"), result))
            else:
                pages[leaflet.code] = result
    return pages, tuple(found)


def _read(path: FilePath) -> tuple[Page, ...] | str:
    try:
        return _pages_of(path.read_bytes())
    except OSError as error:
        return f'"{path.name}" cannot be read ({error.strerror or "no such file"})'
    except (FileTooLarge, TooManyPages) as error:
        unit = "MB" if isinstance(error, FileTooLarge) else "pages"
        return f'"{path.name}" has more than {error.facts["most"]} {unit}'
    except CaseworkError:
        return f'"{path.name}" is no PDF, PNG or JPEG that can be shown'


@lru_cache(maxsize=32)
def _pages_of(content: bytes) -> tuple[Page, ...]:
    """A town is read more often than its leaflets change."""
    return make_pages(content)


def _days(leaflet: LeafletEntry, path: Path, *, shipped: bool) -> Iterator[Found]:
    last: date | DaysOn = leaflet.valid_until
    if isinstance(last, DaysOn):
        if not shipped:
            yield Found(
                (*path, "valid_until"),
                "a day after the load is for practice towns that ship with the product; "
                "write the day, such as 2025-12-28",
            )
    elif last < leaflet.valid_from:
        yield Found((*path, "valid_until"), "must not be before valid_from")


def _words(parts: Parts, leaflet: LeafletEntry, path: Path) -> Iterator[Found]:
    for field in ("title", "quiet_title", "plain"):
        for word in pressing_words(getattr(leaflet, field)):
            yield Found((*path, field), f'"{word}" presses, which a leaflet does not (G-20)')
    found = check_words(
        leaflet.quiet_title,
        context=LetterContext(kind=TextKind.LEAFLET, today=date.min, rules=rules_of(parts.rules)),
        morphology=morphology(),
        shown=True,
    )
    for finding in found:
        if finding.level == "block":
            sentence = f'the wording check blocks "{finding.text}" ({finding.code})'
            yield Found((*path, "quiet_title"), sentence)


def _people(parts: Parts, leaflet: LeafletEntry, path: Path) -> Iterator[Found]:
    if leaflet.approved_by == leaflet.author:
        yield Found(
            (*path, "approved_by"),
            "whoever added a leaflet does not approve it (G-06); name a colleague",
        )
    roles: Mapping[str, frozenset[str]] = {
        "author": frozenset(LEAFLET_KEEPERS),
        "approved_by": frozenset(LEAFLET_APPROVERS),
    }
    for field, wanted in roles.items():
        member = parts.member(getattr(leaflet, field))
        if member is not None and not wanted & set(member.roles):
            yield Found(
                (*path, field),
                f'"{member.code}" holds none of the roles {", ".join(sorted(wanted))}',
            )
