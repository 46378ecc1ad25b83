"""L2: what urges, advises or sets a goal (G-07; DOMAIN §8.1)."""

from typing import Final

from core.lint.patterns import Pattern

_GOAL: Final = "社会復帰/就労/就職/復職/復学/登校/再就職/就活/就職活動/脱出/克服/更生/目標/自立/社会参加/通学/通所/資格取得/職業訓練/卒業"
_DEED: Final = (
    "出る/出掛ける/起きる/食べる/運動/行く/来る/参加/申し込む/試す/決める/慣れる/動く/始める/歩く/散歩/働く/探す/受ける/応募/通う/"
    "踏み出す/外出/話す/考える/頼る/登録/見学/体験/通院/受診/変わる/変える/直す/片付ける/続ける/起こす/顔/いらっしゃる/越す/相談/チャレンジ/挑戦/挑む/努力/取り組む/訪れる/出す/やる/使う/利用/立ち寄る/寄る/のぞく/覗く/整える/減らす/控える"
)


def _urges(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(line, reason="urges", softer="no_must", firm=firm, unless=unless)


def _invites(line: str, *, firm: bool = True, unless: str = "") -> Pattern:
    return Pattern(line, reason="invites", softer="go_or_not", firm=firm, unless=unless)


def _goal(line: str, *, unless: str = "", firm: bool = False) -> Pattern:
    return Pattern(line, reason="sets_goal", softer="as_you_are", firm=firm, unless=unless)


def _cheers(line: str, *, unless: str = "", firm: bool = False) -> Pattern:
    return Pattern(line, reason="cheers_on", softer="as_you_are", firm=firm, unless=unless)


PATTERNS: Final = (
    _urges(
        "{v} =ましょう/ましょ/ましょー", unless="送る/届ける/持つ/休む/止める/読む .. =ましょう か"
    ),
    _urges("為る =ましょう"),
    _urges("{vo} !と !た !ない !ず", unless="私/わたし/僕/迷う/悩む"),
    _invites(
        "{v} =ませ =ん =か",
        unless="居る/おる/有る/御座る/知れる/良い/違う/構う/下さる/頂く/貰う/くれる/いただける =ませ =ん =か",
    ),
    _invites("て/で 見る ます ず か"),
    _invites("{v} ない か/かい $", unless="ない か と/な/も/しら"),
    _urges("て/で 見る て .. =ください/下さい/ほしい/欲しい/は/ね/よ/! "),
    _urges("て/で 見る =たら/ては/れば .. 如何/どう/良い"),
    _urges("{v} =たら/だら .. 如何/どう です/だ?", unless="どう 為る/成る"),
    _urges("{v} {x}? て/で は .. 如何/どう"),
    _urges("て/で 見る て/で は? $"),
    _urges("て/で 見る て/で は .. {y}"),
    _urges("て/で 見る =ては/では"),
    _urges("た 方 が"),
    _urges("何時/いつ まで も? .. 家/部屋/寝る/此の/そう/籠もる/同じ"),
    _cheers("負ける/挫ける/めげる/逃げる/挫折 ない で", firm=True),
    _cheers("自分/力/可能性 .. 信じる"),
    _urges("心掛ける/目指す/努める"),
    _urges("可き/べし/べき"),
    _urges("た 方 .. 良い/いい/お勧め/健康"),
    _urges("{v} 方 が .. 良い"),
    _urges(f"{_DEED} と 良い です? =よ/です/でしょう/かも/。", unless="晴れる/成る と"),
    _urges(f"{_DEED} {{v}}? .. 事 .. 大切/大事/重要/必要/お勧め/勧める"),
    _urges(
        "{v/x} ない ば/と .. 成る/行ける/行く/駄目/いけない/ならない/だめ",
        firm=True,
        unless="事/訳/決まり .. ない/無い",
    ),
    _urges("なければ/なきゃ/なくちゃ/ねば .. $", firm=True),
    _urges("{v} =なきゃ/なくちゃ/ないと .. $", firm=True),
    _urges("{v} =なく =ちゃ"),
    _urges("{v} ない ちゃ", firm=True),
    _urges("て/で 見る と 良い"),
    _urges("{v/x} なく て は .. 成る/行ける/行く/駄目", firm=True),
    _urges(
        f"{_DEED} .. て/で .. =ください/下さい/ほしい/欲しい/くださいね/貰う/頂く/みて",
        unless="電話/ドア/玄関/家族/欲しい 時 | ない で =ください/下さい",
    ),
    _urges(f"お/御 {_DEED} .. =ください/下さい"),
    _urges("{v} =なさい", unless="休む/帰る/御免/ごめん"),
    _urges("{vi} $", unless="下さる/なさる/いらっしゃる"),
    _urges("是非"),
    _urges("勧める/推奨/お薦め/薦める/御勧め/お勧め", unless="られる"),
    _urges("そろそろ .. 外/出る/働く/動く/仕事/学校/始める/考える"),
    _urges(
        "いい加減/早く .. 出る/働く/元気/治す/起きる/立ち直る/寝る",
        unless="て/で も | 今日 は | 私/わたし",
    ),
    _urges("甘える な/ない", firm=True),
    _urges("心 を? 開く", unless="時/とき"),
    _cheers("頑張る て/で? $"),
    _cheers("頑張る て/で =ね/よ/な"),
    _cheers("頑張る て/で =ください/下さい/ね/よ/! "),
    _cheers("頑張る {xo/vo}"),
    _cheers("頑張れ/がんばれ/頑張/ファイト/ガンバ/ガンバレ"),
    _cheers("=がんばっ/頑張っ て =ください/下さい/ね/! "),
    _cheers("前向き"),
    _cheers("ポジティブ/やる気/気合い/根性"),
    _cheers("勇気 .. 出す/持つ/振り絞る"),
    _cheers("自信 .. 持つ/付ける"),
    _cheers("期待 .. 為る"),
    _cheers("応援 .. 為る", unless="チーム/野球/サッカー/試合"),
    _cheers("諦める な/ず/ない .. で", firm=True),
    _goal(
        _GOAL,
        unless="就労/自立/就職 支援/移行/継続/施設/センター/相談 | 就職活動/就活/就職 の ,.3 服/人/学生/スーツ | 目標 は 、? ,.2 有る ます ず | 目標 は 、? 無い",
    ),
    _goal("一歩 .. 踏み出す/前/進む/出る/外/始まる/出す"),
    _goal("一歩 も? {v/y/n/x/p}", unless="一歩 も ,.3 ず/ない"),
    _goal("{nu} 歩 で? も? 、? ,.3 前/進む/外/踏み出す/ずつ", unless="私/わたし/猫/犬"),
    _goal("最初/初め/次 の 一歩"),
    _goal("働く .. 準備/練習/場/意欲/たい"),
    _goal("仕事 .. 探す/始める/見付ける/戻る/就く"),
    _goal("学校 .. 行く/戻る/通う", unless="前/昔/通り"),
    _goal("外 .. 出る {x}? .. 練習/機会/切っ掛け/事/習慣/られる"),
    _goal("生活 .. リズム/習慣 .. 整える/戻す/直す/作る"),
    _goal("今/此の/その まま .. 駄目/いけない/良い .. ない/ず/いけない/駄目", firm=True),
    _goal("此の/その まま で? は", firm=True, unless="大丈夫/良い/寒い"),
    _goal("将来/先/老後/今後 .. 考える/ため/為", unless="私"),
    _goal("変わる .. チャンス/機会/切っ掛け"),
    _goal("ハローワーク/サポステ/作業所/職業訓練"),
    _goal("元 の 生活/自分 .. 戻る/取り戻す"),
    _goal("元気 .. 成る て/で .. =ください/下さい/ほしい/欲しい/ね"),
    _goal("規則/規則正しい .. 生活"),
    _goal("人 .. 交わる/関わる .. 大切/大事/機会/練習"),
)
