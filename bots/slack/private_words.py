"""A look at notes typed into Slack: what seems to name a person does not belong there."""

import re
from typing import Final

_SIGNS: Final = (
    re.compile(r"\d[\d\-‐ー() ]{8,}\d"),  # telephone numbers
    re.compile(r"〒?\s*\d{3}-\d{4}"),  # postal codes
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),  # mail addresses
    re.compile(r"\d+\s*(?:丁目|番地|番町|号室|号棟)"),  # addresses
    re.compile(r"[一-龠々]{1,4}(?:さん|様|氏|くん|ちゃん)"),  # names with an honorific
    re.compile(r"\d{4}年\d{1,2}月\d{1,2}日生"),  # dates of birth
    re.compile(r"うつ病|統合失調|発達障害|認知症|依存症|がん患者|精神疾患|手帳\s*\d級"),
)
# Full-width digits, hyphen and brackets, as Japanese keyboards give them.
_WIDE: Final = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), 0xFF0D, 0xFF08, 0xFF09)}
# Families and roles are spoken of without names.
_FAMILY: Final = ("本人", "皆", "母", "父", "兄", "姉", "弟", "妹", "娘", "息子", "奥", "旦那")
_NO_NAMES: Final = (
    *(f"{who}{how}" for who in _FAMILY for how in ("さん", "様")),
    *("祖父母さん", "職員さん", "担当さん", "民生委員さん", "お客様"),
)


def found_private(text: str) -> str:
    """What looks private in `text`, in its own words; "" when nothing does.

    A sieve and no proof: it catches the usual slips, the rest is up to people.
    """
    plain = text.translate(_WIDE)
    found = [
        match.group(0)
        for sign in _SIGNS
        for match in sign.finditer(plain)
        if not match.group(0).endswith(_NO_NAMES)
    ]
    return "、".join(dict.fromkeys(found))
