"""本人のページ: ending its links, and a PIN for a phone that others hold, too (G-12)."""

from functools import partial
from typing import Final

from bots.web.desk.deed import Deed, Means, View
from bots.web.desk.entries import Entry
from bots.web.desk.filled import Filled
from core.permissions import Action, holders
from core.usecases.pages.guard_page import PageCare, guard_page

ROOM: Final = "本人のページ"
_MAY: Final = holders(Action.ISSUE_LINK_CODE)


async def _care(means: Means, filled: Filled, of: str, *, care: PageCare) -> str:
    done = await guard_page(
        means.uow,
        case_id=means.view.story.case.id,
        care=care,
        by=means.by,
        at=means.at,
        pin=filled.text("pin") if care is PageCare.SET_PIN else "",
    )
    return _SAID[care][0 if done else 1]


def _pin(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="pin",
            label="番号(数字4〜8文字)",
            help="ご本人と会うか話すかして、決めてください。番号はどこにも残りません。",
        ),
    )


_SAID: Final = {
    PageCare.CLOSE: (
        "ページのリンクを閉じました。LINEで「おたより」を押すと、新しいリンクが届きます。",
        "開いているリンクは、ありませんでした。",
    ),
    PageCare.SET_PIN: ("番号を決めました。次に開くときから、たずねます。", ""),
    PageCare.TAKE_PIN_OFF: ("番号をたずねないことにしました。", "番号は、決まっていませんでした。"),
}
DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="close-page",
        title="ページのリンクを閉じる",
        room=ROOM,
        who=_MAY,
        entries=lambda view, of: (),
        act=partial(_care, care=PageCare.CLOSE),
        explains="電話をなくしたときなどに。いま開けるリンクが、すべて開かなくなります。",
    ),
    Deed(
        key="set-page-pin",
        title="ページの番号を決める",
        room=ROOM,
        who=_MAY,
        entries=_pin,
        act=partial(_care, care=PageCare.SET_PIN),
        explains="電話をほかの方も使うときに。番号を忘れた方にも、ここから新しく決められます。",
    ),
    Deed(
        key="take-page-pin-off",
        title="ページの番号をやめる",
        room=ROOM,
        who=_MAY,
        entries=lambda view, of: (),
        act=partial(_care, care=PageCare.TAKE_PIN_OFF),
    ),
)
