"""L4: what presses in the name of the family, or of others (G-23)."""

from typing import Final

from core.lint.patterns import Pattern

_FAMILY: Final = (
    "ママ/パパ/母上/親御/親御さん/保護者/婆/爺/ばあちゃん/じいちゃん/お母/お父/家族/御家族/親/両親/御両親/母/母さん/母親/お母さん/御母さん/御母様/お母様/父/父さん/父親/お父さん/御父さん/御父様/お父様/"
    "妻/夫/奥さん/奥様/主人/御主人/旦那/ご主人/息子/息子さん/娘/娘さん/子供/子ども/お子さん/御子さん/兄/お兄さん/御兄さん/姉/お姉さん/御姉さん/"
    "弟/弟さん/妹/妹さん/兄弟/姉妹/御兄弟/祖父/祖母/おばあさん/お婆さん/おじいさん/お爺さん/御祖母さん/御祖父さん/お祖母さん/お祖父さん/孫/親戚/親族/身内/両親様/叔父/叔母/伯父/伯母"
)
_OTHERS: Final = (
    "皆/みんな/皆さん/みなさん/周り/周囲/近所/大家/大家さん/先生/職場/町内/民生委員/友達/友人"
)
_WEIGHS: Final = (
    "心配/困る/待つ/疲れる/悲しむ/泣く/安心/願う/望む/喜ぶ/頼む/言う/おっしゃる/仰る/迷惑/負担/期待/悩む/苦労/聞く/相談/気/高齢/"
    "申し訳/辛い/つらい/苦しむ/倒れる/限界/為/ため/思う/会う/感謝/謝る/支える/面倒/怒る/伺う/気持ち/辛抱/我慢/落ち込む/がっかり/先/年/様子/頼る/顔"
)
_MINE: Final = "私/わたし/僕/うち/自分/鈴木/佐藤/我が家"


def _family(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(
        line, reason="family_presses", softer="only_you_and_me", firm=firm, unless=unless
    )


PATTERNS: Final = (
    _family(f"{_FAMILY} ,.8 {_WEIGHS}", unless=f"{_MINE} の? {{n}}? .. {_FAMILY}"),
    _family(f"{_FAMILY} の 為/ため/気持ち/こと/事/負担", unless=f"{_MINE} の {_FAMILY}"),
    _family("親孝行/親不孝/親不幸/脛齧り/すねかじり", firm=True),
    _family("家族 に .. 話す/伝える/知らせる/連絡"),
    _family("家族/親 から .. 頼む/聞く/連絡/話/電話"),
    _family(f"{_OTHERS} ,.4 心配/迷惑/待つ/困る/働く/頑張る/思う/言う/気", unless="と 思う"),
)
