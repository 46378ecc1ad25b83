"""お金のこと of an assessment: to those who read the case; from taxation, to its holder (R-043)."""

from collections.abc import Iterator
from typing import Final

from bots.web.chapters.rows import Voice
from core.assessments import IntakeAssessment, Money

# As the form and the page call the parts.
MONEY: Final = {
    "income": "収入",
    "benefits": "手当・給付",
    "arrears": "滞納",
    "debts": "借金",
}
FROM_TAXATION: Final = "税の担当からのもの"
OPEN: Final = "税に由来するお金のことを開く"


def money_facts(sheet: IntakeAssessment, voice: Voice) -> Iterator[tuple[str, str]]:
    """Each part that says something; of tax facts that there are some, and who has them."""
    money = sheet.money
    if money is None:
        return
    told = tuple(said_of(money))
    if not money.tax_derived:
        yield from told
    elif any(said for _, said in told):
        yield "お金の出どころ", FROM_TAXATION
        yield from told
    else:
        holder = voice.colleague(money.holder_id) or "担当の職員"
        yield "お金のこと", f"{FROM_TAXATION}。開けるのは、持ち込んだ{holder}だけです(R-043)。"


def said_of(money: Money) -> Iterator[tuple[str, str]]:
    """The parts by their names; empty ones, too."""
    for name, label in MONEY.items():
        yield label, str(getattr(money, name))


def money_links(sheet: IntakeAssessment, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Where the holder opens them; each time is recorded."""
    if sheet.id not in voice.story.tax_facts:
        return ()
    return ((OPEN, f"/s/cases/{voice.story.case.alias}/tax/{sheet.id}"),)
