"""Looked for where no line speaks of a sentence: that it turns to the reader with an opinion of them.

Letters that want nothing tell, let be, or say what they will not do. What is left over, said with an
assuring 「よ」, with 「はず」 or 「できます」, or of あなた, speaks of the reader's life. The code is that of
the matter: money and health first, then the house, then the clock, else urging.
"""

from typing import Final

from core.lint.patterns import Pattern
from core.lint.rules import advice, health
from core.lint.rules.asking import ANSWER

_MATTER_OF_LAW: Final = (
    "お金/金/料金/費用/家賃/税金/税/借金/給料/賃金/ローン/医療費/保険/保険料/年金/手当/給付/給付金/補助/補助金/助成/助成金/支援金/貸付/免除/減免/割引/半額/無料/無償/タダ/制度/申請/審査/手帳/"
    "認定/受給/支給/法律/法律上/法/法的/違法/権利/義務/裁判/弁護士/時効/契約/相続/破産/離婚/保証人/差し押さえ/督促/罰金/警察/役所/解雇/残業代/労災/失業/控除/還付/保護/円"
)
_MATTER_OF_HEALTH: Final = f"{health.BODY}/{health.ILL}/{health.CARE}/寝つき/寝付き/風邪/検査/結果/異常/数値/先生/医者/お医者/お酒/酒/煙草/たばこ/コーヒー/甘い/運動/日光/野菜/朝食/朝ご飯"
_NATURE: Final = (
    "雨/雪/風/空/月/星/虹/花/木/猫/犬/鳥/虫/カラス/烏/葉/海/川/季節/春/夏/秋/冬/天気/電車/バス/パン/魚/金魚/雲/桜/紅葉/芽/蕾/つぼみ/霜/氷/台風/気温/日差し/夜/朝/日/町/道/店/畑/庭/時計/展示/展/絵/写真/曲/歌/本/映画/漫画/ゲーム/会場/番組/"
    "年/月末/香り/匂い/音/鍋/柿/蜜柑/みかん/大根/味/年度/便り/お便り/たより/おたより/手紙/返事/既読/ちらし/チラシ"
)
_MY: Final = "私/わたし/僕/我が家/こちら/此方/自分/佐藤"
_LETS_BE: Final = "大丈夫/構う/結構/自由/平気/休む/止める/やめる/辞める/止まる/そのまま/書く/読む/送る/届ける/届く/お休み/おやすみ/忘れる/思い出す/終わる/終わり/御免"
_NOT_SO: Final = "ず/ない/無い/なく/へん/ぬ/んで"
_QUIET: Final = f"{_NATURE} は/が/も/の/に/を/って/だ/です/から/まで/で | {_MY} は/が/も/の/に/で | うち の/は | {_LETS_BE} | {_NOT_SO}"


def _urges(line: str, *, unless: str = "", asked: bool = False) -> Pattern:
    return Pattern(
        line,
        reason="urges",
        softer="no_must",
        firm=True,
        asked=asked,
        unless=f"{_QUIET} | {unless}" if unless else _QUIET,
    )


def _always(line: str, *, unless: str = "") -> Pattern:
    return Pattern(line, reason="urges", softer="no_must", firm=True, unless=unless)


def _cheers(line: str, *, unless: str = "") -> Pattern:
    return Pattern(line, reason="cheers_on", softer="as_you_are", firm=True, unless=unless)


def _claims(reason: str, line: str, *, unless: str = "") -> Pattern:
    return Pattern(line, reason=reason, softer="ask_someone_who_knows", firm=True, unless=unless)


def _each(reason: str, matter: str, unless: str) -> tuple[Pattern, ...]:
    """Of a matter, every way in which one speaks as somebody who knows."""
    return tuple(
        _claims(reason, f"{matter} ,.12 {sure}", unless=unless)
        for sure in (
            "よ/から/ので/もの ね? $",
            "と 思う .. ます",
            "はず/筈",
            "そう です/だ",
            "成る ます",
            "成る 事/こと",
            "出来る ます",
            "らしい/様/みたい です/だ",
            "知れる ます? ず/ない",
            "貰える/もらえる/受け取れる/受け取る/戻る/借りられる/消える/借りる られる? ます",
            "ば/たら/と/なら ,.6 ます/です/ない/大丈夫/よ/済む",
            "心配 .. 要る/無い/ない/有る",
            "られる/れる ます",
        )
    )


CLAIMS: Final = _each(
    "legal_claim",
    _MATTER_OF_LAW,
    f"{_MY} は/が/も/の | うち の/は | 無料/ただ です/だ/の/で 入る/見る | ちらし/展示/会/おたより/お便り/たより/本/番組/電子 は/の/が | 掛かる ます ず | お年玉/宝くじ/図書 | た 。 | 入場/観覧/入館",
) + _each(
    "medical_claim",
    _MATTER_OF_HEALTH,
    f"{_MY} は/が/も/の | うち の/は | {_NATURE} は/が/も/って/だ | 猫/犬/天気/季節 の | 大丈夫 です | た 。 | て も 良い | 辛い です ね | 冷える/寒い/暑い",
)
FAMILY: Final = (
    Pattern(
        "家族/御家族/ご家族/両親/御両親/親御/母親/父親/おばさん/おじさん/小母さん/小父さん/叔母/伯母/叔父/伯父/親戚/御親戚/身内",
        reason="family_presses",
        softer="only_you_and_me",
        unless=f"{_MY} の/は/が | うち の | 屋/店/近所/隣/公園/動物園/鴨/熊/白鳥/燕/つばめ/連れ/映画/小説/絵/会 | ない/ず/無い | パン/駅/犬/猫",
    ),
)
TIME: Final = (
    Pattern(
        "間に合う/期間/時間切れ/締める/最終/決断/決心/日程/期日/逃す/急ぐ/一刻/瀬戸際 ,.6 よ/ます/です/ましょう/ください/来る/迫る $",
        reason="presses",
        softer="no_hurry",
        unless=f"{_QUIET} | 最後 の? {{n}}? です/に/だ | 今 は/日/朝/年/も/まで | お便り/たより/おたより/回/ページ | 元気/胸/お腹/山",
    ),
)
URGES: Final = (
    _urges("{v/x/a/k/n} よ $", unless="です よ ね | も 有る ます よ ね | 寒い/暑い/冷える"),
    _urges("はず/筈 です/だ/も/よ/なのに"),
    _urges(
        "{v/a/k/x} .. と 思う .. ます $",
        unless="て も? 良い/よい | た と | だ と | なあ と | そう/こう/好き/きれい/奇麗/楽しい/大変/難しい/辛い/似る",
    ),
    _urges(
        "成る {x}? ます/と 思う/はず/かも $",
        unless="寒い/暖かい/寂しい/短い/長い/眠い/静か/賑やか/{nu}",
    ),
    _urges("出来る {x}? ます/と 思う/よ/。", unless="写真/花/席/店/会/電話"),
    _urges("参考/刺激/勉強/役/プラス/力/糧/財産/自信 に ,.2 成る/立つ"),
    _urges("友達/仲間/知り合い/味方/話し相手 ,.3 出来る/増える/作る/待つ"),
    _urges("に ,.1 どうぞ $", unless="そのまま/自由/好き/捨てる/休む"),
    _urges("て 見る と か $"),
    _urges("て 見る とか/なり/のも/など $"),
    _urges("ばかり ,.2 で/だ は ,.6 {v/a/k}"),
    _cheers(
        "貴方/あなた",
        unless="貴方/あなた です/だ | ペース/思い出す/忘れる/ない/ず/良い/大丈夫/似る/居る/好き/元気/自由/まま/ページ/宛/読む/届く/送る/届ける",
    ),
    _cheers("信じる て 居る/おる ます", unless="サンタ/幽霊/占い/ない/ず"),
    _cheers(
        "楽しい/素敵/素晴らしい/有意義/充実 ,.2 です/に 成る/時間/一日/毎日/経験 ,.2 よ/と 思う/はず/に 成る",
        unless=f"{_NATURE} は/が/も/の/を",
    ),
    _urges(
        "誰/だれ/人/人間/みんな/皆 は/も/だって/でも/しも ,.8 {v/x/k/a/n} もの/物/よ $",
        unless="居る/話す",
    ),
    # These are made of a denial.
    _always("{a/k} ない です よ $", unless="て も 良い | 大丈夫"),
    _always("知れる ます ず よ $", unless=f"{_NATURE} は/が/も | {_MY}"),
    _always("て 居る て も 、? ,.2 何 も ,.3 ず/ない"),
    _always("今 から/なら で? も? ,.3 遅い"),
    _always("!成る {v} て も 、? 何 も ,.3 始まる/変わる/解決/進む {x}? ない/ず"),
    _always("何事/何ごと/物事"),
    _always("ない/なけれ と/ば ,.4 分かる/始まる/進む/変わる/出来る {x}? ない/ず"),
    _always("て も/は ,.1 居る/おる られる/れる ,.1 ない/ず", unless="待つ/じっと"),
    _always("の/ん で/じゃ は? ない ,.2 か/かな/かしら? $", unless=f"{_NATURE}/でしょう/{_MY}"),
    _always("の では/では? $", unless=f"{_NATURE}/{_MY}"),
    _always("ず と 、? ,.4 {v/x} へん/ず よ? $"),
)
# What releases: with one of these a sentence on such a matter lets the reader be.
_RELEASES: Final = (
    "無い/ない/なく/ず て? も? {x/p}? ..2 大丈夫/構う/良い/結構/平気/済む | "
    "て/た も 大丈夫/構う/良い/結構/平気/自由/ない/書く/届ける | 大丈夫 です/だ/。 | 構う ます? ない/ず | "
    "要る/いる/必要/求める/待つ/急ぐ/気/心配/考える/無理/期待/及ぶ/気遣い .. ない/ず | 返事/返信/連絡 は ,.2 良い | ず で | 忘れる て/で | やめる/止める/減らす/休む 事/こと | 不要/無用/自由/有り難い/有り難う/御免/ごめん/済む/すみません/申し訳 | "
    "ない/ず で =ください/下さい/欲しい | て も ,.6 て も | ない/無い/ず て も | ない/ず ,.2 日/時/とき/人/季節/夜/場所/手紙/お便り/たより | "
    "ず/ない/へん {x/p}? {x/p}? {x/p}? $ | も ,.2 有る/居る {x}? そう? {x}? よ? ね? $ | が/も/は ,.3 居る/有る/多い そう です | "
    "押す と/て | 下さる/くれる て 、? ,.8 嬉しい/有り難い/有り難う/助かる/良い/楽しい | 下さる/くれる た | ず に | て 行く/来る た | 「"
)
_THIRD: Final = (
    f"{_NATURE} は/が/も/って/だ/なら | {_MY} は/が/も/の/に/から/で | うち の/は | 会 です/だ/が | 猫/犬/鳥/昔/子供 | 為る/書く/読む/送る/届ける/出す て? 置く? 居る? ます $ | "
    "忘れる ず/ない/て 下さる/ください | 思い出す | ちらし/チラシ/展示"
)


def _matter(
    words: str, reason: str, softer: str, unless: str = "", *, others: str = _THIRD
) -> Pattern:
    return Pattern(
        words,
        reason=reason,
        softer=softer,
        firm=True,
        unless=" | ".join(filter(None, (_RELEASES, others, unless))),
    )


# In the last place a matter by itself, where nothing releases it.
ANSWERS: Final = (
    _matter(
        f"{ANSWER}/御返事/感想/返答/スタンプ/お顔/会う/会える/お会い/御会い/お目/お茶/反応",
        "asks_for_answer",
        "no_answer_needed",
        "返し 為る か | 遅い 成る/なる | 遅く | 終わり | 前 に | 頂く た | 苦手/無料/便り/ちらし/チラシ | 会 です/だ | 猫/犬/鳥/春/夏/秋/冬/雪",
        others="",
    ),
)
OTHERS: Final = (
    _matter(
        "大家/大家さん/近所/町内/友人/友達/同級生/民生委員/親戚/周り さん? 達? の? 人? 方? 皆? さん? 達? が/も/は",
        "family_presses",
        "only_you_and_me",
        "隣/となり/屋/店/犬",
    ),
)
MATTERS: Final = (
    _matter(
        _MATTER_OF_LAW,
        "legal_claim",
        "ask_someone_who_knows",
        "無料 で/です/の | 円 | お金/金 は ,.2 要る/いる/入る/掛かる ,.2 ず/ない",
    ),
    _matter(
        "脳/骨/血/血圧/神経/免疫/副作用/症状/病気/鬱/薬/お薬/再発/発作/体質/診断/治療/検査/依存/中毒/栄養/睡眠/眠気/不眠",
        "medical_claim",
        "ask_someone_who_knows",
    ),
)
CLOCK: Final = (
    _matter(
        "更新/印鑑/書類/手続き/枠/期限/期日/締め切り/受付/募集/申し込み/今月中/月末/年内/一杯 ,.8 {v/n/a} ,.6 {x}? $",
        "presses",
        "no_hurry",
        "休み/お休み/展示/届ける/無い | 枠 を 描く | 一杯 に/の | 胸/お腹/元気",
    ),
)
_SELF: Final = "自分/仲間/世の中/世間/社会/人生/将来/未来/才能/可能性/夢/経験/気持ち/心/生活/日々/一歩/健康/自信/勇気/希望/努力/成長/目標/習慣"
LIVES: Final = (
    _matter(
        f"{_SELF} ,.12 よ/ね/成る/出来る/られる/はず/筈/と/ば/たら/知れる/大切/大事/良い/ましょう/です/ます {{x/p}}? {{x/p}}? {{x/p}}? $",
        "urges",
        "no_must",
        "自分 で/の ,.6 ます/です $ | よい 夢 | た 。",
    ),
    _matter(
        f"{advice.LIFE} ,.8 よ/成る/出来る/はず/筈/知れる ,.3 $", "urges", "no_must", "{nu} 年/月"
    ),
    _matter(f"{advice.WORK} ,.12 ます/です/よ/ね ,.2 $", "sets_goal", "as_you_are", "店員/学生"),
    _matter(
        "{n/s} に/の ,.2 歩/一歩/第一歩/きっかけ/切っ掛け/スタート/機会/チャンス/参考",
        "urges",
        "no_must",
    ),
    _matter(
        "手伝い/お手伝い/サポート/応援/後押し/力 を? に? ,.2 為る/成る せる? て? .. =ください/下さい/たい/ます/頂く",
        "urges",
        "no_must",
    ),
)
QUESTIONS: Final = (
    Pattern(
        "=ます/です/た =か $",
        reason="asks_for_answer",
        softer="no_answer_needed",
        firm=True,
        unless="そう/なるほど | {n} 、 {n} です か",
    ),
)
