"""L1: what asks for an answer, or makes its absence felt (G-01)."""

from typing import Final

from core.lint.patterns import Pattern

ANSWER: Final = "返事/返信/連絡/回答/返答/レス/お返事/御返事/ご連絡/折り返し/一報/メッセージ/返し"
_WORD: Final = f"{ANSWER}/電話/スタンプ/一言/ひと言/ひとこと/メール/声/気持ち/様子/近況/感想/意見/話/都合/予定/状況"
_TELL: Final = "聞かせる/聞かせる/教える/知らせる/聞かす/伝える/話す/送る/寄せる/寄越す/くれる/返す"
_GIVE: Final = "下さる/頂く/くれる/貰う/いただける/頂ける/貰える/もらえる"
_WANT: Final = "欲しい/嬉しい/有り難い/助かる/幸い/光栄"


def _asks(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(
        line, reason="asks_for_answer", softer="no_answer_needed", firm=firm, unless=unless
    )


def _blames(line: str, *, unless: str = "") -> Pattern:
    return Pattern(
        line,
        reason="blames_silence",
        softer="no_answer_needed",
        firm=True,
        unless=unless,
        of_tales=True,
    )


PATTERNS: Final = (
    _asks(f"{_WORD} .. 待つ !せる/られる"),
    _asks(f"{_WORD} を/は/が? ,.3 心待ち/楽しみ"),
    _asks(f"{ANSWER} .. =ください/下さい/くださいませ/ちょうだい/頂戴"),
    _asks(f"{ANSWER} .. 願う"),
    _asks(f"{_WORD} .. いただける/頂ける/貰える/もらえる .. か/と/ば/たら/ない"),
    _asks(f"{_WORD} .. 頂く/貰う/くれる/下さる {{x}}? {{x}}? と/ば/たら .. {_WANT}"),
    _asks(f"{_WORD} .. 頂く/貰う/くれる/下さる ます ず か", firm=True),
    _asks(f"{_WORD} .. 頂く/貰う/くれる/下さる ない か", firm=True),
    _asks(f"{_WORD} .. 欲しい"),
    _asks(f"{_WORD} .. 為る て .. =ください/下さい/ちょうだい/ね/ほしい/欲しい"),
    _asks(f"{_WORD} ..5 {_TELL} て/で .. =ください/下さい/くださいね/ちょうだい/ほしい/欲しい"),
    _asks(f"{_WORD} ..5 {_TELL} て/で !くれる/下さる/貰う/頂く $", unless="有り難い"),
    _asks(f"{_TELL} て .. =ください/下さい/ちょうだい/欲しい/ほしい", unless="無理"),
    _asks(
        f"{_TELL} て .. 貰う/頂く/くれる/もらえる/いただける/頂ける/貰える .. か/と/ば/たら/たい",
        unless="有り難い",
    ),
    _asks("教える/聞かせる/知らせる/送る/返す/書く て =ね/よ"),
    _asks(f"{ANSWER} .. 為る て 見る"),
    _asks(f"{ANSWER} .. 必要/要る/要する/義務"),
    _asks(f"{ANSWER} .. 遅い/滞る", unless="遅い 成る"),
    _asks(
        "お/御 聞か/聞かせ/聞かせる/知らせ/教え/伝え せる? .. =ください/下さい/いただける/頂ける/願う/いただけ"
    ),
    _asks("何/どんな/なん ,.6 言う/書く/話す/教える て .. =ください/下さい/ね/ほしい/欲しい"),
    _asks("何時/いつ なら/だったら ,.6 =か"),
    _asks("会う て .. 貰う/貰える/もらえる/くれる/呉れる/下さる/頂く/いただける .. =か", firm=True),
    _asks(f"{ANSWER} .. 無い/ない まま", firm=True, unless="大丈夫/構う/良い"),
    _asks(
        f"{ANSWER} .. 未だ/まだ ,.4 ない/ず/無い", firm=True, unless="大丈夫/構う/良い/結構/急ぐ"
    ),
    _asks("既読/返信 .. 待つ"),
    _asks("既読 .. だけ"),
    _asks("読む/届く/着く て? .. =か $", unless="良い/ましょう/だろう/です/て 見る ます ず"),
    _asks("読む/見る て .. くれる/頂く/貰う/下さる/もらえる/貰える/いただける .. =か"),
    _asks("見る ます た =か $"),
    _asks(
        "聞く せる て .. =ください/下さい/欲しい/ほしい/ね/貰う/もらえる/頂く/いただける",
        unless="有り難い",
    ),
    _asks("会う/話す/聞く/会える 為る? たい です/な/! "),
    _asks("会う/話す/聞く 為る? たい $"),
    _asks(
        "どう 為る て ,.6 返事/返信/連絡/電話/読む/出る/会う/既読/応じる/くれる",
        firm=True,
        unless="大丈夫",
    ),
    _asks("お?/御? 話し/話 を? .. 為る たい", unless="時/とき/なる/成る/方/人"),
    _asks("会う/会える .. 楽しみ/待つ"),
    _asks("呼び鈴/インターホン/ドア/玄関 .. 出る/開ける て .. =ください/下さい/ほしい"),
    _asks(f"{ANSWER} .. 出来る/為る 次第"),
    _asks("電話 .. 出る て .. =ください/下さい/ほしい/欲しい"),
    _asks("既読/返信/返事 が/を ,.4 待つ !せる/られる"),
    _blames(f"何故/どうして/何で/なんで/何故 ,.8 {ANSWER}/読む/出る/会う/既読/応じる"),
    _blames(
        f"未だ/まだ ,.4 {ANSWER}/既読/応答/反応 ,.4 ない/無い/ず",
        unless="大丈夫/構う/良い/結構/急ぐ",
    ),
    _blames(
        f"{ANSWER}/既読/応答/反応 .. 無い/ない/来る/付く/頂く/貰う/有る ,.5 心配/気/寂しい/淋しい/残念/困る/悲しい/不安",
        unless="ない/無い て も | て も ,.12 ず/ない",
    ),
    _blames("既読 .. 付く/成る .. ず/ない", unless="大丈夫/構う/良い"),
    _blames(f"{ANSWER} ,.2 一度/何度/ずっと/全然/一切 ,.3 ない/ず/無い", unless="大丈夫/構う/良い"),
    _blames("何度/何回/いくら も? ,.5 送る/連絡/電話/メッセージ/訪ねる ,.4 のに/けど/が"),
    _blames(f"{ANSWER} ,.2 来る て 居る ます ず", unless="大丈夫/構う/良い"),
    _blames(f"{ANSWER} ,.2 有る ます ず ね/が/けど/ので", unless="大丈夫/構う/良い"),
    _blames("無視/スルー"),
)
