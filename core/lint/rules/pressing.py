"""L3: what sets a deadline or presses (G-07, G-20)."""

from typing import Final

from core.lint.patterns import Pattern

_DO: Final = "申し込む/提出/出す/決める/返す/送る/手続き/来る/予約/応募/申請/下さる/願う/知らせる/越す/記入/登録/払う/支払う/済ませる"


def _presses(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(line, reason="presses", softer="no_hurry", firm=firm, unless=unless)


def _deadline(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(line, reason="deadline", softer="any_time", firm=firm, unless=unless)


PATTERNS: Final = (
    _presses("必ず !しも", firm=True, unless="と 言う .. 訳 .. ない"),
    _presses("至急/緊急/早急/大至急/取り急ぐ"),
    _presses("今すぐ/直ちに/さっさと/一刻"),
    _presses("今 直ぐ/すぐ", unless="で .. なく/ない"),
    _presses("直ぐ に? .. =ください/下さい/ほしい"),
    _presses("早め/早目"),
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
    _presses("一刻/一分/一秒/少し で? も? 早い", unless="春/朝/夜/冬/夏/秋/花"),
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
    _presses("逃す/見逃す/乗り遅れる", firm=True, unless="人/月/星"),
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
        "愚図愚図/ぐずぐず/もたもた/のんびり/ゆっくり ,.4 られる/居る/れる ず/ない/ます",
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
        unless="おたより/お便り/便り/大丈夫",
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
    _deadline("予約", unless="図書館"),
    _deadline("申し込み/申込/申込み .. は/を .. まで/早め/必要/願う/受け付ける"),
    _deadline("お/御 申し込む .. =ください/下さい/願う"),
    _deadline("手続き .. 必要/願う/済ませる/為る"),
    _deadline(f"!此処/ここ/是/これ/今/其処/何処 {{n/s}} まで に ,.6 {_DO}"),
    _deadline(
        "!此処/ここ/是/これ/今/其処/何処 {n/s} まで .. 申し込む/申し込み/提出/必要/受け付ける/受付"
    ),
    _deadline(f"月/週/日/年 中 に ,.4 {_DO}"),
)
