"""Options are named by what can be read; a beginning is enough where only one begins so."""

import pytest

from bots.practice.refusals import NotPossible
from bots.practice.slack.elements import option_named

OPTIONS = [
    {"text": {"type": "plain_text", "text": text}, "value": value}
    for text, value in (("A-1 · 西圏域", "1"), ("A-12 · 西圏域", "12"), ("A-15 · 駅前圏域", "15"))
]


@pytest.mark.parametrize(
    ("label", "value"), [("A-12 · 西圏域", "12"), ("A-15", "15"), ("A-12", "12"), ("A-1 ", "1")]
)
def test_an_option_by_its_text_or_its_beginning(label: str, value: str) -> None:
    assert option_named(OPTIONS, label)["value"] == value


@pytest.mark.parametrize("label", ["A-1", "西圏域", "", "B-1"])
def test_what_could_be_two_or_is_none_is_refused_with_what_there_is(label: str) -> None:
    with pytest.raises(NotPossible) as refused:
        option_named(OPTIONS, label)
    assert refused.value.labels == ("A-1 · 西圏域", "A-12 · 西圏域", "A-15 · 駅前圏域")
