"""L6: what tells a stranger over the shoulder who is written to: names, places, ties, appointments.

Whose name it is matters more than the name: a baker or a novelist may be named, a sister may not.
"""

from typing import Final

from core.lint.patterns import Pattern

KIN: Final = (
    "お母さん/御母さん/御母様/お母様/母/母さん/母親/お父さん/御父さん/御父様/お父様/父/父さん/父親/御両親/両親/親/"
    "妻/夫/奥さん/奥様/奥/嫁/お嫁さん/婿/主人/御主人/ご主人/旦那/旦那さん/息子/娘/子供/子/お子さん/御子さん/長男/長女/次男/次女/三男/"
    "兄/お兄さん/御兄さん/姉/お姉さん/御姉さん/弟/妹/兄弟/姉妹/祖父/祖母/おばあさん/お婆さん/おじいさん/お爺さん/婆/爺/ばあちゃん/じいちゃん/"
    "孫/甥/姪/いとこ/従兄弟/従姉妹/叔父/叔母/伯父/伯母/義母/義父/親戚/家族/御家族/ママ/パパ/彼女/恋人/婚約者"
)
_TITLE: Final = "さん/様/君/ちゃん/氏"
# The writer's own kin, and who is no kin: 「うちの母の友人の…」 stays with the writer.
_OWN: Final = "私/わたし/僕/うち/我が家/俺 の/は .. " + KIN
_KNOWN: Final = (
    "作家/歌手/俳優/女優/選手/監督/画家/詩人/歌人/俳人/漫画家/棋士/アナウンサー/名人/落語家/芸人/写真家/作曲家/監督/博士/指揮者/力士/"
    "映画/小説/曲/歌/本/絵/詩/俳句/番組/将棋/ドラマ/写真集/アルバム/主演/朗読/エッセイ/漫画/試合/時代/武将/テレビ/ラジオ/ニュース/引退/優勝"
)
_ANIMAL: Final = "猫/犬/鳥/うさぎ/ウサギ/金魚/亀/パンダ/象/くま/熊/馬/飼う/ペット/ハムスター/動物園/縫い包み/ぬいぐるみ/キャラクター/アニメ"
_DAY: Final = (
    "今日/明日/明後日/あさって/明々後日/今週/来週/再来週/今度/次回/週末/午前/午後/月曜/火曜/水曜/木曜/金曜/土曜/日曜/月曜日/火曜日/水曜日/木曜日/金曜日/"
    "土曜日/日曜日/時/日/朝/夕方/昼/夜/月火/半"
)
_SPOT: Final = (
    "駅/駅前/喫茶/喫茶店/カフェ/公園/センター/会館/公民館/図書館/窓口/ロビー/玄関/階/店/室/会議室/市民会館/区民館/ホール/体育館/神社/寺/ベンチ/バス停/食堂/"
    "レストラン/駐車場/事務所/改札/改札口/広場/スーパー/病院/役所/コンビニ/ファミレス/出口/北口/南口/東口/西口/入口/入り口/受付/噴水/銅像/ホテル/ドトール/スターバックス/"
    "デパート/百貨店/交番/郵便局/学校/マクドナルド/所/ところ/場所/売り場/ターミナル"
)
_MEETS: Final = "待つ/会う/会える/掛かる/立つ/居る/おる/来る/越す/お越し/集合/待ち合わせ/待ち合わせる/合流/落ち合う/話す/迎える"
_SCHOOL: Final = "中学/中学校/小学校/高校/高等学校/大学/短大/専門学校/高専/幼稚園/保育園/支援学校"
_CLINIC: Final = (
    "病院/医院/クリニック/診療所/医療センター/内科/外科/整形外科/歯科/皮膚科/眼科/産婦人科/脳外科"
)


def _tells(line: str, *, unless: str = "", of_tales: bool = True) -> Pattern:
    return Pattern(
        line,
        reason="personal",
        softer="without_it",
        firm=True,
        unless=unless,
        of_tales=of_tales,
    )


def _meets(line: str, *, unless: str = "") -> Pattern:
    over = "=まし た | =でし た"
    return Pattern(
        line,
        reason="appointment_shows",
        softer="without_date",
        unless=f"{unless} | {over}" if unless else over,
    )


PATTERNS: Final = (
    # 「お母さんの和子さん」, 「妹の由美」, 「お父さん(正夫さん)」, 「洋子さん(お母さま)」.
    _tells(f"{KIN} さん/様/君/ちゃん/上? の {{nm/nf}}", unless=_OWN),
    _tells(f"{KIN} さん/様/君/ちゃん/上? の {{n}} {_TITLE}", unless=f"{_OWN} | お/御 {{n}} さん"),
    _tells(f"{KIN} さん/様/君/ちゃん? {{y}} {{n}} {_TITLE}", unless=_OWN),
    _tells(
        f"{KIN} さん/様/君/ちゃん? の {{n}} {{n}}? {_TITLE}",
        unless=f"{_OWN} | お/御 {{n}} さん | の 皆/みんな/お/友達",
    ),
    _tells(f"{KIN} {{nm}} {_TITLE}", unless=_OWN),
    _tells(f"{{nm/nf}} {_TITLE} と言う/という/って? {{y}}? {KIN} さん/様? {{y}}?", unless=_OWN),
    # A child's or friend's given name, called as one calls them at home.
    _tells("{nm} 君/ちゃん", unless=f"{_KNOWN}/{_ANIMAL}/私/わたし/うち"),
    # Family name and given name: who is known to all may be named.
    _tells(f"{{nf}} {{nm}} {_TITLE}/殿", unless=_KNOWN),
    # Of given names the reader of morphemes often knows but a part: 「優斗」.
    _tells(f"{{nf}} {{nm}} {{n}} {_TITLE}/殿", unless=_KNOWN),
    _tells("{nf} {nm} の お/御", unless=_KNOWN),
    _tells("{nf} =家 の 皆/みんな/皆さん/皆様/お/御"),
    # Where somebody lives.
    _tells("{ng} ,.3 お/御 宅/家/住まい/自宅/住所", unless="私/わたし/うち"),
    _tells("{ng} ,.3 お宅/御宅/お家/ご自宅/御自宅/自宅/お住まい/御住まい", unless="私/わたし/うち"),
    _tells(
        "{ng} の? .. {nu} {n/s}? 号/号室/番/番地", unless="電車/バス/国道/系統/線/台風/私/わたし"
    ),
    _tells("お/御 住まい .. は/が/の .. {ng}"),
    _tells(
        "コーポ/ハイツ/メゾン/アパート/マンション/ハイム/レジデンス/団地/荘/ビラ/寮/住宅/パレス/コープ ,.3 {nu}",
        unless="年/階建て/新しい/私/わたし",
    ),
    _tells("{nu} 号室/号 .. の/に .. ポスト/灯り/明かり/ベル/チャイム/戸/ドア/玄関/前"),
    _tells("掛かり付け/かかりつけ", unless="私/わたし/うち/猫/犬"),
    _tells("かかり/掛かる 付ける/付け の"),
    _tells("貴方/あなた の 住所/電話/番号/苗字/実家/会社/学校/生年月日"),
    _tells("旧姓/本名/戸籍/本籍/続柄 は/が/の", unless="私/わたし/作家"),
    _tells(
        "ご自宅/御自宅/お宅/御宅/ご住所/御住所/お住まい/御住まい/お家 は/が ,.6 の/に/で",
        unless="ない/ず/私/わたし",
    ),
    # Numbers, whatever they are called.
    _tells(
        "口座/普通預金/通帳/保険証/免許/マイナンバー/免許証/診察券/患者/受給者/被保険者/世帯/整理/管理/カルテ/登録/会員/顧客/個人/お客様/基礎年金/ケース/案件/受付/住民票 "
        "の? .. 番号/コード/ナンバー",
        unless="私/わたし",
    ),
    _tells("口座/銀行 .. {nu} .. です/でしょう/だ", unless="円/私/わたし"),
    _tells("お/御 電話 番号 は/が .. {nu}"),
    # School, work, illness: with the reader's own ties.
    _tells(
        f"{_SCHOOL} の? ,.5 お/御 勤め/通い/卒業/出/在学",
        unless="私/わたし/うち",
    ),
    _tells(f"{_SCHOOL} に/へ .. 通う て 居る/いらっしゃる", unless="私/わたし/うち/僕"),
    _tells(f"{_SCHOOL} の {{nu}} 年 {{nu}}?", unless="私/わたし/うち/僕"),
    _tells(f"{_SCHOOL} .. 卒業 .. 聞く/うかがう/伺う/存じる/そう", unless="私/わたし/うち/僕"),
    _tells(
        "中学/高校/大学/小学校/中学校/会社/職場/勤め先/出身 は 、? ,.2 {n} ,.2 です/だ",
        unless="私/わたし/うち/近く/隣",
    ),
    _tells("お/御 勤め", unless="私/わたし/人/駅"),
    _tells(
        f"{_CLINIC} .. に/で/の/へ ,.5 予約/入院/通院/通う/受診/診察/検査/手術/退院/掛かる/主治医/診る",
        unless="私/わたし/うち/僕/猫/犬/待合室/歯医者 | 予約 .. 要る/必要 .. ず/ない",
        of_tales=False,
    ),
    _tells(f"{_SCHOOL} の? ,.2 お?/御? 出身/卒業生/同窓", unless="私/わたし/うち/僕"),
    _tells("お/御 誕生/誕生日 .. {nu} 月"),
    _tells("お誕生日/御誕生日/誕生日 は .. {nu} 月", unless="私/わたし/うち/猫/犬"),
    # When and where one meets.
    _meets(
        f"{_DAY} ,.10 {_SPOT} .. で/に/まで/へ/の/だ .. {_MEETS}",
        unless="友人/友達/同僚/猫/犬/鳥/人 が/おじいさん/サンタ",
    ),
    _meets(f"{_DAY} ,.12 {_SPOT} で $"),
    _meets("場所 は ,.12 {nu} 時"),
    _meets("{nu} 時 ,.8 場所 は"),
    _meets(f"集合/待ち合わせ .. は/で .. {_SPOT}"),
    _meets(f"{_SPOT} .. で/に .. {_MEETS} .. {{nu}} 時"),
    _meets(
        f"{_SPOT} .. で/に .. ,.6 {_DAY} .. {_MEETS} .. ます/です",
        unless="友人/友達/猫/犬/鳥/人 が",
    ),
)
