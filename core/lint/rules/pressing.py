"""L3: what sets a deadline or presses (G-07, G-20)."""

from typing import Final

from core.lint.patterns import Pattern

_DO: Final = "申し込む/提出/出す/決める/返す/送る/手続き/来る/予約/応募/申請/下さる/願う/知らせる/越す/記入/登録/払う/支払う/済ませる"

_WHEN: Final = (
    "{nu}/日/月/月末/末/週末/今週/来週/今月/来月/年末/年内/今年/明日/明後日/あさって/今日/本日/月曜/火曜/水曜/木曜/金曜/土曜/日曜/"
    "月曜日/火曜日/水曜日/木曜日/金曜日/土曜日/日曜日/午前/午後/正午/夕方/朝/昼/夜/時/半/春/夏/秋/冬/三月/週明け/期間"
).replace("{nu}/", "")
_WANTED: Final = (
    "=ください/下さい/くださいませ/ちょうだい/頂戴/ほしい/欲しい/お願い/願い/願う/下さる/頂く/貰う/いただける/もらえる/くれる/決める/出す/返す/送る/提出/申し込む/済ませる/"
    "申し込み/必要/しなさい/ましょう/まとめる/用意/連絡/返事/回答"
)
# The writer's own work, or what the writer does for the reader.
_OURS: Final = "うち は | うち の | 私/わたし/僕/此方/こちら/佐藤/我が家/自分"


def _presses(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(line, reason="presses", softer="no_hurry", firm=firm, unless=unless)


def _deadline(
    line: str, *, firm: bool = False, unless: str = "", of_tales: bool = False
) -> Pattern:
    return Pattern(
        line, reason="deadline", softer="any_time", firm=firm, unless=unless, of_tales=of_tales
    )


PATTERNS: Final = (
    # A habit of one's own, or of the seasons, presses nobody: 「毎年かならず白鳥が来ます」.
    _presses(
        "必ず !しも",
        firm=True,
        unless="と 言う .. 訳 .. ない | 毎年/毎日/毎朝/毎晩/毎週/昔/子供/猫/犬/鳥/季節/春/夏/秋/冬/祖母/祖父/癖/習慣 | "
        "必ず 、? ,.4 治る/直る/良い/元気/楽/貰える/もらえる/貰う/出来る/叶う/会える",
    ),
    _presses(
        "至急/緊急/早急/大至急/取り急ぐ/急務/急用",
        unless="緊急/至急/急用 の? .. 時/とき/窓口/場合/連絡/用件 ..8 ず/ない/119/へ",
    ),
    _presses("今すぐ/直ちに/さっさと/一刻"),
    _presses("今 直ぐ/すぐ", unless="で .. なく/ない"),
    _presses(
        "直ぐ に? .. =ください/下さい/ほしい",
        unless="止める/辞める/やめる/消す/休む/捨てる/閉じる/119/110",
    ),
    _presses("早め/早目", unless="店/帰る/寝る/起きる/終わる/終わり/暮れる/春/咲く/夕飯/支度/夕食"),
    _presses("急ぎ で"),
    _presses("もう/残り 時間 .. 無い/ない/ず", firm=True),
    _deadline("要/要る 申し込み/申込/予約/連絡"),
    _deadline("予約制/申込制/要予約/要申込/要連絡"),
    _deadline("受付/受け付け/応募/募集 .. まで"),
    _deadline("日/月/週/年/本日/今日/明日 中 に .. 返す/返し/下さる/願う/決める/頂く"),
    _deadline("=中 に .. 返す/返し/下さる/願う/決める"),
    _presses(
        "間もなく/間も無く/もうすぐ/もう 直ぐ/近い/近日 ,.3 終了/締める/締め切る/締切/打ち切る/期限"
    ),
    _deadline("受付/募集/販売/受け付け/申し込み/受け付ける/配布 ,.5 終了/終わる/締める"),
    _presses("一日 で? も? 早い"),
    _presses("1 日 で? も? 早い"),
    _presses("一刻/一分/一秒/少し で も 早い", unless="春/朝/夜/冬/夏/秋/花"),
    _presses(
        "のんびり/迷う/悩む/休む/遊ぶ/寝る て? .. 時間/場合/暇/余裕 ..4 無い/ない/ず", firm=True
    ),
    _presses("結論/決断/判断/覚悟/決心 ,.3 出す/下す/急ぐ/願う/決める/為る"),
    _deadline("中 に ,.6 =ください/下さい/願い/お願い", unless="家/部屋/箱/袋/町"),
    _presses("早い/早く .. =ください/下さい/ほしい/欲しい"),
    _presses("なるべく/出来るだけ/できるだけ .. 早い/早め"),
    _presses("急ぐ て/で .. =ください/下さい/ほしい"),
    _presses("お/御 急ぐ =ください/下さい"),
    _presses("急ぐ .. 必要/ない ば/なければ"),
    _presses("絶対 に? .. 来る/行く/出る/下さる/為る/読む/守る"),
    _presses("忘れる ず/ない .. に/で", unless="私", firm=True),
    _presses(
        "逃す/見逃す/乗り遅れる", firm=True, unless="人/星/虹 | 月 を 見逃す/逃す | {nu} 月 が"
    ),
    _presses("今 の うち"),
    _presses("今 だけ/しか"),
    _presses("手遅れ/後悔", firm=True),
    _presses("間 に 合う ます? ず/ない", firm=True),
    _presses("間に合う {v/x}? ない/ず/なく", firm=True, unless="大丈夫"),
    _presses("最後 の チャンス/機会/通告/お知らせ"),
    _presses("ラスト チャンス"),
    _presses("ラストチャンス/最終通告/督促/催促/警告/厳守"),
    _presses("残り/のこり .. 僅か/少し/席/名/枠", unless="人生/今年/今月/ページ/日"),
    _presses("先着/先着順/定員/限定", unless="季節"),
    _presses("打ち切る/打ち切り/取り消す/取消/取り消し/失効/失格"),
    _presses(
        "今週/今月/今年/年内/本日/今日/明日/月末/週末 一杯/いっぱい {p/x}? ,.3 終わる/終了/締める/受け付ける/申し込む/です"
    ),
    _presses(
        "後/あと {n} {n/s} で/に ,.2 終わる/締める/過ぎる/閉める", unless="冬/夏/秋/春/今年/一年"
    ),
    _presses("後/あと {n}? {n/s} しか", firm=True),
    _presses(
        "愚図愚図/ぐずぐず/もたもた/のんびり/ゆっくり ,.4 られる/居る/れる ます? ず/ない",
        firm=True,
        unless="良い/大丈夫/構う",
    ),
    _presses("もう/此れ/これ以上/以上/何時まで/いつまで ,.3 待つ/待てる .. ず/ない", firm=True),
    _presses("時間/猶予/余裕/日にち .. 無い/ない/迫る/限る", firm=True, unless="私/わたし/大丈夫"),
    _presses("お/御 忘れる 無い/ない", firm=True),
    _presses("忘れる ない/ず で/に? .. =ください/下さい/ね/よ", firm=True, unless="私/わたし"),
    _presses("今度 こそ", firm=True),
    _presses("約束 です よ/ね"),
    _presses("席/数/人数/部数/数量/枚数 .. 限り/限る .. ます/です/居る", unless="事/見渡す/出来る"),
    _presses(
        "次 は/が/の? 機会? .. 無い/ない/一年/来年/何時",
        firm=True,
        unless="おたより/お便り/たより/便り/大丈夫",
    ),
    _presses("さもない/さもなければ/さもなくば", firm=True),
    _presses("迫る/差し迫る/大詰め", unless="夕暮れ/夜/山/冬/年の瀬"),
    _presses("急ぐ/急 方 が", firm=True),
    _deadline(
        "書類/申込書/申請書/用紙/書式/葉書/封筒/アンケート/届け/届/回答用紙/同意書 ,.4 "
        "送る/返す/返送/出す/記入/書く/返信/持つ/署名/押す .. =ください/下さい/願う/頂く/貰う/ほしい"
    ),
    _deadline("更新/変更/届け出/申請/申告 .. 必要/忘れる/済ませる/願う/為る て"),
    _presses("停止 .. 為る/成る/られる"),
    _presses("為る/返事/来る/出す ない と .. 困る/大変/終わる", firm=True),
    _presses("遅れる ない/ず .. よう/様", firm=True),
    _presses("約束 .. 守る"),
    _deadline("期限/期日/締め切り/締切/締切り/〆切/しめきり/刻限/リミット/タイムリミット"),
    # In kana it is 機嫌 as often as 期限.
    _deadline(
        "きげん",
        unless="御/お/上/不 きげん | きげん ..6 良い/悪い/如何/取る/斜め/直す/直る/宜しい/上機嫌/伺う | 猫/犬/鳥/赤ちゃん/空 .. きげん",
    ),
    _deadline("締める 切る"),
    _deadline("提出", unless="私"),
    _deadline("予約", unless="図書館", of_tales=True),
    _deadline("申し込み/申込/申込み .. は/を .. まで/早め/必要/願う/受け付ける"),
    _deadline("お/御 申し込む .. =ください/下さい/願う"),
    _deadline("手続き .. 必要/願う/済ませる/為る"),
    _deadline(f"!此処/ここ/是/これ/今/其処/何処 {{n/s}} まで に ,.6 {_DO}"),
    _deadline(
        "!此処/ここ/是/これ/今/其処/何処 {n/s} まで .. 申し込む/申し込み/提出/必要/受け付ける/受付"
    ),
    _deadline(f"月/週/日/年 中 に ,.4 {_DO}"),
    # A day by which something is wanted of the reader, however the wanting is put.
    _deadline(
        f"{_WHEN} まで に/は? ,.10 {_WANTED}",
        unless=_OURS,
        firm=True,
    ),
    _deadline(f"{_WHEN} に は ,.6 {_WANTED}", unless=_OURS, firm=True),
    _deadline(
        f"今週/今月/今日/本日/年内/今年/今晩/午前/週内/月内/明日/三日/数日 中? ,.3 {_WANTED}",
        unless=f"{_OURS}/休む/過ごす/暖かい/温かい/気",
    ),
    _deadline("遅くとも", firm=True),
    _deadline("遅い とも", firm=True),
    _deadline(f"{_WHEN} までに 、? .. 返事/返信/連絡/申し込み/手続き .. 無い/ない", firm=True),
    _deadline(f"{_WHEN} まで に 返事/返信/連絡/申し込み/手続き .. 無い/ない", firm=True),
    _deadline(
        "必着/最終日/最終期限/受付日/申込期間/受付期間/募集期間/締日/締め日/期限日/納期", firm=True
    ),
    _deadline(
        "申し込み/申込/受付/受け付け/募集/応募/提出/申請/登録/参加 受付? 期間/期日/日 は/が/も",
        firm=True,
    ),
    _deadline(
        "申し込み/申込/受付/受け付け/募集/応募/提出/申請/締め ,.8 {nu} ,.3 まで/終わり/終わる/終了/締める",
        firm=True,
        unless="要る/必要 ,.2 ない/ず | ずっと",
    ),
    _deadline("{nu} {n/s} 前 まで に"),
    _deadline(
        f"{_WHEN} まで です/だ/と 成る",
        unless=f"{_OURS}/雨/雪/展示/開く/開催/会期/営業/休み/お休み/番組/秋/見頃/見ごろ/祭り",
    ),
    _deadline(
        f"{_WHEN} を? 過ぎる {{x}}? と/ば/たら/て ..5 出来る/無効/受け取る/受け付ける/られる/終わる/困る/成る",
        firm=True,
        unless=_OURS,
    ),
    _deadline(
        "後/あと/残り/のこり 、? {nu} {n/s} です/だ/しか/で/と/よ",
        unless=f"{_OURS}/今年/今月/春/夏/秋/冬/正月/クリスマス/ページ/一年/師走/便り/お便り/たより/おたより/終わり/回/通/おしまい",
    ),
    # Time that runs out, whatever it is called.
    _presses(
        "時間/日/日にち/後/あと/猶予 が/は/も ,.2 無い/ない/有る ます ず",
        firm=True,
        unless=f"{_OURS}/大丈夫/日 が ない/何 も/急ぐ",
    ),
    _presses("後/あと が 無い/有る", firm=True, unless=_OURS),
    _presses("待つ た なし/無し", firm=True),
    _presses("なる早/なるはや/速やか/速攻/即刻/即日/即答/即決/一両日/急遽"),
    _presses("早い/早 うち/内 に", unless=f"{_OURS}/日 が/春/目 が/起きる"),
    _presses(
        "先延ばし/先送り/後回し/あとまわし/後廻し/猶予",
        firm=True,
        unless=f"{_OURS}/急ぎ/急ぐ/結構/構う",
    ),
    _presses("先 延ばし/のばし/送り"),
    # 「先のばし」 is cut in this way.
    _presses("先 の ばし"),
    _presses("先 に? 延ばす/伸ばす/のばす"),
    _presses("延ばす/延びる/伸ばす {x}? ます? ず/ない", firm=True, unless=f"{_OURS}/髪/蔓/草"),
    _presses("今日/今/今週/今月/年 の うち/内 に", unless=f"{_OURS}/洗濯/雨"),
    _presses("二度 と 無い/ない/有る/来る/出来る", firm=True, unless=_OURS),
    _presses(
        "今回/今度/今年/今日/一回/一度 限り/切り/きり/だけ の/です/と/で",
        firm=True,
        unless=f"{_OURS}/雪/花/読む/人生",
    ),
    _presses(
        "一度/一回/一目/一日/一時間/五分/十分 だけ で? も/は? ,.6 絶対/必ず/どう/お願い/願い/下さる/欲しい/来る/会う/見る/行く/出る/覗く/試す",
        firm=True,
        unless=f"{_OURS}/時/とき",
    ),
    _presses("どう し て も ,.4 =ください/下さい/ほしい/欲しい/お願い/願い/頂く/貰う/来る"),
    _presses("どうしても ,.4 =ください/下さい/ほしい/欲しい/お願い/願い/頂く/貰う/来る"),
    _presses(
        "直ぐ/すぐ/もう/間もなく に? ,.3 埋まる/満席/終わる/終了/満員/売り切れる/締まる",
        unless=f"{_OURS}/月/年/パン/春/夏/秋/冬/花/年/十一月/雨/紅葉",
    ),
    _presses(
        "満席/満員/抽選/キャンセル待ち/枠/残席/空席/早い者勝ち/早いもの勝ち",
        unless=f"{_OURS}/電車/バス/窓/額/映画館/宝くじ",
    ),
    _presses(
        "申し込み/返事/連絡/手続き/提出/更新/届け/届/来る/出す/送る が? ない/無い と/ば ,.8 仕舞う/しまう/困る/無効/終わる/止まる",
        firm=True,
        unless=f"{_OURS}/花/猫/木/雪/雨/パン/火",
    ),
    _presses(
        "急ぐ て/で ..5 貰う/もらえる/頂く/いただける/願い/お願い/ほしい/下さる/くれる",
        unless=_OURS,
    ),
    _presses(
        "お?/御? 急ぎ/急ぐ を? =ください/下さい/願い/お願い/です/の/で/願う",
        firm=False,
        unless="とき/時/方/窓口/用 は/が | ない/ず",
    ),
    _presses("絶対 に? ..5 =ください/下さい/ね/欲しい/だめ/駄目/です", unless=f"{_OURS}/ない/無理"),
    _presses("急ぐ ましょう/ます/う", unless=f"{_OURS}/ない/ず/人/電車"),
    _presses("間に合う ます/よ/。", firm=True, unless=f"{_OURS}/電車/バス"),
    _presses("間 に 合う", firm=True, unless=f"{_OURS}/電車/バス/大丈夫"),
    _presses("何時/いつ まで も ,.6 訳/わけ で は .. ず/ない", firm=True),
    _presses("早い ば 早い 程/ほど"),
    _deadline("{n/s} 以内 に/で/の"),
    _presses("待つ/待てる の/ん/が は? ,.3 まで"),
    _presses(
        "遅れる/過ぎる/逃す/忘れる {x}? と/ば/たら 、? ,.6 {v} ,.3 {x}? $",
        firm=True,
        unless=f"{_OURS}/電車/バス/雨/雪/梅雨/立春/夏/冬/春/秋/立秋/年/彼岸/大丈夫/構う/寝過ごす",
    ),
    _presses("時間/日/期間/残り は 、? ,.3 長い/多い/余り .. ず/ない", firm=True, unless=_OURS),
    _presses("今日/今度/今回/今週 こそ", unless=_OURS),
    _presses("正午/最終/ラスト です/だ"),
    _presses(
        "前 に 、? ,.3 済ませる/終える/片付ける/出す ,.3 {x}? ない/ず/ください/ましょう",
        firm=True,
        unless=_OURS,
    ),
    _presses("時間/月日/歳月 は/って ,.3 待つ/戻る ,.3 ず/ない", firm=True),
    _presses("なら 今 です/だ/が/の"),
    _presses(
        "週末/今日/明日/今月/今週 が/で ,.1 最後/最終/ラスト", unless="お便り/たより/おたより/便り"
    ),
    _presses("忘れる {x}? と/ば ,.5 {v}", unless=_OURS),
    _presses("{n/s} まで 待つ ます/です/た", unless="何時/いつ"),
    _presses("ない と/ば ,.2 困る", firm=True, unless=_OURS),
    _presses("今 ,.4 ない/ず と/ば/で ,.8 {v}", firm=True, unless=f"{_OURS}/大丈夫/構う/良い"),
    _presses(
        "日/近日/近々/早々/数日/時間 の? うち/内 に",
        unless=f"{_OURS}/洗濯/雨/忘れる/暮れる/書く/届ける",
    ),
    _presses("最後 の お?/御? 願い/お願い/機会/チャンス/通知/連絡/お知らせ/日/枠"),
    _presses("何 が 有る て も"),
    _presses(
        "だけ は ,.3 空ける/開ける/来る/読む/見る/出る て .. =ください/下さい/ほしい/欲しい/お願い"
    ),
    _presses(
        "決める/動く/申し込む/返す ない と ,.8 {v}", firm=True, unless=f"{_OURS}/大丈夫/構う/良い"
    ),
    _presses("時間切れ/土壇場/瀬戸際/崖っぷち"),
    _presses("決断/決心/覚悟/選択 の? ,.2 時/とき/日/為る/決める/迫る"),
    _presses(
        "今月/今週/年内/今年/本日/今日/月内/年度内/月/週 一杯/いっぱい {p/x}",
        unless=f"{_OURS}/展示/開く/咲く/楽しむ/紅葉",
    ),
    _presses("=を 逃す/逃がす と/ば"),
    _presses("遅れる ず/ない に/で/よう/様", unless=_OURS, firm=True),
    _presses("大変 な 事/こと .. 成る", firm=True),
    _presses("取り返し/引き返す ,.3 ず/ない", firm=True),
    _presses("目 を 通す .. =ください/下さい/願う/お願い/頂く/ほしい", unless="時/とき/たら/好き"),
    _presses("ここ/此処 が 正念場/勝負/山場/分かれ道"),
)
