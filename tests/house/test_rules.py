"""Each rule of the domain that the code claims has a test that names it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import modules

HERE = Path(__file__).parent
SHAPE = re.compile(r"(?:[RG]|MA|HOUSE)-\d{1,3}|[A-Z]{1,2}\d{1,2}|DOMAIN-\d+(?:\.\d+)?")


def listed(name: str) -> set[str]:
    """The rule ids of a list beside this file."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return {line.split(":")[0].strip() for line in lines if line.strip() and line[0] != "#"}


def proven() -> Iterator[tuple[str, str]]:
    """(rule id, path:line) of every rule mark in the tests."""
    for path, tree in modules("tests"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value
            if (
                node.func.attr == "rule"
                and isinstance(owner, ast.Attribute)
                and owner.attr == "mark"
            ):
                for argument in node.args:
                    if isinstance(argument, ast.Constant):
                        yield str(argument.value), f"{path}:{node.lineno}"


def test_every_rule_in_reach_has_a_test_that_names_it() -> None:
    without = listed("rules_in_reach.txt") - {rule for rule, _ in proven()}
    print("rules still without a test:", *sorted(without))
    missing = without - listed("rules_not_proven.txt")
    assert not missing, f"no test names {sorted(missing)}; add one, or list them as not proven"


def test_no_rule_is_called_not_proven_that_a_test_names() -> None:
    told = listed("rules_not_proven.txt")
    assert told & {rule for rule, _ in proven()} == set()
    assert told <= listed("rules_in_reach.txt")


def test_every_rule_that_a_test_names_looks_like_one() -> None:
    odd = [f"{where} names {rule!r}" for rule, where in proven() if not SHAPE.fullmatch(rule)]
    assert not odd, "\n".join(odd)
