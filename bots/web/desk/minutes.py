"""議事録と決定: who was there, what was said, what was decided, and the end (M6 to M8)."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled, Slip, Unfilled
from bots.web.desk.sitting import (
    MEETINGS,
    hand_over,
    hand_over_item,
    item_in,
    item_name,
    item_version,
    items_in,
    meeting_in,
    meetings_in,
    people_options,
    version_of,
)
from core.ids import AgencyId
from core.meeting_steps import AGENDA_OFFICE
from core.meetings.bodies import SeatKind
from core.meetings.changes import APPLIES, WRITES
from core.meetings.decisions import AssignedRole, ItemDecision, Outcome
from core.meetings.ids import ParticipantId
from core.meetings.items import Excuse
from core.meetings.machine import CHAIR, CLERK, SECRETARIAT
from core.meetings.minutes import SharedInformation, template_of
from core.meetings.outcomes import outcomes_open
from core.meetings.sittings import MeetingState
from core.municipal_profiles.duties import runs_of
from core.usecases.meetings.close_meeting import close_meeting
from core.usecases.meetings.confirm_minutes import confirm_minutes
from core.usecases.meetings.decide_item import decide_item
from core.usecases.meetings.hold_meeting import hold_meeting
from core.usecases.meetings.write_minutes import write_minutes

_TAX: Final = "税"


def _attending(view: View, of: str) -> tuple[Entry, ...]:
    meeting = meeting_in(view, of)
    called = tuple(one for one in people_options(view) if one.value in meeting.invited)
    others = tuple(one for one in people_options(view) if one.value not in meeting.invited)
    away = {answer.participant_id for answer in meeting.answers if not answer.comes}
    coming = tuple(one.value for one in called if one.value not in away)
    return (
        *(
            Entry(
                name=f"present_{n}",
                label=f"「{item_name(meeting, item)}」のときに、いた方",
                kind=Kind.CHOICES,
                options=(*called, *others),
                value=coming,
            )
            for n, item in enumerate(meeting.live)
        ),
        Entry(
            name="excuse",
            label="つないだ相談支援事業者が欠席の理由",
            required=False,
            help="出席しているときは空欄のままで。",
        ),
        *version_of(view, of),
    )


async def _attend(means: Means, filled: Filled, of: str) -> str:
    meeting = meeting_in(means.view, of)
    present = {
        item.id: frozenset(map(ParticipantId, filled.texts(f"present_{n}")))
        for n, item in enumerate(meeting.live)
    }
    reason = filled.text("excuse")
    excuses = (Excuse(seat=SeatKind.CONSULTATION, reason=reason),) if reason else ()
    everybody = frozenset[ParticipantId]().union(*present.values())
    await hold_meeting(
        means.uow,
        present=present,
        excuses=dict.fromkeys(present, excuses),
        runs=runs_of(means.profile),
        **hand_over(means, filled, of),
    )
    return f"出席を記録しました。{len(everybody)}人です。"


def _to_hold(view: View) -> Iterable[Offer]:
    """A sitting of several cases is recorded on the town's desk, item by item."""
    items = {sitting.id: sitting.count for sitting in view.story.sittings}
    whole = {one.id for one in view.story.meetings if items.get(one.id, 0) == len(one.live)}
    return [one for one in meetings_in(view, {MeetingState.CONVENED}) if one.of in whole]


def _writing(view: View, of: str) -> tuple[Entry, ...]:
    meeting, item = item_in(view, of)
    there = meeting.minutes_of(item.id)
    was = dict(there.content) if there else {}
    return (
        *(
            Entry(
                name=heading.value,
                label=word(heading),
                kind=Kind.TEXT,
                required=False,
                value=was.get(heading, ""),
            )
            for heading in template_of(item.purpose)
        ),
        Entry(
            name="facts",
            label="事実",
            kind=Kind.TEXT,
            required=False,
            help="1行に1つ。見たこと・聞いたことを書きます。",
            value="\n".join(there.facts) if there else "",
        ),
        Entry(
            name="opinions",
            label="意見",
            kind=Kind.TEXT,
            required=False,
            help="1行に1つ。思ったこと・考えたことは、事実と分けて書きます。",
            value="\n".join(there.opinions) if there else "",
        ),
        Entry(
            name="shared",
            label="共有した情報(内容|税の情報なら「税」)",
            kind=Kind.ROWS,
            required=False,
            cells=(1, 2),
        ),
        Entry(
            name="told_by",
            label="情報を伝えた方",
            kind=Kind.CHOICE,
            options=tuple(one for one in people_options(view) if one.value in item.present),
            required=False,
        ),
        *item_version(view, of),
    )


async def _write(means: Means, filled: Filled, of: str) -> str:
    _, item = item_in(means.view, of)
    rows = filled.rows("shared")
    teller = filled.maybe("told_by")
    if rows and teller is None:
        raise Unfilled([Slip(name="told_by", said="「情報を伝えた方」をお選びください。")])
    await write_minutes(
        means.uow,
        content=tuple(
            (heading, filled.text(heading.value))
            for heading in template_of(item.purpose)
            if filled.text(heading.value)
        ),
        facts=_lines(filled.text("facts")),
        opinions=_lines(filled.text("opinions")),
        shared=tuple(
            SharedInformation(
                what=row[0],
                about=item.subjects,
                told_by=ParticipantId(teller or ""),
                tax_derived=len(row) > 1 and row[1] == _TAX,
            )
            for row in rows
        ),
        **hand_over_item(means, filled, of),
    )
    return "議事録を書きました。議長の確認を待っています。"


def _deciding(view: View, of: str) -> tuple[Entry, ...]:
    _, item = item_in(view, of)
    basis = item.ground.basis if item.ground else None
    open_ones = sorted(outcomes_open(item.purpose, basis=basis)) if basis else []
    agencies = tuple(Option(value=a.id, label=a.name) for a in view.story.agencies.values())
    return (
        Entry(name="outcome", label="決定", kind=Kind.CHOICE, options=of_enum(open_ones)),
        Entry(
            name="roles",
            label="役割分担(機関|すること)",
            kind=Kind.ROWS,
            required=False,
            cells=(2, 2),
            help="プランを了承するときに書きます。1行に1つの機関です。",
        ),
        Entry(
            name="next_monitoring_on",
            label="次のモニタリングの日",
            kind=Kind.DAY,
            required=False,
        ),
        Entry(
            name="lead",
            label="これからの主担当",
            kind=Kind.CHOICE,
            options=agencies,
            required=False,
            help="終結のときと、主担当が変わるときに選びます。",
        ),
        Entry(name="reason", label="理由", kind=Kind.TEXT, required=False),
        Entry(name="dissent", label="ほかの意見", kind=Kind.TEXT, required=False),
        *item_version(view, of),
    )


async def _decide(means: Means, filled: Filled, of: str) -> str:
    lead = filled.maybe("lead")
    outcome = filled.one("outcome", Outcome)
    told = hand_over_item(means, filled, of)
    told.pop("tz")
    await decide_item(
        means.uow,
        decision=ItemDecision(
            outcome=outcome,
            roles=_roles(means.view, filled),
            next_monitoring_on=filled.maybe_day("next_monitoring_on"),
            reason=filled.text("reason"),
            dissent=filled.text("dissent"),
            lead_agency_id=None if lead is None else AgencyId(lead),
        ),
        **told,
    )
    return f"決定を書きました:{word(outcome)}。議長が議事録を確認すると、決まります。"


def _roles(view: View, filled: Filled) -> tuple[AssignedRole, ...]:
    by_name = {agency.name: agency.id for agency in view.story.agencies.values()}
    rows = filled.rows("roles")
    unknown = [name for name, _ in rows if name not in by_name]
    if unknown:
        said = f"「{unknown[0]}」は登録された機関ではありません。"
        raise Unfilled([Slip(name="roles", said=said)])
    return tuple(AssignedRole(agency_id=by_name[name], does=does) for name, does in rows)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


async def _confirm(means: Means, filled: Filled, of: str) -> str:
    await confirm_minutes(means.uow, **hand_over(means, filled, of))
    return "議事録を確認しました。決定をプランと案件に反映できます。"


async def _close(means: Means, filled: Filled, of: str) -> str:
    await close_meeting(means.uow, **hand_over(means, filled, of))
    return "会議を終えました。"


DEEDS: Final = (
    Deed(
        key="hold-meeting",
        title="出席を記録する",
        room=MEETINGS,
        who=CLERK,
        entries=_attending,
        act=_attend,
        offered=_to_hold,
        explains="議題ごとに、その場にいた方を記録します。加われない方は席を外していたはずです。",
    ),
    Deed(
        key="write-minutes",
        title="議事録を書く",
        room=MEETINGS,
        who=CLERK,
        entries=_writing,
        act=_write,
        offered=lambda view: items_in(view, WRITES),
    ),
    Deed(
        key="decide-item",
        title="決定を書く",
        room=MEETINGS,
        who=AGENDA_OFFICE,
        entries=_deciding,
        act=_decide,
        offered=lambda view: items_in(view, WRITES),
    ),
    Deed(
        key="confirm-minutes",
        title="議事録を確認する",
        room=MEETINGS,
        who=CHAIR,
        entries=version_of,
        act=_confirm,
        offered=lambda view: meetings_in(view, {MeetingState.MINUTES_DRAFT}),
        explains="議長が確認します。書いた方とは別の方です。",
    ),
    Deed(
        key="close-meeting",
        title="会議を終える",
        room=MEETINGS,
        who=SECRETARIAT,
        entries=version_of,
        act=_close,
        offered=lambda view: meetings_in(view, APPLIES),
        explains="決定を反映し、配った資料をすべて回収してから終えます。",
    ),
)
