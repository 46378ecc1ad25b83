"""The command line on a SQLite file of its own, with 北九州市's invented cases loaded."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bots.cli import app

KEY = "a-key-for-tests-of-thirty-two-characters-or-more"
Command = Callable[..., Result]


def typing_in(folder: Path) -> Command:
    """Types commands of `yorisoi` whose record lies in this folder."""
    surroundings = {
        "YORISOI_DATABASE_URL": f"sqlite:///{folder}/record.db",
        "YORISOI_SECRET_KEYS": KEY,
        "YORISOI_MUNICIPALITY": "kitakyushu",
        "COLUMNS": "120",
    }
    runner = CliRunner(env=surroundings)

    def typed(*words: str) -> Result:
        return runner.invoke(app, list(words))

    return typed


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with the town in it."""
    folder = tmp_path_factory.mktemp("kitakyushu")
    said = typing_in(folder)("load", "kitakyushu-results")
    assert said.exit_code == 0, said.output
    return folder / "record.db"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Commands on an empty record."""
    return typing_in(tmp_path)


@pytest.fixture
def kitakyushu(loaded: Path, tmp_path: Path) -> Command:
    """Commands on a record with the town in it."""
    shutil.copy(loaded, tmp_path / "record.db")
    return typing_in(tmp_path)
