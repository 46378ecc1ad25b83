"""Migrations and tables say the same, on both databases; they are numbered and go forward only."""

import ast
import re

import pytest

from storage.migrate import check, current, pending
from tests.house.sources import modules

FOLDER = "storage/migrations/versions/"


def versions() -> list[tuple[str, ast.Module]]:
    """Every migration, as (file name, tree), in the order of their numbers."""
    return [
        (path.removeprefix(FOLDER), tree)
        for path, tree in modules("storage")
        if path.startswith(FOLDER) and not path.endswith("__init__.py")
    ]


async def test_a_migrated_database_has_exactly_the_tables_of_the_code(database_url: str) -> None:
    await check(database_url)


async def test_a_migrated_database_waits_for_nothing(database_url: str) -> None:
    assert await pending(database_url) == ()
    assert await current(database_url) == versions()[-1][0][:4]


def test_migrations_are_numbered_without_a_gap() -> None:
    names = [name for name, _ in versions()]
    assert names
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name)] == []
    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]


@pytest.mark.parametrize("name", [name for name, _ in versions()])
def test_migration_goes_forward_only(name: str) -> None:
    tree = dict(versions())[name]
    ways_back = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "downgrade"
    ]
    assert all(isinstance(way.body[-1], ast.Raise) for way in ways_back)
