"""Who reads what: marks of special care, reads past the usual door, and looking back on them."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import moment, word
from bots.web.desk.deed import Deed, Means, Offer, TownDeed, TownMeans, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView
from core.access import Action, Manner
from core.agencies import Role
from core.ids import PersonId, StaffId
from core.permissions import holders
from core.shielding import Care
from core.usecases.cases.find_case import find_case
from core.usecases.reading.break_glass import break_glass
from core.usecases.reading.clear_for import clear_for
from core.usecases.reading.lift_mark import lift_mark
from core.usecases.reading.place_mark import place_mark
from core.usecases.reading.review_glass import review_glass

ROOM: Final = "見られる方を決める"
TOWN_ROOM: Final = "ふだん開けない案件"
_READERS: Final = holders(Action.READ_CONSENTED_CASE) | holders(Action.READ_CASE)


def _whole(view: View) -> bool:
    """Whether the reader has the case as those who work on it have it."""
    return view.story.reader.manner is Manner.FULL


def _people(view: View) -> tuple[Option, ...]:
    return tuple(Option(value=one.id, label=one.name) for one in view.story.members)


def _colleagues(view: View) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=one.name) for one in view.story.staff.values() if one.active
    )


def _placing(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="person", label="どなたについて", kind=Kind.CHOICE, options=_people(view)),
        Entry(name="care", label="なぜ気をつけるか", kind=Kind.CHOICE, options=of_enum(Care)),
        _named(view, ()),
        Entry(
            name="closes",
            label="この方たちだけが案件を開けるようにする",
            kind=Kind.YES,
            required=False,
            help="ほかの方からは、この案件は見えなくなります。",
        ),
    )


def _named(view: View, chosen: tuple[str, ...]) -> Entry:
    return Entry(
        name="cleared",
        label="しるしを見てよい方",
        kind=Kind.CHOICES,
        options=_colleagues(view),
        required=False,
        help="書いているあなたは、いつも含まれます。",
        value=chosen,
    )


async def _place(means: Means, filled: Filled, of: str) -> str:
    await place_mark(
        means.uow,
        case_id=means.view.story.case.id,
        person_id=PersonId(filled.text("person")),
        care=filled.one("care", Care),
        cleared=frozenset(map(StaffId, filled.texts("cleared"))),
        closes_case=filled.yes("closes"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "しるしを付けました。決めた方だけに見えます。"


def _marks(view: View) -> Iterable[Offer]:
    names = {one.id: one.name for one in view.story.members}
    for mark in view.story.marks if _whole(view) else ():
        yield Offer(
            of=f"{mark.person_id}:{mark.care.value}",
            about=f"{names.get(mark.person_id, '')} {word(mark.care)}",
        )


def _which(of: str) -> tuple[PersonId, Care]:
    person, _, care = of.rpartition(":")
    return PersonId(person), Care(care)


def _clearing(view: View, of: str) -> tuple[Entry, ...]:
    person, care = _which(of)
    named = [
        mark.cleared for mark in view.story.marks if (mark.person_id, mark.care) == (person, care)
    ]
    return (_named(view, tuple(sorted(str(one) for one in frozenset().union(*named)))),)


async def _clear(means: Means, filled: Filled, of: str) -> str:
    person, care = _which(of)
    await clear_for(
        means.uow,
        case_id=means.view.story.case.id,
        person_id=person,
        care=care,
        cleared=frozenset(map(StaffId, filled.texts("cleared"))) | {means.by},
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "しるしを見てよい方を決め直しました。"


def _lifting(view: View, of: str) -> tuple[Entry, ...]:
    return (Entry(name="reason", label="外すわけ", kind=Kind.TEXT),)


async def _lift(means: Means, filled: Filled, of: str) -> str:
    person, care = _which(of)
    await lift_mark(
        means.uow,
        case_id=means.view.story.case.id,
        person_id=person,
        care=care,
        reason=filled.text("reason"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "しるしを外しました。"


def _breaking(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="alias", label="案件の記号", help="A-12 のように書きます。"),
        Entry(name="reason", label="いま開くわけ", kind=Kind.TEXT),
    )


def _may_break(view: TownView) -> Iterable[Offer]:
    return (Offer(),) if holders(Action.BREAK_GLASS) - {Role.PRIVACY_OFFICER} & view.roles else ()


async def _break(means: TownMeans, filled: Filled, of: str) -> str:
    case = await find_case(means.uow, alias=filled.text("alias"))
    glass = await break_glass(
        means.uow, case_id=case.id, by=means.by, reason=filled.text("reason"), at=means.at
    )
    until = moment(glass.until, tz=means.tz)
    return f"{case.alias} を {until} まで開けます。個人情報の管理者に知らせました。"


def _unreviewed(view: TownView) -> Iterable[Offer]:
    for seen in view.story.glass:
        at = moment(seen.glass.opened_at, tz=view.tz)
        yield Offer(of=seen.glass.id, about=f"{seen.alias} {seen.by}さん {at}")


def _reviewing(view: TownView, of: str) -> tuple[Entry, ...]:
    reason = next((one.glass.reason for one in view.story.glass if one.glass.id == of), "")
    return (
        Entry(
            name="finding",
            label="ふりかえってわかったこと",
            kind=Kind.TEXT,
            help=f"書かれていたわけ:{reason}",
        ),
    )


async def _review(means: TownMeans, filled: Filled, of: str) -> str:
    await review_glass(
        means.uow, glass_id=of, by=means.by, finding=filled.text("finding"), at=means.at
    )
    return "ふりかえりを記録しました。"


DEEDS: Final = (
    Deed(
        key="place-mark",
        title="気をつけるしるしを付ける",
        room=ROOM,
        who=_READERS,
        entries=_placing,
        act=_place,
        offered=lambda view: (Offer(),) if _whole(view) else (),
        explains="暴力、依存、性のことなど、知る方をしぼる必要があるときに付けます。",
    ),
    Deed(
        key="clear-for",
        title="しるしを見てよい方を決め直す",
        room=ROOM,
        who=_READERS,
        entries=_clearing,
        act=_clear,
        offered=_marks,
    ),
    Deed(
        key="lift-mark",
        title="しるしを外す",
        room=ROOM,
        who=_READERS,
        entries=_lifting,
        act=_lift,
        offered=_marks,
    ),
)
TOWN_DEEDS: Final = (
    TownDeed(
        key="break-glass",
        title="理由を書いて、閉じた案件を開く",
        room=TOWN_ROOM,
        who=holders(Action.BREAK_GLASS),
        entries=_breaking,
        act=_break,
        offered=_may_break,
        explains="担当か当番の方だけが、1時間だけ開けます。開いたことはすぐ知らされ、記録に残ります。",
    ),
    TownDeed(
        key="review-glass",
        title="緊急に開いたことをふりかえる",
        room=TOWN_ROOM,
        who=frozenset({Role.PRIVACY_OFFICER}),
        entries=_reviewing,
        act=_review,
        offered=_unreviewed,
    ),
)
