"""資料と求め: numbered papers, what members are asked for, and what is lacking in the area."""

from collections.abc import Iterable
from typing import Final

from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.parties import name_of, own_agency
from bots.web.desk.sitting import (
    MEETINGS,
    hand_over,
    hand_over_item,
    item_version,
    items_in,
    meeting_in,
    meetings_in,
    people_options,
    version_of,
)
from core.basis import Basis
from core.ids import AgencyId, GapId
from core.meeting_steps import AGENDA_OFFICE, BODY_OFFICE
from core.meetings.changes import ASKS, HANDS_OUT, TAKES_PAPERS, WRITES
from core.meetings.ids import BodyId, ParticipantId, RequestId
from core.meetings.materials import CopyState
from core.meetings.requests import RequestedHelp, RequestState
from core.meetings.sittings import MeetingState
from core.municipal_profiles.routing import comes_from_taxation
from core.transitions import ANY_STAFF
from core.usecases.meetings.add_material import add_material
from core.usecases.meetings.ask_for_information import ask_for_information
from core.usecases.meetings.forward_gap import forward_gap
from core.usecases.meetings.hand_out_material import hand_out_material
from core.usecases.meetings.note_gap import note_gap
from core.usecases.meetings.settle_request import settle_request
from core.usecases.meetings.take_material_back import take_material_back

_LEFT: Final = (CopyState.RETURNED, CopyState.DESTROYED)


def _attaching(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="title", label="資料の名前"),
        Entry(
            name="tax_derived",
            label="税の情報を含む",
            kind=Kind.YES,
            required=False,
            help="税の情報は、支援会議でも、本人の同意がなければ出せません。",
        ),
        *_section(view),
        *item_version(view, of),
    )


def _section(view: View) -> tuple[Entry, ...]:
    """Sections whose papers hold facts from taxation, where the town names them (R-043)."""
    named = () if view.profile is None else view.profile.tax_sections
    own = name_of(view.story.agencies, own_agency(view) or AgencyId(""))
    entry = Entry(
        name="section",
        label="税を扱う課からの資料のときは、その課",
        kind=Kind.CHOICE,
        options=tuple(Option(value=one, label=one) for one in named),
        value=next((one for one in named if own.startswith(one)), ""),
        required=False,
        help="この課からの資料は、税の情報を含むものとして扱います。",
    )
    return (entry,) if named else ()


def _holds_tax(means: Means, filled: Filled) -> bool:
    profile = means.profile
    if profile is None or not profile.tax_sections:
        return filled.yes("tax_derived")
    return filled.yes("tax_derived") or comes_from_taxation(profile, filled.text("section"))


async def _attach(means: Means, filled: Filled, of: str) -> str:
    told = hand_over_item(means, filled, of)
    meeting = await add_material(
        means.uow, title=filled.text("title"), tax_derived=_holds_tax(means, filled), **told
    )
    return f"資料{meeting.materials[-1].number}を付けました。"


def _handing(view: View, of: str) -> tuple[Entry, ...]:
    meeting = meeting_in(view, of)
    papers = tuple(
        Option(value=str(paper.number), label=f"資料{paper.number} {paper.title}")
        for paper in meeting.materials
        if not paper.is_withdrawn
    )
    called = tuple(one for one in people_options(view) if one.value in meeting.invited)
    return (
        Entry(name="number", label="どの資料を", kind=Kind.CHOICE, options=papers),
        Entry(name="holder", label="どなたに", kind=Kind.CHOICE, options=called),
        *version_of(view, of),
    )


async def _hand(means: Means, filled: Filled, of: str) -> str:
    meeting = await hand_out_material(
        means.uow,
        number=filled.number("number"),
        holder=ParticipantId(filled.text("holder")),
        **hand_over(means, filled, of),
    )
    return f"写し{meeting.copies[-1].number}を渡しました。会議のあとに回収します。"


def _with_papers(view: View) -> Iterable[Offer]:
    return [o for o in meetings_in(view, HANDS_OUT) if meeting_in(view, o.of).materials]


def _collecting(view: View, of: str) -> tuple[Entry, ...]:
    out = tuple(
        Option(value=str(copy.number), label=f"写し{copy.number}(資料{copy.material})")
        for copy in meeting_in(view, of).copies
        if copy.state is CopyState.OUT
    )
    return (
        Entry(name="copy", label="どの写しを", kind=Kind.CHOICE, options=out),
        Entry(name="state", label="どうなったか", kind=Kind.CHOICE, options=of_enum(_LEFT)),
        *version_of(view, of),
    )


async def _collect(means: Means, filled: Filled, of: str) -> str:
    told = hand_over(means, filled, of)
    told.pop("tz")
    number = filled.number("copy")
    await take_material_back(
        means.uow, copy_number=number, state=filled.one("state", CopyState), **told
    )
    return f"写し{number}の回収を記録しました。"


def _with_copies_out(view: View) -> Iterable[Offer]:
    return [
        offer
        for offer in meetings_in(view, tuple(MeetingState))
        if any(copy.state is CopyState.OUT for copy in meeting_in(view, offer.of).copies)
    ]


def _asking(view: View, of: str) -> tuple[Entry, ...]:
    agencies = tuple(Option(value=a.id, label=a.name) for a in view.story.agencies.values())
    return (
        Entry(name="agency", label="どの機関に", kind=Kind.CHOICE, options=agencies),
        Entry(name="kind", label="何を", kind=Kind.CHOICE, options=of_enum(RequestedHelp)),
        Entry(name="question", label="内容", kind=Kind.TEXT),
        Entry(name="due_on", label="いつまでに", kind=Kind.DAY),
        *item_version(view, of),
    )


async def _ask(means: Means, filled: Filled, of: str) -> str:
    await ask_for_information(
        means.uow,
        to_agency=AgencyId(filled.text("agency")),
        kind=filled.one("kind", RequestedHelp),
        question=filled.text("question"),
        due_on=filled.day("due_on"),
        **hand_over_item(means, filled, of),
    )
    return "構成員に、情報の提供を求めました。"


def _open_to_ask(view: View) -> Iterable[Offer]:
    support = {
        item.id
        for meeting in view.story.meetings
        for item in meeting.live
        if item.ground is not None and item.ground.basis is Basis.SHIEN
    }
    return [offer for offer in items_in(view, ASKS) if offer.of in support]


def _open_requests(view: View) -> Iterable[Offer]:
    return [
        Offer(of=request.id, about=f"{view.story.agencies[request.to_agency].name} {n}")
        for meeting in view.story.meetings
        for n, request in enumerate(meeting.requests, start=1)
        if request.state is RequestState.ASKED
    ]


def _settling(view: View, of: str) -> tuple[Entry, ...]:
    meeting = next(m for m in view.story.meetings if of in {request.id for request in m.requests})
    return (
        Entry(
            name="declined",
            label="提供できない理由",
            kind=Kind.TEXT,
            required=False,
            help="提供があったときは空欄のままで。",
        ),
        Entry(name="tax_derived", label="税の情報を含む", kind=Kind.YES, required=False),
        held("meeting", meeting.id),
        held("version", meeting.version),
    )


async def _settle(means: Means, filled: Filled, of: str) -> str:
    declined = filled.maybe("declined")
    await settle_request(
        means.uow,
        request_id=RequestId(of),
        declined_because=declined,
        tax_derived=filled.yes("tax_derived"),
        **hand_over(means, filled, filled.text("meeting")),
    )
    return "返事を記録しました。"


def _lacking(view: View, of: str) -> tuple[Entry, ...]:
    about = "どなたのことかは書きません。地域に足りないものだけを書きます。"
    return (
        Entry(name="description", label="足りないもの", kind=Kind.TEXT, help=about),
        *item_version(view, of),
    )


async def _lack(means: Means, filled: Filled, of: str) -> str:
    told = hand_over_item(means, filled, of)
    await note_gap(means.uow, description=filled.text("description"), **told)
    return "足りない社会資源を書きとめました。別の場に送ってから、会議を終えます。"


def _found(view: View) -> Iterable[Offer]:
    names = {gap.id: gap.description for gap in view.story.gaps}
    return [
        Offer(of=gap.gap_id, about=names.get(gap.gap_id, ""))
        for meeting in view.story.meetings
        for gap in meeting.gaps
        if gap.forwarded_at is None
    ]


def _passing(view: View, of: str) -> tuple[Entry, ...]:
    meeting = next(m for m in view.story.meetings if of in {gap.gap_id for gap in m.gaps})
    bodies = tuple(Option(value=body.id, label=body.name) for body in view.story.bodies)
    return (
        Entry(name="body", label="送る会議", kind=Kind.CHOICE, options=bodies, required=False),
        Entry(name="forum", label="ほかの場", required=False),
        held("meeting", meeting.id),
        held("version", meeting.version),
    )


async def _pass_on(means: Means, filled: Filled, of: str) -> str:
    body = filled.maybe("body")
    await forward_gap(
        means.uow,
        gap_id=GapId(of),
        to_body=None if body is None else BodyId(body),
        forum=filled.text("forum"),
        **hand_over(means, filled, filled.text("meeting")),
    )
    return "足りない社会資源を、別の場に送りました。"


DEEDS: Final = (
    Deed(
        key="add-material",
        title="会議の資料を付ける",
        room=MEETINGS,
        who=ANY_STAFF,
        entries=_attaching,
        act=_attach,
        offered=lambda view: items_in(view, TAKES_PAPERS),
    ),
    Deed(
        key="hand-out-material",
        title="会議の資料を渡す",
        room=MEETINGS,
        who=BODY_OFFICE,
        entries=_handing,
        act=_hand,
        offered=_with_papers,
    ),
    Deed(
        key="take-material-back",
        title="会議の資料を回収する",
        room=MEETINGS,
        who=BODY_OFFICE,
        entries=_collecting,
        act=_collect,
        offered=_with_copies_out,
    ),
    Deed(
        key="ask-for-information",
        title="構成員に情報の提供を求める",
        room=MEETINGS,
        who=AGENDA_OFFICE,
        entries=_asking,
        act=_ask,
        offered=_open_to_ask,
    ),
    Deed(
        key="settle-request",
        title="求めへの返事を記録する",
        room=MEETINGS,
        who=AGENDA_OFFICE,
        entries=_settling,
        act=_settle,
        offered=_open_requests,
    ),
    Deed(
        key="note-gap",
        title="足りない社会資源を書きとめる",
        room=MEETINGS,
        who=AGENDA_OFFICE,
        entries=_lacking,
        act=_lack,
        offered=lambda view: items_in(view, WRITES),
    ),
    Deed(
        key="forward-gap",
        title="足りない社会資源を別の場に送る",
        room=MEETINGS,
        who=AGENDA_OFFICE,
        entries=_passing,
        act=_pass_on,
        offered=_found,
    ),
)
