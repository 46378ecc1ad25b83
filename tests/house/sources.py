"""The checkout as the house tests read it: tracked files, modules as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("bots", "core", "scheduler", "storage")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the checkout that git tracks, or would track, and that is there."""
    if not (CHECKOUT / ".git").exists():
        return tuple(sorted(_unpacked(CHECKOUT)))
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    paths = (CHECKOUT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def _unpacked(folder: Path) -> Iterator[Path]:
    """The files of a checkout that came as an archive: all but what is built."""
    for path in folder.iterdir():
        if path.name in {".venv", "data", "dist", "__pycache__"} or path.name.endswith("_cache"):
            continue
        if path.is_dir():
            yield from _unpacked(path)
        else:
            yield path


def named(path: Path) -> str:
    """The path as one writes it, from the checkout."""
    return path.relative_to(CHECKOUT).as_posix()


@cache
def modules(*packages: str) -> tuple[tuple[str, ast.Module], ...]:
    """The tracked Python files under these folders, as (path from the checkout, tree)."""
    return tuple(
        (named(path), ast.parse(path.read_text(encoding="utf-8"), filename=named(path)))
        for path in tracked()
        if path.suffix == ".py" and named(path).split("/")[0] in packages
    )


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module that a module imports, with the line; relative imports are skipped."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


def documents() -> str:
    """All Markdown of the project as one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in tracked() if path.suffix == ".md")


def document(name: str) -> str:
    """One document, by its path from the checkout."""
    return (CHECKOUT / name).read_text(encoding="utf-8")
