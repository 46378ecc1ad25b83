"""日程を決めて招集する: from an agenda to the people who are called, or not (M3 to M5, M9)."""

from datetime import timedelta
from typing import Final

from bots.i18n.catalogue import moment
from bots.web.desk.deed import Deed, Means, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.sitting import (
    MEETINGS,
    bodies_of,
    body_name,
    hand_over,
    meeting_in,
    meetings_in,
    members_of,
    people_options,
    version_of,
    where,
)
from core.meetings.bodies import SeatKind
from core.meetings.ids import MeetingId, ParticipantId
from core.meetings.machine import SECRETARIAT
from core.meetings.sittings import BEFORE_HELD, Block, MeetingMode, MeetingState, Slot, SlotKind
from core.municipal_profiles.bodies import next_meetings, own_body
from core.municipal_profiles.duties import runs_of
from core.municipal_profiles.slots import slots_of
from core.transitions import ANY_STAFF
from core.usecases.meetings.answer_attendance import answer_attendance
from core.usecases.meetings.cancel_meeting import cancel_meeting
from core.usecases.meetings.check_type_again import check_type_again
from core.usecases.meetings.convene_meeting import convene_meeting
from core.usecases.meetings.offer_slots import offer_slots
from core.usecases.meetings.postpone_meeting import postpone_meeting
from core.usecases.meetings.schedule_meeting import schedule_meeting

_S: Final = MeetingState
_TIMES: Final = 3


async def _check(means: Means, filled: Filled, of: str) -> str:
    meeting = await check_type_again(means.uow, **hand_over(means, filled, of))
    return (
        f"いまの同意で確かめました。{where(means.view, meeting.live[0].ground)}"
        if (meeting.live)
        else "いまの同意で確かめました。話し合える議題はなくなっています。"
    )


def _offering(view: View, of: str) -> tuple[Entry, ...]:
    regular = _regular(view, of)
    times = tuple(
        Entry(
            name=f"begins_{n}",
            label=f"候補{n}",
            kind=Kind.MOMENT,
            required=n == 1,
            value=regular[n - 1] if n <= len(regular) else "",
        )
        for n in range(1, _TIMES + 1)
    )
    return (
        *times,
        Entry(name="minutes", label="何分の会議か", kind=Kind.NUMBER, value="90"),
        Entry(name="ad_hoc", label="随時の開催", kind=Kind.YES, required=False),
        *version_of(view, of),
    )


def _regular(view: View, of: str) -> tuple[str, ...]:
    """The next regular times of the body, by the town's own cadence."""
    bodies = bodies_of(meeting_in(view, of))
    own = own_body(view.profile, bodies[0]) if len(bodies) == 1 else None
    if own is None:
        return ()
    closed = view.closed_days
    meets = next_meetings(own, after=view.today, closed_days=closed, count=_TIMES)
    slots = slots_of(meets, tz=view.tz)
    return tuple(f"{slot.begins_at:%Y-%m-%dT%H:%M}" for slot in slots)


async def _offer(means: Means, filled: Filled, of: str) -> str:
    lasts = timedelta(minutes=filled.number("minutes"))
    begins = [
        at for n in range(1, _TIMES + 1) if (at := filled.maybe_moment(f"begins_{n}")) is not None
    ]
    kind = SlotKind.AD_HOC if filled.yes("ad_hoc") else SlotKind.REGULAR
    slots = tuple(Slot(begins_at=at, ends_at=at + lasts, kind=kind) for at in begins)
    await offer_slots(means.uow, offered=slots, **hand_over(means, filled, of))
    return f"候補日を{len(slots)}つ出しました。"


def _dating(view: View, of: str) -> tuple[Entry, ...]:
    meeting = meeting_in(view, of)
    slots = tuple(
        Option(value=str(n), label=moment(slot.begins_at, tz=view.tz))
        for n, slot in enumerate(meeting.offered)
    )
    several = len(bodies_of(meeting)) > 1
    parts = tuple(
        Entry(name=f"purpose_{n}", label=f"{body_name(view, body)}の目的", value="議題の検討")
        for n, body in enumerate(bodies_of(meeting))
        if several
    )
    hosts = people_options(view, standing_for=(SeatKind.MULTI_AGENCY, SeatKind.MUNICIPALITY))
    return (
        Entry(name="slot", label="どの候補にするか", kind=Kind.CHOICE, options=slots),
        *parts,
        Entry(name="hosts", label="開催を受けた方", kind=Kind.CHOICES, options=hosts),
        Entry(name="mode", label="開き方", kind=Kind.CHOICE, options=of_enum(MeetingMode)),
        Entry(name="place", label="場所", required=False),
        *(
            (Entry(name="settled", label="会議どうしの決まりと費用を確かめた", kind=Kind.YES),)
            if several
            else ()
        ),
        *version_of(view, of),
    )


async def _date(means: Means, filled: Filled, of: str) -> str:
    meeting = meeting_in(means.view, of)
    bodies = bodies_of(meeting)
    slot = meeting.offered[filled.number("slot")]
    share = (slot.ends_at - slot.begins_at) / len(bodies)
    several = len(bodies) > 1
    blocks = tuple(
        Block(
            body_id=body,
            begins_at=slot.begins_at + n * share,
            ends_at=slot.begins_at + (n + 1) * share,
            purpose=filled.text(f"purpose_{n}") if several else "",
        )
        for n, body in enumerate(bodies)
    )
    await schedule_meeting(
        means.uow,
        blocks=blocks,
        hosts=frozenset(map(ParticipantId, filled.texts("hosts"))),
        rules_settled=several and filled.yes("settled"),
        mode=filled.one("mode", MeetingMode),
        place=filled.text("place"),
        **hand_over(means, filled, of),
    )
    return f"日程を決めました。{moment(slot.begins_at, tz=means.tz)}です。"


def _calling(view: View, of: str) -> tuple[Entry, ...]:
    meeting = meeting_in(view, of)
    members = members_of(view, meeting)
    everybody = people_options(view)
    return (
        Entry(
            name="invited",
            label="招集する方",
            kind=Kind.CHOICES,
            options=everybody,
            value=tuple(option.value for option in everybody if option.value in members),
        ),
        Entry(
            name="judgement",
            label="ご本人を招くときの見立て",
            kind=Kind.TEXT,
            required=False,
            help="ご本人の参加の同意があるときだけです。うながすことはしません。",
        ),
        *version_of(view, of),
    )


async def _call(means: Means, filled: Filled, of: str) -> str:
    invited = frozenset(map(ParticipantId, filled.texts("invited")))
    note = filled.text("judgement")
    await convene_meeting(
        means.uow,
        invited=invited,
        judgements=dict.fromkeys(invited, note) if note else None,
        runs=runs_of(means.profile),
        **hand_over(means, filled, of),
    )
    return f"{len(invited)}人を招集しました。"


def _reason(view: View, of: str) -> tuple[Entry, ...]:
    return (Entry(name="reason", label="理由", kind=Kind.TEXT), *version_of(view, of))


async def _postpone(means: Means, filled: Filled, of: str) -> str:
    await postpone_meeting(means.uow, reason=filled.text("reason"), **hand_over(means, filled, of))
    return "会議を延期しました。議題と資料はそのまま残っています。"


def _cancelling(view: View, of: str) -> tuple[Entry, ...]:
    others = tuple(
        Option(value=offer.of, label=offer.about)
        for offer in meetings_in(view, BEFORE_HELD)
        if offer.of != of
    )
    move = Entry(
        name="moved_to",
        label="急ぎの議題を移す会議",
        kind=Kind.CHOICE,
        options=others,
        required=False,
    )
    return (*_reason(view, of), *((move,) if others else ()))


async def _cancel(means: Means, filled: Filled, of: str) -> str:
    has_others = any(entry.name == "moved_to" for entry in _cancelling(means.view, of))
    moved = filled.maybe("moved_to") if has_others else None
    await cancel_meeting(
        means.uow,
        reason=filled.text("reason"),
        moved_to=None if moved is None else MeetingId(moved),
        **hand_over(means, filled, of),
    )
    return "会議をとりやめました。"


def _answering(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="comes", label="出席する", kind=Kind.YES, required=False),
        Entry(name="note", label="ひとこと", required=False),
        *version_of(view, of),
    )


async def _answer(means: Means, filled: Filled, of: str) -> str:
    told = hand_over(means, filled, of)
    told.pop("tz")
    comes = filled.yes("comes")
    await answer_attendance(means.uow, comes=comes, note=filled.text("note"), **told)
    return "出席と書きました。" if comes else "欠席と書きました。"


DEEDS: Final = (
    Deed(
        key="check-type",
        title="会議の種類を確かめ直す",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=version_of,
        act=_check,
        offered=lambda view: meetings_in(view, BEFORE_HELD),
        explains="いまの同意と名簿で、どの会議で話し合うかを確かめ直します。",
    ),
    Deed(
        key="offer-slots",
        title="候補日を出す",
        room=MEETINGS,
        who=SECRETARIAT,
        entries=_offering,
        act=_offer,
        offered=lambda view: meetings_in(view, {_S.TYPE_CHECKED, _S.SLOT_OFFERED}),
    ),
    Deed(
        key="schedule-meeting",
        title="日程を決める",
        room=MEETINGS,
        who=SECRETARIAT,
        entries=_dating,
        act=_date,
        offered=lambda view: meetings_in(view, {_S.SLOT_OFFERED}),
    ),
    Deed(
        key="convene-meeting",
        title="招集する",
        room=MEETINGS,
        who=SECRETARIAT,
        entries=_calling,
        act=_call,
        offered=lambda view: meetings_in(view, {_S.SCHEDULED}),
    ),
    Deed(
        key="answer-attendance",
        title="出欠を答える",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=_answering,
        act=_answer,
        offered=lambda view: meetings_in(view, {_S.CONVENED}),
    ),
    Deed(
        key="postpone-meeting",
        title="会議を延期する",
        room=MEETINGS,
        who=SECRETARIAT,
        entries=_reason,
        act=_postpone,
        offered=lambda view: meetings_in(view, BEFORE_HELD - {_S.POSTPONED}),
    ),
    Deed(
        key="cancel-meeting",
        title="会議をとりやめる",
        room=MEETINGS,
        who=SECRETARIAT,
        entries=_cancelling,
        act=_cancel,
        offered=lambda view: meetings_in(view, BEFORE_HELD),
    ),
)
