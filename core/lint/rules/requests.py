"""L1 and L2 in families: whatever is asked of the reader, whatever the verb.

A letter that puts no demand (DOMAIN §8.1) asks for nothing but rest and ease. So every request is
found, except for the few verbs with which one lets somebody be.
"""

from typing import Final

from core.lint.patterns import Pattern
from core.lint.rules.asking import ANSWER

# With these one lets somebody be: 「休んでください」, 「好きなときに開いてください」.
_LETS_BE: Final = (
    "休む/休める/過ごす/寝る/眠る/待つ/許す/忘れる/捨てる/おく/温まる/暖まる/温める/暖める/置く/閉じる/流す/飛ばす/読み飛ばす/"
    "開く/読む/見る/眺める/めくる/押す/受け取る/仕舞う/避ける/笑う/聞き流す/放る/のんびり/居る/止める/やめる/辞める/消す/断る/避ける/断わる/迎える"
)
_EASE: Final = "安心/大切/大事/自愛/勘弁/容赦/休憩/スキップ/ゆっくり/のんびり/暖かい/温かい/楽/削除/既読/其の/そのまま"
# Verbs of telling are L1 by lines of their own.
_TELLS: Final = "聞く/教える/知る/知らせる/伝える/話す/送る/寄せる/寄越す/返す/書く/答える/言う/聞かせる/連絡/返信/返事/電話/回答"
_GIVES: Final = "下さる/頂く/くれる/呉れる/貰う/いただける/頂ける/貰える/もらえる/くださる/頂戴"
_PLEASES: Final = (
    "嬉しい/安心/助かる/有り難い/幸い/幸せ/喜ぶ/光栄/良い/ほっと/心強い/救う/励み/どんなに/一安心"
)
_PLEASE: Final = "=ください/下さい/くださいませ/くださいね/ちょうだい/頂戴/ほしい/欲しい"
_SEE: Final = "顔/声/姿/様子/笑顔"


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


def _urges(line: str, *, unless: str = "") -> Pattern:
    return Pattern(line, reason="urges", softer="no_must", firm=True, unless=unless)


_ALSO_WITHOUT: Final = "ない/無い/ず て? も | 要る/いる {x}? ない/ず"
_FREE: Final = "時/とき/度/「/119/110/たく/好き | 気 を 付ける"

ASKING: Final = (
    # Waiting.
    _asks(f"{ANSWER}/声/連絡/便り/手紙 ,.8 待つ !せる/られる", unless=_ALSO_WITHOUT),
    _asks("お/御 待つ 為る/申し上げる/致す", unless="少々/暫く"),
    _asks("いつ/何時 でも/まで も? ,.3 !=待て 待つ !せる/られる", firm=True),
    _asks("ずっと/何時でも/いつでも/此処 で? 待つ て .. ます", unless="バス/電車/春"),
    _asks("貴方/あなた を/の .. 待つ", unless="皆/みんな/家族/親"),
    _asks("首 を 長い", firm=True),
    _asks("待ち望む/待ち侘びる/待ちわびる", unless="春/夏/秋/冬/雪/桜/花/雨"),
    _asks("お?/御? 目 に 掛かる", unless="虹/月/花/色"),
    _asks(f"{ANSWER}/会う/会える/再会 ,.6 待ち遠しい/待ち望む/待ち侘びる/待ちわびる/心待ち"),
    # Verbs of giving: would you, if you did.
    _asks(
        f"{{v}} せる/れる/られる? て .. {_GIVES} .. =か/かしら/かな/でしょうか $",
        firm=True,
    ),
    _asks(f"{{v}} せる? て ,.2 {_GIVES} {{x}}? {{x}}? と/ば/たら ,.4 {_PLEASES}"),
    _asks(
        f"{{n}} を/だけ/だけでも/でも/か/も? ,.3 {_GIVES} {{x}}? {{x}}? と/ば/たら ,.4 {_PLEASES}"
    ),
    _asks(f"{{v}} せる? て ,.2 {_GIVES} たい", unless="私/わたし/休む/安心"),
    _asks(
        f"一言/ひと言/ひとこと/何 ,.3 {_GIVES} .. ない/ず か",
        firm=True,
    ),
    # Times to meet, faces to see.
    _asks(
        f"{_SEE} を? が? ,.3 見る/見せる/聞く/聞ける/見れる たい/て .. =か/です/ください/下さい/欲しい/ほしい/。",
        unless="虫/鳥/風/川/雨/波/猫/犬/蛙/子供/子ども/蝉/ラジオ",
    ),
    _asks(f"{_SEE} を? 見せる/聞かせる て .. {_GIVES} .. と/たら/ば/か"),
    _asks(
        "会う/会える/話す/話せる ,.3 機会/時間/場/日 .. 頂く/下さる/貰う/いただける/頂ける/貰える/もらえる/作る/設ける/決める/欲しい/取る"
    ),
    _asks(
        "お/御 時間 を/が/は? ,.3 =ください/下さい/頂く/貰う/いただける/頂ける/取る/割く .. ます/か/。/ない/たい"
    ),
    _asks("機会/時間 .. 頂く/貰う/下さる ない/ます ..3 か", firm=True),
    _asks("電話/会う/話す/会える/話せる .. {v} ます ず か $", firm=True),
    _asks("会う/話す て .. =ください/下さい/欲しい/ほしい"),
    _asks("会う/会える/話す/話せる {x}? と/たら/ば ,.3 嬉しい/良い/安心/有り難い/幸い"),
    _asks("何時/いつ/何日/何曜/何曜日 ,.4 良い/宜しい/空く/都合/会う/会える/可能 .. =か"),
    _asks("時間/都合/予定/暇 ,.3 有る/御座る/良い/宜しい/如何/どう .. =か $"),
    _asks("都合/日取り/日程 .. 合わせる/決める/付く/つく"),
    _asks("どう 為る/過ごす/居る .. か ,.2 知る/気/心配 .. たい/成る/です/為る", firm=True),
    _asks(f"スタンプ/ボタン/印/しるし/マーク ,.3 押す/付ける/送る て .. {_PLEASE}", unless=_FREE),
    _asks(f"スタンプ/ボタン/印/しるし/マーク ,.3 押す/付ける/送る て .. {_GIVES} .. か/と/たら"),
    _asks(f"{_TELLS} せる? て .. {_PLEASE}", unless=f"無理/遣る/{_FREE}"),
    _asks(f"お/御 {_TELLS} せる? を? .. =ください/下さい/くださいませ/願え/願い/願える"),
    _asks(f"{ANSWER} .. 程 ,.4 願う"),
    _asks(f"{ANSWER} を/だけ/だけでも $", firm=True),
    _asks("感想/意見/希望/質問/要望 ,.3 有る ば/たら ,.4 {v} て? .. =ください/下さい/願う/どうぞ"),
    _asks("応える/答える/応じる て .. =ください/下さい/くれる/欲しい"),
    _asks(f"一言/声/{ANSWER}/{_SEE} .. {_GIVES} だけ で"),
    _asks(
        "何/何処/どこ/誰 を/で/に/と ,.4 為る/居る/過ごす/遣る/考える/思う ..5 =か $",
        unless="私/わたし/でしょう",
    ),
    _asks("何 .. 興味/関心/好き/趣味/好む ,.4 =か $", unless="私/わたし/でしょう"),
    _asks(
        f"{_SEE}/姿 を/が ,.2 見る/聞く/見える/聞ける/拝見/見れる {{x}}? {{x}}? と/たら/ば ,.4 {_PLEASES}",
        unless="猫/犬/花/月",
    ),
    _asks("会う/会える .. 日 ,.6 待つ/信じる/楽しみ/願う/夢", firm=True),
    _asks(
        "会う/変わる/出る/話す/戻る/書く/決める/動く .. の/こと/事/日/時 を .. 待つ て 居る",
        unless="電車/バス/虹/月",
    ),
    _asks(
        "会う/会える/話す/話せる/聞く/来る/頂く/いただける {x/v}? {x/v}? ば/たら と ,.2 思う/存ずる/願う/存じる"
    ),
    _asks(
        f"会う/返事/返信/連絡/出る/来る/話す 為る? {{x}}? て .. {_GIVES} {{x}}? {{x}}? たら/ば/と"
    ),
    # Making silence felt.
    _blames("此方/こちら/私/わたし から? ばかり"),
    _blames(
        f"{ANSWER} を/が ,.2 頂く/貰う/来る/届く/有る/いただける/もらえる {{x}}? {{x}}? ず/ない 、? と/ので/から/が/けど/まま/、/為/ため",
        unless="大丈夫/構う/良い",
    ),
    _blames("返事/返信/連絡/電話 ,.7 難しい/面倒/嫌/大変 .. =か $"),
    _blames("様子/事情/状況/安否/無事 ,.3 分かる/見える/知れる/掴める .. ず/ない"),
    _blames("黙る て 居る の/ない/ず/ます", unless="私/わたし/良い/構う/大丈夫/猫/雪"),
    _blames(
        f"{ANSWER}/便り/手紙/反応 .. 頂く/貰う/来る/届く/返る/受け取る .. て 居る/おる ます ず",
        unless="大丈夫/構う/良い",
    ),
    _blames(
        f"{ANSWER}/応答/反応/音沙汰/既読/返し .. 無い/ない/来る/付く/もらえる/貰う/頂く ,.6 "
        "がっかり/揉む/もむ/残念/終わり/終わる/辛い/傷付く/傷つく/切ない/ショック/落ち込む/不安/心細い/案じる/止める/中止/伺う/訪ねる",
        unless="ない/無い て も | て も ,.12 ず/ない",
    ),
    _blames(f"{ANSWER} も? .. くらい/ぐらい/位 .. 出来る/為る/欲しい/下さる/良い"),
    _blames(
        "せっかく/折角/こんなに/あんなに/毎回/何度 ,.6 {v} {x}? {x}? の に/だ",
        unless="雨/晴れる/私/わたし | て 下さる/くれる",
    ),
    _blames("此方/こちら/私/わたし から/だけ ばかり/だけ"),
    _blames("一方通行/音沙汰/音信不通/なしのつぶて/梨の礫/知らん顔/居留守"),
    _blames("裏切る/見捨てる/失望/がっかり 為る", unless="ない/ず/自分/私/わたし"),
    _blames(
        "私/わたし/此方/こちら/私達 も? .. 困る/傷付く/傷つく/辛い/悲しい/寂しい .. ます/です/仕舞う",
        unless="時/とき/日/雨/雪 | ます/です た",
    ),
    _blames(
        "{v/x} て くれる ない/ず の/ん/から/と/ので/し/なら ,.6 困る/悲しい/寂しい/辛い/心配/です/終わる"
    ),
)

# Looked for where no other line speaks of the sentence.
QUESTIONS: Final = (
    _asks("ます た? か $", firm=True, unless="私/わたし/でしょう/有る/御座る"),
    _asks(
        "困る/手伝う/必要/心配/悩み/要る/欲しい/不安/聞く .. 事/物/こと/もの/とこ ..3 有る/無い/ない ..4 か $",
        firm=True,
    ),
    _blames("{v/x} の =です か $", unless="そう/私/わたし"),
    _blames(
        "心配/案じる/気掛かり/気懸かり ,.2 て/で 居る/おる ます $",
        unless="畑/庭/雪/猫/犬/鳥/花/木/台風/天気",
    ),
)

ANY: Final = (
    _urges(
        "貴方/あなた は/が/も",
        unless="貴方/あなた です | 貴方/あなた だ | 思い出す/好き/良い/大丈夫/ない/ず/居る/元気",
    ),
    _urges("て/で 行ける/行く/いける ます よ", unless="私/わたし/季節/町/日/葉"),
    _urges("=どうか/どうぞ ,.8 =ください/下さい/お願い/願い", unless=f"{_LETS_BE}/{_EASE}/{_FREE}"),
    _urges(
        f"!{_LETS_BE}/{_TELLS}/気/為る {{v}} !ない/ず {{x}}? !ない/ず {{x}}? て/で {_PLEASE}",
        unless=_FREE,
    ),
    _urges(
        f"!休む/寝る/忘れる/置く/捨てる/しまう/閉じる/流す {{v}} て/で 置く/おく て/で {_PLEASE}",
        unless="そのまま/其の/好き/仕舞う/暖かい",
    ),
    _urges(
        f"!{_EASE}/{_TELLS} {{n/k/d/x}} 為る/居る !ない て/で {_PLEASE}",
        unless=f"{_FREE}/電話/気/{_EASE}",
    ),
    _urges(
        f"お/御 !{_LETS_BE}/{_EASE}/{_TELLS}/気/知らせ/聞かせ/返し/返す/連絡 {{v/n}} せる? =ください/下さい/くださいませ",
        unless=_FREE,
    ),
    _urges("せめて"),
    _urges("{n/v/s} が/も 必要 です/だ/有る/かも/な", unless="私/わたし/傘/長靴"),
)
