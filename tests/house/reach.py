"""What of the core a front, a tick or the storage comes to, and what nobody outside the tests does.

Read from the syntax trees alone: a definition at the top of a module leads to every other that it
names. Print what nobody comes to: `python -m tests.house.reach`
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from tests.house.sources import PACKAGES, modules

Place = tuple[str, str]
"""A module and a name at its top; "" for what the module does when it is imported."""
CORE: Final = "core"


@dataclass(frozen=True, kw_only=True)
class Module:
    """One module of ours.

    Attributes:
        tops: the names at its top, each with the nodes in which it is defined.
        known: names that come from another module of ours: where from.
        modules: names that stand for a whole module.
    """

    name: str
    tops: Mapping[str, list[ast.AST]]
    known: Mapping[str, Place]
    modules: Mapping[str, str]
    docs: str
    rest: list[ast.AST] = field(default_factory=list)


@cache
def house() -> dict[str, Module]:
    """Every module of the product, by its dotted name."""
    trees = {_dotted(path): tree for path, tree in modules(*PACKAGES)}
    return {name: _read(name, tree, trees.keys()) for name, tree in trees.items()}


@cache
def public() -> tuple[Place, ...]:
    """The functions and classes of the core that have a public name."""
    return tuple(
        (module.name, name)
        for module in house().values()
        if module.name.split(".")[0] == CORE
        for name, nodes in module.tops.items()
        if not name.startswith("_") and any(map(_is_defined, nodes))
    )


@cache
def reached() -> frozenset[Place]:
    """Every place that something outside the core leads to."""
    outside = [
        (module.name, name)
        for module in house().values()
        if module.name.split(".")[0] != CORE
        for name in ("", *module.tops)
    ]
    seen: set[Place] = set()
    ahead = [*outside, *((name, "") for name in house())]
    while ahead:
        place = ahead.pop()
        if place in seen:
            continue
        seen.add(place)
        ahead += leads_to()[place] - seen
    return frozenset(seen)


@cache
def unreached() -> tuple[Place, ...]:
    """What is public in the core and nobody comes to."""
    return tuple(sorted(place for place in public() if place not in reached()))


@cache
def leads_to() -> Mapping[Place, set[Place]]:
    """What each place names, by name; a name handed on by a package leads to where it is made."""
    found: dict[Place, set[Place]] = defaultdict(set)
    for module in house().values():
        for name, nodes in module.tops.items():
            found[module.name, name] |= set(_named(nodes, module)) - {(module.name, name)}
        found[module.name, ""] |= set(_named(module.rest, module))
    return found


def text_of(place: Place) -> str:
    """Every text within a definition: docstrings, rule ids, messages."""
    nodes = house()[place[0]].tops[place[1]]
    return "\n".join(
        node.value
        for top in nodes
        for node in ast.walk(top)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _read(name: str, tree: ast.Module, ours: Iterable[str]) -> Module:
    tops: dict[str, list[ast.AST]] = defaultdict(list)
    known: dict[str, Place] = {}
    whole: dict[str, str] = {}
    rest: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                called = alias.asname or alias.name
                if f"{node.module}.{alias.name}" in ours:
                    whole[called] = f"{node.module}.{alias.name}"
                elif node.module in ours:
                    known[called] = (node.module, alias.name)
    for node in tree.body:
        names = list(_names(node))
        for one in names:
            tops[one].append(node)
        if not names and not isinstance(node, ast.Import | ast.ImportFrom):
            rest.append(node)
    docs = ast.get_docstring(tree) or ""
    return Module(name=name, tops=tops, known=known, modules=whole, docs=docs, rest=rest)


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def _named(nodes: Iterable[ast.AST], module: Module) -> Iterator[Place]:
    for top in nodes:
        for node in ast.walk(top):
            if isinstance(node, ast.Name):
                if node.id in module.known:
                    yield _made(module.known[node.id])
                elif node.id in module.tops:
                    yield module.name, node.id
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                whole = module.modules.get(node.value.id)
                if whole is not None:
                    yield _made((whole, node.attr))


def _made(place: Place) -> Place:
    """Where a name is made that a package hands on."""
    module = house().get(place[0])
    while module is not None and place[1] not in module.tops and place[1] in module.known:
        place = module.known[place[1]]
        module = house().get(place[0])
    return place


def _is_defined(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


if __name__ == "__main__":
    for module, name in unreached():
        print(f"{module}.{name}")
