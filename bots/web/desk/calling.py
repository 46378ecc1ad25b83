"""急ぎの知らせ and 当番: people called by hand, how it went, looked back on; who is on shift."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import day, moment
from bots.web.desk.course_entries import ON_THE_CASE
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView, View
from core.access import Action
from core.crisis.alerts import SUPERVISORS, AlertState, CrisisAlert
from core.crisis.shifts import KEEPERS, PLACES
from core.ids import AlertId, ShiftId, StaffId
from core.municipal_profiles.crisis import CrisisRules
from core.municipal_profiles.duties import reading_hours
from core.permissions import holders
from core.usecases.crisis.acknowledge_alert import acknowledge_alert
from core.usecases.crisis.drop_shift import drop_shift
from core.usecases.crisis.keep_shift import keep_shift
from core.usecases.crisis.note_alert import note_alert
from core.usecases.crisis.raise_alert import raise_alert
from core.usecases.crisis.review_alert import review_alert
from core.usecases.crisis.settle_alert import settle_alert

ROOM: Final = "急ぎの知らせ"
TOWN_ROOM: Final = "当番と急ぎの知らせ"
_WHO: Final = holders(Action.LOG_CONTACT) | ON_THE_CASE
_ENDS: Final = (AlertState.ANSWERED, AlertState.FALSE_ALARM)


def _open(view: View) -> CrisisAlert | None:
    return next((one for one in view.story.alerts if one.open), None)


def _nothing(view: View, of: str) -> tuple[Entry, ...]:
    return ()


async def _raise(means: Means, filled: Filled, of: str) -> str:
    rules = CrisisRules() if means.profile is None else means.profile.crisis
    await raise_alert(
        means.uow,
        case_id=means.view.story.case.id,
        by=means.by,
        at=means.at,
        tz=means.tz,
        wait=rules.wait,
        hours=reading_hours(means.profile),
        closed_days=means.closed_days,
    )
    return "二人を呼びました。受け取る人がいないときは、次の人に回ります。"


def _ringing(view: View) -> Iterable[Offer]:
    alert = _open(view)
    if alert is not None and alert.state is AlertState.RAISED:
        yield Offer(of=alert.id)


async def _take(means: Means, filled: Filled, of: str) -> str:
    await acknowledge_alert(means.uow, alert_id=AlertId(of), by=means.by, at=means.at)
    return "受け取りました。ほかの方には、あなたが受け取ったことが伝わります。"


def _unsettled(view: View) -> Iterable[Offer]:
    alert = _open(view)
    if alert is not None:
        yield Offer(of=alert.id)


def _note(required: bool) -> Entry:
    return Entry(
        name="note",
        label="どうだったか",
        kind=Kind.TEXT,
        required=required,
        help="ご本人が読んでも差しつかえない言葉で。ここだけに残り、Slackには出ません。",
    )


def _settling(view: View, of: str) -> tuple[Entry, ...]:
    choice = Entry(name="end", label="どうなったか", kind=Kind.CHOICE, options=of_enum(_ENDS))
    return (choice, _note(False))


async def _settle(means: Means, filled: Filled, of: str) -> str:
    alert = await settle_alert(
        means.uow,
        alert_id=AlertId(of),
        answered=filled.one("end", AlertState) is AlertState.ANSWERED,
        note=filled.text("note"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        closed_days=means.closed_days,
    )
    assert alert.review_due_on is not None
    return f"記録しました。{day(alert.review_due_on)}までに、ほかの方がふりかえります。"


def _to_note(view: View) -> Iterable[Offer]:
    for alert in view.story.alerts:
        if alert.state in _ENDS:
            yield Offer(of=alert.id, about=moment(alert.raised_at, tz=view.tz))


def _noting(view: View, of: str) -> tuple[Entry, ...]:
    return (_note(True),)


async def _write(means: Means, filled: Filled, of: str) -> str:
    await note_alert(
        means.uow, alert_id=AlertId(of), note=filled.text("note"), by=means.by, at=means.at
    )
    return "どうだったかを記録しました。"


def _to_review(view: TownView) -> Iterable[Offer]:
    for seen in view.story.calls_to_review:
        due = f"{day(seen.review_due_on)}まで" if seen.review_due_on else ""
        yield Offer(of=seen.alert_id, about=f"{seen.alias or '受付'} {due}".strip())


def _reviewing(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="review",
            label="ふりかえってわかったこと",
            kind=Kind.TEXT,
            help="急ぎでなかったときも、知らせてよかったことです。次に役立つことを書きます。",
        ),
    )


async def _review(means: TownMeans, filled: Filled, of: str) -> str:
    await review_alert(
        means.uow, alert_id=AlertId(of), review=filled.text("review"), by=means.by, at=means.at
    )
    return "ふりかえりを記録しました。"


def _entering(view: TownView, of: str) -> tuple[Entry, ...]:
    staff = [
        Option(value=one.id, label=f"{one.name}さん")
        for one in view.story.staff.values()
        if one.active and one.slack_user_id
    ]
    return (
        Entry(name="staff", label="当番の人", kind=Kind.CHOICE, options=tuple(staff)),
        Entry(name="starts", label="はじまり", kind=Kind.MOMENT),
        Entry(name="ends", label="終わり", kind=Kind.MOMENT, help="2週間までの間で決めます。"),
        Entry(
            name="place",
            label="呼ぶ順番",
            kind=Kind.CHOICE,
            options=tuple(Option(value=str(n), label=_place(n)) for n in range(1, PLACES + 1)),
            value="1",
        ),
    )


def _place(number: int) -> str:
    return {1: "1番目(はじめに呼ぶ人)", 2: "2番目(いっしょに呼ぶ人)"}.get(number, f"{number}番目")


async def _enter(means: TownMeans, filled: Filled, of: str) -> str:
    shift = await keep_shift(
        means.uow,
        staff_id=StaffId(filled.text("staff")),
        starts_at=filled.moment("starts"),
        ends_at=filled.moment("ends"),
        place=filled.number("place"),
        by=means.by,
        at=means.at,
    )
    until = moment(shift.ends_at, tz=means.tz)
    return f"当番を決めました({moment(shift.starts_at, tz=means.tz)} から {until} まで)。"


def _shifts(view: TownView) -> Iterable[Offer]:
    for shift in view.story.shifts:
        staff = view.story.staff.get(shift.staff_id)
        name = "" if staff is None else f"{staff.name}さん"
        spans = f"{moment(shift.starts_at, tz=view.tz)}〜{moment(shift.ends_at, tz=view.tz)}"
        yield Offer(of=shift.id, about=f"{name} {spans} {shift.place}番目")


def _dropping(view: TownView, of: str) -> tuple[Entry, ...]:
    return ()


async def _drop(means: TownMeans, filled: Filled, of: str) -> str:
    await drop_shift(means.uow, shift_id=ShiftId(of), by=means.by, at=means.at)
    return "当番を取り消しました。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="call-people",
        title="急いで人を呼ぶ",
        room=ROOM,
        who=_WHO,
        entries=_nothing,
        act=_raise,
        offered=lambda view: () if _open(view) else ALWAYS,
        explains="言葉には出ていなくても、心配なときに。二人の Slack に、すぐ知らせます。"
        "命が危ないときは、先に119番・110番へ。",
    ),
    Deed(
        key="take-call",
        title="急ぎの知らせを受け取る",
        room=ROOM,
        who=frozenset(holders(Action.READ_CASE)) | ON_THE_CASE,
        entries=_nothing,
        act=_take,
        offered=_ringing,
    ),
    Deed(
        key="settle-call",
        title="急ぎの知らせを終える",
        room=ROOM,
        who=frozenset(holders(Action.READ_CASE)) | ON_THE_CASE,
        entries=_settling,
        act=_settle,
        offered=_unsettled,
        explains="急ぎでなかったときも、だれの落ち度でもありません。ご本人には何も伝わりません。",
    ),
    Deed(
        key="note-on-call",
        title="急ぎの知らせがどうだったかを書く",
        room=ROOM,
        who=frozenset(holders(Action.READ_CASE)) | ON_THE_CASE,
        entries=_noting,
        act=_write,
        offered=_to_note,
    ),
)
TOWN_DEEDS: Final[tuple[TownDeed, ...]] = (
    TownDeed(
        key="review-call",
        title="急ぎの知らせをふりかえる",
        room=TOWN_ROOM,
        who=SUPERVISORS,
        entries=_reviewing,
        act=_review,
        offered=_to_review,
    ),
    TownDeed(
        key="keep-shift",
        title="当番を決める",
        room=TOWN_ROOM,
        who=KEEPERS,
        entries=_entering,
        act=_enter,
        explains="人が読まない時間に言葉が届いたとき、呼ばれる人です。"
        "読む時間のうちは、案件の担当が先に呼ばれます。",
    ),
    TownDeed(
        key="drop-shift",
        title="当番を取り消す",
        room=TOWN_ROOM,
        who=KEEPERS,
        entries=_dropping,
        act=_drop,
        offered=_shifts,
    ),
)
