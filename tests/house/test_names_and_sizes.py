"""Names that say nothing, and things too long to be read in one go."""

import ast
from pathlib import PurePosixPath

from tests.house.sources import CHECKOUT, PACKAGES, modules, named, tracked

MEANINGLESS = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services"}
MEANINGLESS |= {"common", "base", "data", "misc", "stuff"}
LONGEST_MODULE = 350
# Tests may tell longer stories than modules may.
LONGEST_TEST_MODULE = 500
LONGEST_FUNCTION = 60
# Written by a generator or a table of its own kind; everything else keeps to the measure.
GROWN = ("storage/migrations/versions/",)


def test_every_module_is_named_after_what_it_holds() -> None:
    vague = [
        named(path)
        for path in tracked()
        if path.suffix == ".py"
        and MEANINGLESS & {part.removesuffix(".py") for part in PurePosixPath(named(path)).parts}
    ]
    assert not vague, "\n".join(vague)


def test_no_module_is_longer_than_one_subject() -> None:
    long = [
        f"{path}: {lines} lines, {most} at most"
        for path, _ in modules(*PACKAGES, "tests", "benchmarks")
        if not path.startswith(GROWN)
        for lines in [len((CHECKOUT / path).read_text(encoding="utf-8").splitlines())]
        for most in [LONGEST_TEST_MODULE if path.startswith("tests/") else LONGEST_MODULE]
        if lines > most
    ]
    assert not long, "\n".join(long)


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}: {lines} lines, {LONGEST_FUNCTION} at most"
        for path, tree in modules(*PACKAGES, "tests", "benchmarks")
        if not path.startswith(GROWN)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for lines in [(node.end_lineno or node.lineno) - node.lineno + 1]
        if lines > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)
