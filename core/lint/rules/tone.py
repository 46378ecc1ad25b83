"""L7: what takes it for granted that somebody is well (G-08). It warns only."""

from typing import Final

from core.lint.patterns import Pattern


def _well(line: str, *, unless: str = "") -> Pattern:
    return Pattern(line, reason="assumes_well", softer="hard_days_too", firm=True, unless=unless)


PATTERNS: Final = (
    _well(
        "元気 .. です/ます/だ/為る/居る/過ごす/いらっしゃる/おる .. =か",
        unless="ない/ず/無い .. 大丈夫/良い",
    ),
    _well("元気 だ? か/? $"),
    _well(
        "元気 で/に? .. 居る/過ごす/いらっしゃる/おる/何より/為る .. 事/様/と 思う/何より/ね/て/存ずる/存じる"
    ),
    _well("元気 そう"),
    _well("元気 の 事/こと"),
    _well("元気 .. 過ごし/過ごす"),
    _well("変わり .. 無い/ない .. =か"),
    _well("如何/どう .. 過ごす/為る/居る .. =か $"),
    _well("調子/体調/気分/具合 ,.3 如何/どう/良い .. =か"),
    _well("最近 .. 如何/どう です? か?"),
    _well("きっと/さぞ ,.4 元気/楽しい/充実"),
    _well("楽しい/充実 .. 毎日/日々/日/夏/冬/休み .. 過ごす/送る"),
    _well("楽しむ て/で 居る/おる .. =か/ね/事/こと/でしょう"),
    _well("よく/良く/ぐっすり 眠る/寝る .. =か/ね"),
)
