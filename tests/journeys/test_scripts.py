"""Every practice script that we ship holds; one that does not hold says where."""

import ast
from datetime import datetime
from pathlib import Path

import pytest

from bots.practice.player import Played
from bots.practice.script import ScriptWrong, read_script, shipped_stories
from bots.rehearsal_run import play
from bots.town.reader import read_town
from tests.house.sources import modules
from tests.people import TOKYO


async def played(path: Path | str) -> list[Played]:
    script = read_script(path)
    start = script.start or datetime(2026, 11, 30, 9, 30, tzinfo=TOKYO)
    town = read_town(script.town, at=start, tz=TOKYO)
    steps: list[Played] = []
    held = await play(script, town, at=start, tell=steps.append)
    assert held == all(not step.faults for step in steps)
    return steps


def told_elsewhere() -> set[str]:
    """Stories that another journey plays to the end, holding the record against each scene."""
    return {
        node.args[0].value
        for path, tree in modules("tests")
        if path.startswith("tests/journeys/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tell"
        if node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


@pytest.mark.parametrize("name", sorted(set(shipped_stories()) - told_elsewhere()))
async def test_a_shipped_script_holds(name: str) -> None:
    steps = await played(name)
    assert [(step.step.number, step.faults) for step in steps if step.faults] == []


async def test_a_step_that_does_not_hold_is_named_and_the_rest_still_plays(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(
        """
version: 1
start: 2026-11-30T09:30
steps:
  - who: 佐藤
    does: {click: ないボタン}
  - who: 佐藤
    does: {open: home}
    expects: [{sees: [承認待ち, ここにない言葉], not: わたしの案件}]
""",
        encoding="utf-8",
    )
    first, second = await played(path)
    assert first.faults[0].startswith("「ないボタン」は画面にありません。 (")
    assert second.faults == (
        "佐藤: not on the screen: ここにない言葉",
        "佐藤: on the screen: わたしの案件",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 2\nsteps: []", "version: 1"),
        ("version: 1\nsteps: []", "at least one step"),
        ("version: 1\nsteps:\n  - {does: {fly: up}, who: A}", ":3: step 1: does: one of"),
        ("version: 1\nsteps:\n  - {does: {say: x}}", ":3: step 1: who does it?"),
        ("version: 1\nsteps:\n  - {who: A, dose: {say: x}}", ":3: step 1: unknown: dose"),
        ("version: 1\nsteps:\n  - {expects: [x]}", "who sees it?"),
        ("version: 1\nsteps:\n  - {at: soon}", ":3: step 1: at: +PT2H"),
        ("version: 1\nsteps:\n  - {who: A, expects: {a: b}}", "expects: who, sees, not"),
        ("version: 1\nsteps:\n  - {who: A, does: press}", "step 1: press: what?"),
        ("version: 1\nsteps:\n  - {who: A, does: {tap: x, wheer: y}}", "tap: unknown: wheer"),
        ("version: 1\nsteps:\n  - {who: A, does: {press: x, fill: y}}", "press: values by label"),
        ("a: [", "script.yaml"),
    ],
)
def test_a_script_that_cannot_be_read_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "script.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScriptWrong) as wrong:
        read_script(path)
    assert said in str(wrong.value)
