"""L15: what a letter cannot know: of health, of law, of money that somebody will get."""

from typing import Final

from core.lint.patterns import Pattern

_ILLNESS: Final = "病気/病/症/症状/障害/鬱病/鬱/うつ/依存症/依存/発達障害/統合失調症/認知症/疾患/不安障害/適応障害/自閉症/パニック障害/神経症"
_MONEY: Final = "手当/給付/給付金/年金/保護/生活保護/補助/補助金/助成/助成金/保険金/補償/減免/貸付/貸付金/控除/還付"


def _medical(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(
        line, reason="medical_claim", softer="ask_someone_who_knows", firm=firm, unless=unless
    )


def _legal(line: str, *, firm: bool = False, unless: str = "") -> Pattern:
    return Pattern(
        line, reason="legal_claim", softer="ask_someone_who_knows", firm=firm, unless=unless
    )


PATTERNS: Final = (
    _medical("治る/完治/治す/治癒/全快", unless="たら/言う"),
    _medical("効く/効き目"),
    _medical("効果 .. 有る/的/出る"),
    _medical("診断 .. 為る/受ける/出る/つく"),
    _medical(
        f"{_ILLNESS} .. だ/で/です/疑い/疑う/可能性/思う/恐れ/知れる/傾向/サイン",
        firm=True,
        unless=f"{_ILLNESS} .. 訳",
    ),
    _medical(
        "薬/お薬/御薬/服薬 .. 飲む/止める/やめる/辞める/減らす/増やす/続ける/変える .. て/と/ば/方/ない"
    ),
    _medical("受診/通院/入院 .. 必要/為る/勧める/下さる/可き/べき"),
    _medical(
        "病院/医者/精神科/心療内科/クリニック .. 行く/診る/掛かる/受ける .. て/ば/方/と/ましょう/ない"
    ),
    _medical("体 に 良い/悪い", unless="天気"),
    _medical("鬱 .. 防ぐ/予防/改善"),
    _medical("症状/病気/不眠 .. 改善/良い 成る/軽い 成る/進む/悪化"),
    _legal("違法/合法/違反/罪/犯罪/処罰/罰則/無効/時効/敗訴/勝訴"),
    _legal(
        "法律/法的/条例/権利/義務 .. 有る/問題/だ/です/より/因る/上",
        firm=True,
        unless="義務 .. 無い/ない/ず",
    ),
    _legal(
        "訴える/起訴/裁判/差し押さえ/差し押さえる/強制/退去/立ち退き/逮捕",
        unless="野球/映画/小説/ドラマ",
    ),
    _legal(
        f"{_MONEY} .. 貰う/受ける/受け取る/出る/下りる/降りる/使う/対象/もらえる/貰える/受給/決まる"
    ),
    _legal("受給/免除/支給/減額/認定 .. 為る/れる/られる/出来る/成る/対象/だ"),
    _legal("借金 .. 無い/消える/減る/無くす/返す/チャラ"),
    _legal("返済 .. 為る/必要/不要"),
    _legal("離婚/相続/自己破産/破産 .. 出来る/為る/れる"),
)
