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
    _presses("一日 でも? 早い"),
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
    _presses("打ち切る/打ち切り/取り消す/取消"),
    _presses("停止 .. 為る/成る/られる"),
    _presses("為る/返事/来る/出す ない と .. 困る/大変/終わる", firm=True),
    _presses("遅れる ない/ず .. よう/様", firm=True),
    _presses("約束 .. 守る"),
    _deadline("期限/期日/締め切り/締切/締切り/〆切/しめきり/刻限/リミット/タイムリミット"),
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
