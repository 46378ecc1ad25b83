"""`yorisoi doctor` as one types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bots.examining import TICKS
from bots.settings import Settings
from tests.house.sources import CHECKOUT
from tests.house.test_docs import ticks

YORISOI = Path(sys.executable).with_name("yorisoi")


def doctor(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command in a folder of its own, with these settings and no others."""
    ours = {field.alias for field in Settings.model_fields.values()}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    away = {"LINE_API_BASE": "http://127.0.0.1:9", "SLACK_API_BASE": "http://127.0.0.1:9/"}
    return subprocess.run(
        [str(YORISOI), "doctor", *words],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(CHECKOUT), **away, **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_on_a_fresh_machine_it_says_what_real_use_would_need(tmp_path: Path) -> None:
    run = doctor(tmp_path, "--json")
    checks = {check["name"]: check for check in json.loads(run.stdout)}

    assert run.returncode == 1 and run.stderr == ""
    assert checks["settings"]["verdict"] == "fail"
    assert "YORISOI_SECRET_KEYS" in checks["settings"]["found"]
    assert all(check["next_step"] for check in checks.values() if check["verdict"] != "ok")


@pytest.mark.parametrize(
    "wrong",
    [
        {"YORISOI_TIMEZONE": "Asia/Midori"},
        {"YORISOI_SECRET_KEYS": "short"},
        {"YORISOI_DATABASE_URL": "mysql://nowhere/x", "YORISOI_SECRET_KEYS": "A" * 43 + "="},
        {"YORISOI_DATABASE_URL": "sqlite:///taken/x.db", "YORISOI_SECRET_KEYS": "A" * 44},
        {"LINE_CHANNEL_ACCESS_TOKEN": "t", "SLACK_BOT_TOKEN": "xoxb-1"},
    ],
)
def test_nothing_that_is_wrong_ends_in_a_traceback(tmp_path: Path, wrong: dict[str, str]) -> None:
    (tmp_path / "taken").touch()
    run = doctor(tmp_path, **wrong)

    assert run.returncode == 1
    assert "Traceback" not in run.stdout + run.stderr
    assert "fail" in run.stdout and "→" in run.stdout


def test_it_knows_every_tick() -> None:
    assert sorted(TICKS) == sorted(ticks())
