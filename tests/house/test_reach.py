"""What the core holds is what the product does: a front, a tick or a use case comes to all of it.

A rule that is written and tested and asked by nobody protects nobody.
"""

from tests.house.reach import CORE, house, public, reached, unreached
from tests.house.rule_page import homes_by_rule, rules, waits


def test_whatever_is_public_in_the_core_is_reached_or_says_what_it_waits_for() -> None:
    listed = {place for places in waits().values() for place in places}
    found = {f"{module}.{name}" for module, name in unreached()}
    assert found - listed == set(), "nobody comes to it: use it, remove it, or waits.toml"
    assert listed - found == set(), "reached now, or gone: take it out of waits.toml"


def test_every_rule_has_a_home_that_is_reached_or_says_what_it_waits_for() -> None:
    claimed = {rule for group in rules().values() for rule in group}
    homes = homes_by_rule()
    # Examples, and what is kept by there being no code for it, are named by tests alone.
    named = {rule for rule in claimed - waits().keys() if homes.get(rule)}
    assert {rule for rule in named if not _is_reached(homes[rule])} == set()
    assert waits().keys() <= claimed, "only what the product claims waits"


def test_whatever_waits_says_for_what() -> None:
    assert all(what for places in waits().values() for what in places.values())


def test_the_walk_sees_what_is_there() -> None:
    """So that the walk is no empty one: the doors are there, and nearly all of the core."""
    assert ("core.access", "require") in reached()
    assert ("core.usecases.letters.approve_letter", "approve_letter") in reached()
    assert len(public()) > 1000
    assert len(reached() & set(public())) > 0.9 * len(public())


def _is_reached(homes: set[str]) -> bool:
    """Whether something in these modules is: outside the core, everything is."""
    names = {home.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for home in homes}
    return any(
        name.split(".")[0] != CORE or any((name, top) in reached() for top in house()[name].tops)
        for name in names
    )
