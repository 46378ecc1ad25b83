"""The proofreader of みどり市, with the real reader of morphemes."""

from bots.morphology import morphology
from core.lint import LetterContext, Proofreader, TextKind
from tests.people import MONDAY, TOKYO

PROOF = Proofreader(
    morphology=morphology(), tz=TOKYO, hosts=frozenset({"127.0.0.1", "midori.example"})
)
FIRST_WORDS = (
    "はじめまして。鈴木です。ときどき、ここに短いおたよりを送ります。お返事はなくて大丈夫です。"
    "届いた言葉は、平日10時〜17時に鈴木か佐藤が読みます(「既読」は自動でつきます)。"
    "急ぎのときの窓口ではありません。いやになったら下の「やめる」で、すぐ止まります。"
)
TODAY = PROOF.today(MONDAY)


def context(kind: TextKind = TextKind.CHECK_IN, **known: object) -> LetterContext:
    """What is known of a letter of Monday."""
    return LetterContext(**({"kind": kind, "today": TODAY} | known))  # type: ignore[arg-type]
