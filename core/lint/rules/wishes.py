"""L1 in families: every way to want something back, from 「一言でも」 to 「何かあればLINEしてね」.

A letter that expects nothing (DOMAIN §8.1) has no use for the reader's voice, face, time or opinion,
however softly it asks; and it asks the reader nothing. Its questions go to the snow and the crows.
"""

from typing import Final

from core.lint.patterns import Pattern
from core.lint.rules.asking import ANSWER

# What one can get from the reader.
_BACK: Final = f"{ANSWER}/お便り/便り/手紙/一言/ひと言/ひとこと/一声/ひと声/一文字/一行/声/言葉/ことば/答え/反応/リアクション/スタンプ/既読/近況/様子/無事/便り/お手紙/頼り/LINE/ライン/メール/電話/着信/葉書/はがき"
_TALK: Final = "話す/話せる/お話/会う/会える/御会い/お会い/お目/話/会話/御話/お話し/聞く/聞ける/うかがう/伺う/うかがえる/伺える/見る/見れる/電話/訪ねる/訪問/お茶/寄る"
_JOY: Final = "嬉しい/安心/助かる/有り難い/幸い/幸せ/喜ぶ/光栄/ほっと/心強い/救う/励み/元気/一安心/楽しい/張り合い/有難い/満足/最高/十分"
_GET: Final = "下さる/頂く/くれる/呉れる/貰う/いただける/頂ける/貰える/もらえる/くださる"
_SAD: Final = "寂しい/淋しい/心配/不安/残念/悲しい/困る/辛い/気掛かり/つまらない/切ない/心細い"
_NATURE: Final = "雨/雪/風/空/月/星/虹/花/木/猫/犬/鳥/虫/カラス/烏/葉/海/川/季節/春/夏/秋/冬/天気/電車/バス/パン/魚/金魚/鴨/どうぶつ/動物/雲/夜/朝/町/時計/名前/香り/匂い/音/味/色"
_MINE: Final = "私/わたし/僕/うち/自分/佐藤"
_FREE: Final = "ない/無い/ず て? も | 要る {x}? ない/ず | 不要"


def _asks(
    line: str, *, firm: bool = True, unless: str = "", asked: bool = False, tales: bool = True
) -> Pattern:
    return Pattern(
        line,
        reason="asks_for_answer",
        softer="no_answer_needed",
        firm=firm,
        unless=unless,
        asked=asked,
        of_tales=tales,
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
    # It would please me.
    _asks(
        f"{_BACK} ,.6 {_GET}/来る/有る/届く/返す/帰る/聞く/見る/書く/押す/送る/付く {{x/v}}? {{x}}? と/たら/ば/の/だけ で? ,.8 {_JOY}/良い/思う",
        unless=f"有り難い ます た | {_FREE} | 御免/ごめん/申し訳/済む/すみません",
    ),
    _asks(
        f"{_TALK} {{v}}? {{x}}? {{x}}? と/たら/ば/の/機会 ,.6 {_JOY}/良い の/良い な/良い です/思う/楽しみ/願う",
        unless=f"{_NATURE}/た 。/ます た/展 | {_FREE} | ない/ず と/ば",
    ),
    _asks(f"{_TALK} ,.2 {{v}}? =たら/ば/だら と 思う/存ずる/存じる/願う"),
    _asks(
        f"{{v}} {{x}}? て ,.2 {_GET} {{x/v}}? {{x}}? と/たら/ば ,.5 {_JOY}/良い な/良い の/思う",
        unless="気 が 向く/眺める/十分/休む/大丈夫/続く/構う/止める/読み飛ばす",
    ),
    _asks(f"{_BACK} .. を/が/の? 楽しみ/心待ち/待ち遠しい/励み/生き甲斐/期待", firm=False),
    _asks(
        f"{_BACK} .. だけ/一つ/ひとつ/一本/一回/だけでも で/も/は? ,.6 {_GET}/送る/欲しい/嬉しい/お願い/願う/良い の で"
    ),
    _asks(
        f"{_BACK} ,.4 =ください/下さい/くださいね/くださいませ/ちょうだい/頂戴/ほしい/欲しい/お願い/お待ち",
        firm=False,
        unless="時/とき/119/110 | 既読 .. 「/為る | ない で",
    ),
    _asks(f"{_BACK} ,.2 為る て =ね/よ/な/や/! ", firm=False),
    _asks(
        "{n} 為る て =ね/や $",
        firm=False,
        unless="安心/ゆっくり/のんびり/大事/大切/自愛/楽/無理/油断/スルー/無視/暖かい",
    ),
    _asks("お/御 {v/n} 頂く/いただける/頂ける/下さる {x}? ば/と/たら .. 幸い/幸甚/嬉しい/有り難い/助かる/思う/存ずる"),
    _asks("願う/お願い 出来る/致す/申し上げる ,.2 ば/たら", unless="これから/今後/今年/来年/宜しい/よろしい お/御 願う 為る ます 。"),
    _asks("て 下さる/くれる/もらえる/貰える/頂ける/いただける {x}? だけ で", unless="十分 です | 有り難い/大丈夫"),
    _asks("確認/会う/会わ/話す/聞く/質問/伺う/うかがう/電話/訪問/お邪魔 ,.2 為る?/せる/だけ せる? て .. =ください/下さい/もらえ/いただけ/頂け/ほしい/欲しい", unless="ない/ず"),
    _asks("だけ 為る せる て .. =ください/下さい/もらえ/いただけ/頂け/くれ", unless="休む/お休み/止める/終わり/ない/ず/お届け/読む"),
    _asks("教える/聞かせる/知らせる/返す/話す/答える て $"),
    # Waiting, in whatever mood.
    _asks(
        "気長/のんびり/ゆっくり/何時でも/いつでも/いつまでも/ずっと/此処/ここ/楽しみ ,.3 待つ !せる/られる ,.3 居る/おる/とる/てる/ちょる/ます/よ/けん/ね/な",
        unless=f"バス/電車/春/{_MINE} は/列/開店",
    ),
    _asks("^ 待つ て 居る/おる ます !ず"),
    _asks(
        "待つ とる/てる/ちょる/とう/て 居る ます? よ/ね/けん/で/から/な",
        unless=f"バス/電車/春/{_NATURE}",
    ),
    _asks(
        f"{_BACK} ,.6 待つ !せる/られる",
        firm=False,
        unless="ない/無い/ず て? も | 要る {x}? ない/ず | 人/おじいさん/子/話 を/が",
    ),
    _asks("待つ て おる/居る ます ので/から/ね/よ", unless=f"バス/電車/{_NATURE}"),
    _asks(f"{_BACK} ,.6 探す/捜す/心待ち/首"),
    _asks(f"{ANSWER}/便り/お便り/手紙 ,.4 貰える/もらえる/頂ける/いただける/来る ,.2 の? でしょう/だろう/かな"),
    _asks(f"{ANSWER}/便り/お便り ,.1 来る {{x}}? ない/ず/なく ,.10 {_SAD}/挫ける/くじける/折れる/疲れる"),
    _asks("お願い/願う 為る? ます $", unless="宜しい/よろしく/宜しく/今後/これから"),
    _asks(f"お?/御? 話/話し ,.2 出来る {{x}}? と/たら/ば ,.3 {_JOY}/良い"),
    _asks("会う 為る? て 、? ,.6 たい です/な/ね/と"),
    _asks("だけ で? も? どうぞ"),
    # Would you tell, say, choose; may I.
    _asks(
        "教える/聞かせる/聞かす/知らせる/伝える/話す/書く/答える/打ち明ける/返す て ,.2 {x}? {x}? =か/かな/かしら/でしょうか $",
        unless="た 。",
    ),
    _asks(
        "て も? 良い/宜しい/構う/大丈夫 です/でしょう/だ/ます? か/かな $",
        unless=f"{_MINE}/飲む/食べる",
    ),
    _asks("て も? 良い/大丈夫 {y} $", asked=True),
    _asks("分かる/わかる/どちら/何/どれ ,.4 =か 、? だけ"),
    _asks(
        "か どう か ,.3 だけ で? も? 、? ,.4 知らせる/教える/聞く/返す/確認/伝える/分かる/わかる"
    ),
    _asks("お/御 話す 出来る と/たら/ば/の", unless=f"ます た/{_FREE}"),
    _asks("{v} {x}? せる て ,.3 もらえる/貰える/いただける/頂ける/貰う/頂く .. =か/と/たら/ば"),
    _asks("確認/質問/お尋ね/お聞き/お伺い/伺う/お願い/相談 ,.2 為る? たい です/の/こと/事/ます/と"),
    _asks(
        "聞く/伺う/うかがう/知る たい {x}? 事/こと/です/と 思う/の/。/な",
        firm=False,
        unless=f"{_NATURE}/{_MINE}",
    ),
    _asks(
        "会う/話す/会える/話せる .. たい/ます/ます? ず か/と 思う/ん/です/な/ね/よ $",
        firm=False,
        unless=f"{_MINE} は/ます た/大丈夫/無理/時/とき/人/友人/友達",
    ),
    _asks("話す/話せる/会う/会える ます? ず か $"),
    _asks("何時/いつ 頃? ,.8 {v} .. =か $", unless=f"{_NATURE}/{_MINE}"),
    _asks("答え/回答/返答/返事 ,.4 未だ/まだ/何時/いつ/頃", unless=f"{_FREE}/良い/構う/大丈夫"),
    _asks(
        "書く/返す/話す/答える て .. 貰う/もらえる/貰える/頂く/いただける か .. 思う/期待",
        tales=True,
    ),
    _asks("申し付ける/申しつける/申し出る/言い付ける/お申し付け", firm=False),
    _asks(
        "何か/何/困る/辛い/苦しい 事?/こと?/が? ,.3 有る/成る/困る ば/たら/時/とき/際 ,.6 連絡/電話/LINE/ライン/メール/話す/言う/教える/声/相談/知らせる/呼ぶ/頼る"
    ),
    _asks(
        "遠慮 ,.2 ない/無い/ず/なく で? ,.4 連絡/電話/LINE/言う/話す/相談/声/聞く/知らせる/尋ねる/頼る/質問"
    ),
    _asks(
        "気軽/お気軽 に ,.5 {v/n}",
        unless="参加/来る/越す/お越し/立ち寄る/寄る/行く/眺める/読む/見る/捨てる/休む/流す/止める/思う",
    ),
    _asks(
        "リクエスト/アンケート/投票/クイズ ,.3 為る/お願い/答える/協力/ください/下さい",
        unless=_MINE,
    ),
    _asks("返信ボタン/リンク/ボタン/スタンプ .. 押す だけ"),
    _asks("押す て 見る て? =ください/下さい/ね/よ/ほしい/欲しい", unless="時/とき/「"),
    _asks("はい か いいえ"),
    _asks(
        "丸/○/印/チェック/まる を? .. 付ける/入れる/する て .. =ください/下さい/ね/返す/頂く/貰う/くれる/送る/出す"
    ),
    _asks("だけ で? も? 、? 知る/知らせる/教える/聞く/送る/返す せる? て =ね/よ/な/や"),
    # Dialects.
    _asks(f"{_BACK} ,.3 くれる/呉れる へん/や"),
    _asks(
        f"{_BACK} ,.3 寄越す/よこす/おくれ/けろ/たもれ",
        firm=False,
        unless="ます た | 有り難い",
    ),
    _blames("なん で なん"),
    _blames(f"{_BACK} ,.4 へん/ひん の/が/けど/から/な/で?"),
    # Making silence felt.
    _blames(
        f"{ANSWER}/便り/お便り/御便り/手紙/反応 が/も/は? 無い と/のに/ので/から/し/ば",
        unless="大丈夫/構う/平気/結構 | て も 良い | 良い です",
    ),
    _blames(f"{ANSWER} 、? 未だ/まだ", unless="大丈夫/構う/良い/要る"),
    _asks(
        "て くれる/呉れる/もらえる/貰える/いただける/頂ける/下さる {x}? たら/ば/と ,.8 {v/a/k}",
        unless="読む ます | 大丈夫/十分/有り難い/構う | 止まる/止める/休む/楽 | た 。",
    ),
    _blames(f"{_BACK} ,.8 無い/ない/ず ,.3 の/と/で/ので/から/が ,.6 {_SAD}"),
    _blames(
        f"連絡/電話/話 .. 付く/繋がる/通じる/取れる/出来る ,.2 ない/ず ,.5 {_SAD}/心配/困る",
        unless="大丈夫",
    ),
    _blames("此れ/これ/今回 で ,.3 {nu} 通/回/度 目"),
    _blames(f"既読 .. 付く/成る ,.6 返事/返信/の に/けど/が", unless="大丈夫/構う/良い"),
    _blames("嫌う/嫌い/きらい/嫌 ,.3 成る/為る ます た? か", unless=_MINE),
    _blames("何 か? も? ,.2 言う/書く/話す/返す て ,.2 くれる ない/ず"),
    _blames("貰う/もらう/頂く/くれる/呉れる/いただける て 居る/おる ます ず", unless="大丈夫/構う"),
    _blames(
        "未だ/まだ ,.4 貰う/頂く/答える/いただける/返す .. 居る/おる ます ず",
        unless="大丈夫/構う/私 は",
    ),
    _blames(
        f"{_BACK} .. 無い/ない/頂ける/いただける/もらえる ,.3 場合/時/とき は/に ,.6 終わる/終わり/止める/中止/伺う/訪ねる/致す/為る"
    ),
    _blames(f"{_BACK} .. 一度/一回/たまに は/くらい/も/ぐらい", unless="大丈夫/要る/良い"),
    _blames(
        "此方/こちら/私/わたし も? ,.3 何 も? 出来る ます? ない/ず", unless="=でし た | =なかっ た"
    ),
)
# Looked for where no other line speaks of the sentence: any question that goes to the reader.
QUESTIONS: Final = (
    _asks(
        "!=でしょう {v/x/n/a/k/p} =か $",
        unless=f"そう/なるほど {{x/p}} | {_NATURE}/{_MINE} は/が/も/の/に | 思う/何故/なぜ/どうして | と/って/という .. か",
        tales=False,
    ),
    _asks(
        "何時/いつ/如何/いかが ,.8 =でしょう か $",
        unless=f"{_NATURE}/{_MINE}/何故/なぜ/どうして",
        tales=False,
    ),
    _asks("お/御 {v/n} .. =でしょう か $", unless=f"{_NATURE}/{_MINE}", tales=False),
    _asks("{v/x/a} $", asked=True, unless=f"{_NATURE}/{_MINE}/でしょう/だろう", tales=False),
    _asks("{n/d} $", asked=True, unless=f"{_NATURE}/{_MINE}/何故/なぜ/何 {{y}}", tales=False),
)
