"""What changed between two wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.letter_changes import Change, changes_of, sentences


@pytest.mark.parametrize(
    ("was", "now", "changes"),
    [
        ("鈴木です。寒いですね。", "鈴木です。寒いですね。", ()),
        (
            "鈴木です。寒いですね。返事はいりません。",
            "鈴木です。雪になりました。返事はいりません。",
            (Change("寒いですね。", "雪になりました。"),),
        ),
        ("鈴木です。", "鈴木です。寒いですね。", (Change("", "寒いですね。"),)),
        ("鈴木です。寒いですね。", "鈴木です。", (Change("寒いですね。", ""),)),
        ("一行目\n二行目", "一行目\n三行目", (Change("二行目", "三行目"),)),
        ("", "みどりのたより", (Change("", "みどりのたより"),)),
    ],
)
def test_sentence_by_sentence(was: str, now: str, changes: tuple[Change, ...]) -> None:
    assert changes_of(was, now) == changes


@given(st.text(alphabet="あい。！\n ", max_size=30), st.text(alphabet="あい。！\n ", max_size=30))
def test_nothing_is_lost_between_before_and_after(was: str, now: str) -> None:
    assert "".join(sentences(was)) == was
    changes = changes_of(was, now)
    assert bool(changes) == (was != now)
    assert sum(len(c.now) - len(c.was) for c in changes) == len(now) - len(was)
