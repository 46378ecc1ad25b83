"""The wording check on the whole corpus: as good as docs/performance.md says."""

import pytest

from benchmarks.wording import GOAL, TIME_GOAL_MS, corpus, measure


@pytest.mark.rule("S1")
def test_on_the_texts_it_was_tuned_on_it_reaches_the_goal() -> None:
    measured = measure("development")
    assert measured.blocked.precision >= GOAL, measured.faults
    assert measured.blocked.recall >= GOAL, measured.faults
    assert measured.every_code.precision >= GOAL, measured.faults
    assert measured.every_code.recall >= GOAL, measured.faults


def test_there_are_enough_texts_of_both_sorts_in_both_parts() -> None:
    for part, least in (("development", 300), ("held_out", 150)):
        texts = corpus(part)
        assert len(texts) >= least
        assert 0.3 < sum(text.blocks for text in texts) / len(texts) < 0.7
        assert len({text.text for text in texts}) == len(texts)


def test_no_text_stands_in_both_parts() -> None:
    held_out = {text.text for text in corpus("held_out")}
    assert not held_out & {text.text for text in corpus("development")}


def test_a_letter_is_read_in_a_moment() -> None:
    assert measure("development").milliseconds < TIME_GOAL_MS * 4, "a busy machine is given room"
