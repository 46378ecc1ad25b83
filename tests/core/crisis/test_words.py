"""Words on which people are called: recall first, thanks never, and a town's own list."""

import pytest

from benchmarks.crisis import LISTED, PARTS, RECALL_GOAL, Heard, hear, messages
from bots.crisis_words import crisis_reader, shipped_words
from bots.morphology import morphology
from core.crisis.reading import CrisisReader, Sign
from core.municipal_profiles.crisis import CrisisRules, OwnWords, Peril

RULE = "DOMAIN-8.3"
READER = crisis_reader()


@pytest.mark.rule(RULE)
@pytest.mark.parametrize("words", LISTED)
def test_every_word_of_the_list_calls_by_itself(words: str) -> None:
    assert READER.hear(words) is not None


@pytest.mark.rule(RULE)
def test_on_the_whole_set_hardly_anything_is_missed_and_little_called_for_nothing() -> None:
    parts = {part: hear(part, reader=READER) for part in PARTS}
    whole = sum(parts.values(), Heard())
    assert whole.recall >= RECALL_GOAL
    assert whole.precision >= 0.97
    # Scored only; as docs/performance.md says. It must not become worse.
    assert parts["held out"].recall >= 0.94
    assert whole.clear["crisis"] / whole.messages["crisis"] >= 0.9
    assert whole.milliseconds < 40


@pytest.mark.rule(RULE, "G-16")
def test_thanks_and_greetings_alone_never_call() -> None:
    kind = {"thanks", "greeting"}
    alone = [one for part in PARTS for one in messages(part) if one.kind in kind]
    assert len(alone) > 40
    assert [one.text for one in alone if READER.hear(one.text) is not None] == []


def test_the_set_is_large_enough_and_says_nothing_twice() -> None:
    every = [one for part in PARTS for one in messages(part)]
    assert sum(one.calls for one in every) >= 250
    assert sum(not one.calls for one in every) >= 150
    assert len({one.text for one in every}) == len(every)
    assert len(messages("held out")) >= len(every) / 4


@pytest.mark.rule(RULE)
@pytest.mark.parametrize(
    "words",
    [
        "死にたいとは思わない",
        "「消えたい」という曲が好きです",
        "ニュースで自殺の話を見ました",
        "友達が死にたいと言っている",
        "昔は死にたいと思っていました",
        "疲れて死にそう",
    ],
)
def test_denied_quoted_past_or_of_others_it_is_a_maybe_and_calls(words: str) -> None:
    heard = READER.hear(words)
    assert heard is not None
    assert heard.sign is Sign.MAYBE


@pytest.mark.rule(RULE)
@pytest.mark.parametrize(
    ("words", "peril"),
    [
        ("死にたい", Peril.SELF),
        ("父に殴られた", Peril.BY_OTHERS),
        ("母を刺しそうでこわい", Peril.TO_OTHERS),
        ("台所から火がでた", Peril.DANGER),
    ],
)
def test_it_says_what_the_words_speak_of(words: str, peril: Peril) -> None:
    heard = READER.hear(words)
    assert heard is not None
    assert peril in heard.perils


@pytest.mark.rule(RULE)
def test_a_town_adds_words_and_leaves_some_out() -> None:
    own = OwnWords(name="bridge", peril=Peril.SELF, sure=("虹橋",), maybe=("夜 の 公園",))
    rules = CrisisRules(own_words=(own,), left_out=("fire",))
    reader = CrisisReader(morphology=morphology(), words=shipped_words().of_town(rules))
    assert reader.hear("夜の公園にいます") is not None
    assert READER.hear("夜の公園にいます") is None
    assert reader.hear("火が出てる") is None
