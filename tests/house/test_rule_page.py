"""docs/rules.md tells of every rule what keeps it, and is honest about the rest."""

import re

from tests.house.rule_page import later, not_proven, page, proofs_by_rule, rules
from tests.house.sources import document


def test_the_page_of_rules_is_what_list_code_and_tests_say() -> None:
    assert document("docs/rules.md") == page(), "write it again: python -m tests.house.rule_page"


def test_every_rule_of_the_paper_stands_in_the_list() -> None:
    known = [*later(), *(rule for group in rules().values() for rule in group)]
    assert len(known) == len(set(known))
    asked = [
        *(f"R-{n:03}" for a, b in _R for n in range(a, b + 1)),
        *(f"G-{n:02}" for n in range(1, 28)),
        *(f"{letter}{n}" for letter, last in _ROWS.items() for n in range(1, last + 1)),
        *(f"MA-{n}" for n in range(1, 13)),
    ]
    assert set(asked) <= set(known)


def test_every_rule_that_a_test_names_is_in_the_list() -> None:
    known = {*later(), *(rule for group in rules().values() for rule in group)}
    unknown = {
        rule for rule in proofs_by_rule() if re.fullmatch(r"[RG]-\d+|MA-\d+|[OPMFCS]\d+", rule)
    }
    assert unknown <= known, f"add a sentence to tests/house/rules.toml: {unknown - known}"


def test_every_rule_is_one_sentence() -> None:
    for group in rules().values():
        for rule, sentence in group.items():
            assert sentence.endswith("."), rule
            assert "|" not in sentence, rule


def test_every_rule_that_the_product_claims_has_a_test() -> None:
    assert not_proven() == ()


def test_a_rule_that_a_test_names_is_claimed() -> None:
    assert sorted(set(later()) & set(proofs_by_rule())) == [], "move it to its group"


_R = ((1, 15), (20, 29), (30, 54), (60, 73), (80, 87), (90, 94))
_ROWS = {"O": 20, "P": 18, "M": 10, "F": 9, "C": 8, "S": 7}
