"""docs/rules.md, made from the list of rules, the code that names them and the tests' marks.

Write it again after a change: `python -m tests.house.rule_page`
"""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from tests.house.reach import public, text_of
from tests.house.sources import CHECKOUT, PACKAGES, modules

PAGE: Final = CHECKOUT / "docs" / "rules.md"
LIST: Final = CHECKOUT / "tests" / "house" / "rules.toml"
WAITS: Final = CHECKOUT / "tests" / "house" / "waits.toml"
LATER: Final = "Words and leaflets, not built yet"
LATER_SAYS: Final = (
    "These come with the wording check, the series and the leaflets. Nothing claims to keep them"
    " today.\n"
)
HEAD: Final = """# Rules

What the law, the manual of the programme, the municipalities and care for the person ask for, and
what shows that the product keeps it. The ids are those of the domain paper. Made from
`tests/house/rules.toml`, the code and the marks of the tests (`@pytest.mark.rule("R-039")`) by
`python -m tests.house.rule_page`; a test compares the two.

**Reached** says whether a front, a tick or a command asks it. "In part" and "not yet" name what the
rest waits for (`tests/house/waits.toml`); a test walks from the fronts through the core and finds
nothing else that nobody comes to.
"""
# Ids that no other word looks like may be named anywhere in a module; the short ones of the
# machines only as a text of their own, or in a docstring (S1 to S4 are seeds there, too).
_PLAIN: Final = re.compile(r"\b(?:R-\d{3}|G-\d{2}|MA-\d{1,2}|DOMAIN-\d+(?:\.\d+)?)\b")
_SHORT: Final = re.compile(r"\b[OPMFC]\d{1,2}\b")
_RANGE: Final = re.compile(r"\b([A-Z]+-?)(\d+) to \1?(\d+)\b")


def rules() -> dict[str, dict[str, str]]:
    """The sentence of each rule that the product claims to keep, by group."""
    return {name: group for name, group in _listed().items() if name != LATER}


def later() -> dict[str, str]:
    """Rules of what the product does not do yet; none of them is claimed."""
    return _listed().get(LATER, {})


def waits() -> dict[str, dict[str, str]]:
    """By rule, the places of the core that nobody comes to yet, and what each waits for."""
    listed: dict[str, dict[str, str]] = tomllib.loads(WAITS.read_text(encoding="utf-8"))
    return listed


def standing(rule: str) -> str:
    """Whether the rule is reached, in the words of the page."""
    waiting = waits().get(rule)
    if waiting is None:
        return "yes"
    for_what = ", ".join(dict.fromkeys(waiting.values()))
    asked = asked_by_rule()[rule] - waiting.keys()
    return f"{'in part' if asked else 'not yet'}: waits for {for_what}"


@cache
def asked_by_rule() -> Mapping[str, set[str]]:
    """The functions and classes of the core that name each rule themselves."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in public():
        for rule in _named_in(text_of(place)):
            found[rule].add(".".join(place))
    return found


def _listed() -> dict[str, dict[str, str]]:
    listed: dict[str, dict[str, str]] = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return listed


def proofs_by_rule() -> dict[str, set[str]]:
    """The test modules that name each rule in a mark."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in modules("tests"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _is_mark(node.func):
                for argument in node.args:
                    if isinstance(argument, ast.Constant):
                        found[str(argument.value)].add(path)
    return found


@cache
def homes_by_rule() -> dict[str, set[str]]:
    """The modules that name each rule; those of the core alone, where there are any."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in modules(*PACKAGES):
        text = (CHECKOUT / path).read_text(encoding="utf-8")
        for rule in _named(text, tree):
            found[rule].add(path)
    return {
        rule: {path for path in paths if path.startswith("core/")} or paths
        for rule, paths in found.items()
    }


def not_proven() -> tuple[str, ...]:
    """The rules that no test names."""
    tests = proofs_by_rule()
    return tuple(rule for group in rules().values() for rule in group if rule not in tests)


def page() -> str:
    """The whole page as it should be."""
    tests, homes = proofs_by_rule(), homes_by_rule()
    total = sum(len(group) for group in rules().values())
    missing = not_proven()
    whole = sum(standing(rule) == "yes" for group in rules().values() for rule in group)
    parts = [
        HEAD,
        f"{total - len(missing)} of {total} rules have a test that names them; {whole} are reached"
        " as a whole.\n",
    ]
    for heading, group in rules().items():
        parts += [f"## {heading}\n", *_table(group, homes=homes, tests=tests)]
    if later():
        parts += [f"## {LATER}\n", LATER_SAYS]
        parts += [f"- {rule}: {sentence}" for rule, sentence in later().items()]
        parts.append("")
    return "\n".join(parts)


def _table(
    group: Mapping[str, str], *, homes: Mapping[str, set[str]], tests: Mapping[str, set[str]]
) -> Iterator[str]:
    yield "| rule | what it asks for | reached | where it lives | tests |"
    yield "|---|---|---|---|---|"
    for rule, sentence in group.items():
        lives = _links(homes.get(rule, ()))
        proof = _links(tests.get(rule, ())) or "**not yet**"
        yield f"| {rule} | {sentence} | {standing(rule)} | {lives} | {proof} |"
    yield ""


def _links(paths: Iterable[str]) -> str:
    return ", ".join(
        f"[{path.removesuffix('.py').split('/', 1)[1]}](../{path})" for path in sorted(paths)
    )


def _is_mark(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "rule"
        and isinstance(function.value, ast.Attribute)
        and function.value.attr == "mark"
    )


def _named_in(text: str) -> Iterator[str]:
    """The rules that a text names by ids that no other word looks like."""
    yield from _PLAIN.findall(text)


def _named(text: str, tree: ast.Module) -> Iterator[str]:
    yield from _named_in(text)
    constants = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    yield from constants
    for told in constants:
        yield from _SHORT.findall(told)
    for letters, first, last in _RANGE.findall(text):
        width = len(first)
        for number in range(int(first), int(last) + 1):
            yield f"{letters}{number:0{width}}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
