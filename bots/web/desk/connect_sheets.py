"""つなぐシート on the desk, what is asked of others, and what is given to them (R-006, R-014)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.parties import ROOM, agencies_of, name_of
from core.agencies import Role
from core.basis import Basis
from core.cases import Urgency
from core.connect_sheets import ConnectSheet, ConnectStep, SheetWords
from core.disclosure import DECIDES, SHARING, Ground, SharedPart
from core.fields import Field
from core.ids import AgencyId, ConnectSheetId, PersonId, StaffId
from core.inquiries import InquiryGround
from core.referrals.machine import WORKERS
from core.usecases.disclosures.disclose import disclose
from core.usecases.referrals.ask_about_member import ask_about_member
from core.usecases.referrals.return_sheet import return_sheet
from core.usecases.referrals.send_sheet import send_sheet
from core.usecases.referrals.write_sheet import write_sheet

_REPLY_WITHIN: Final = timedelta(days=14)


def _colleagues(view: View) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=one.name) for one in view.story.staff.values() if one.active
    )


def _members(view: View) -> tuple[Option, ...]:
    people = view.story.members or (view.story.person,)
    return tuple(Option(value=one.id, label=one.name) for one in people)


def _writing(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="to", label="つなぎ先の機関", kind=Kind.CHOICE, options=agencies_of(view)),
        Entry(name="contact", label="つなぎ先の窓口や担当の方", required=False),
        Entry(name="step", label="つなぎ方", kind=Kind.CHOICE, options=of_enum(ConnectStep)),
        Entry(
            name="companion",
            label="いっしょに行く職員",
            kind=Kind.CHOICE,
            options=_colleagues(view),
            required=False,
        ),
        Entry(
            name="consents",
            label="書いたことを伝えてよいと、本人が言っている",
            kind=Kind.YES,
            required=False,
        ),
        Entry(name="came_for", label="来られたわけ", kind=Kind.TEXT, required=False),
        Entry(
            name="noticed",
            label="気づいたこと(1行にひとつ)",
            kind=Kind.ROWS,
            required=False,
        ),
        Entry(name="done", label="ここまでにしたこと", kind=Kind.TEXT, required=False),
        Entry(name="hoped_for", label="お願いしたいこと", kind=Kind.TEXT, required=False),
        Entry(
            name="urgency",
            label="急ぎぐあい",
            kind=Kind.CHOICE,
            options=of_enum(Urgency),
            value=Urgency.NORMAL.value,
        ),
    )


async def _write(means: Means, filled: Filled, of: str) -> str:
    companion = filled.maybe("companion")
    await write_sheet(
        means.uow,
        case_id=means.view.story.case.id,
        to_agency_id=AgencyId(filled.text("to")),
        step=filled.one("step", ConnectStep),
        by=means.by,
        at=means.at,
        tz=means.tz,
        words=SheetWords(
            came_for=filled.text("came_for"),
            noticed=tuple(row[0] for row in filled.rows("noticed")),
            done=filled.text("done"),
            hoped_for=filled.text("hoped_for"),
        ),
        to_contact=filled.text("contact"),
        consents=filled.yes("consents"),
        urgency=filled.one("urgency", Urgency),
        companion_id=None if companion is None else StaffId(companion),
    )
    return "つなぐシートを書きました。渡すときに、返事の日を決めます。"


def _sheets(view: View, *, sent: bool) -> Iterable[Offer]:
    for sheet in view.story.sheets:
        if (sheet.sent_on is not None) == sent and sheet.reply is None:
            to = name_of(view.story.agencies, sheet.to_agency_id)
            yield Offer(of=sheet.id, about=f"{to}へ・{word(sheet.step)}")


def _sheet(view: View, of: str) -> ConnectSheet:
    return next(sheet for sheet in view.story.sheets if sheet.id == of)


def _handing(view: View, of: str) -> tuple[Entry, ...]:
    due = view.today + _REPLY_WITHIN
    return (
        Entry(
            name="due",
            label="返事をもらう日",
            kind=Kind.DAY,
            value=due.isoformat(),
            required=False,
            help="窓口の名前を伝えるだけのときは、空欄でかまいません。",
        ),
        held("version", _sheet(view, of).version),
    )


async def _hand(means: Means, filled: Filled, of: str) -> str:
    await send_sheet(
        means.uow,
        sheet_id=ConnectSheetId(of),
        version=filled.number("version"),
        reply_due_on=filled.maybe_day("due"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return "つなぐシートを渡しました。"


def _replying(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="received_by", label="受けとった方"),
        Entry(
            name="received_on", label="受けとった日", kind=Kind.DAY, value=view.today.isoformat()
        ),
        Entry(name="result", label="その後のようす", kind=Kind.TEXT),
        Entry(name="next", label="これからの予定", kind=Kind.TEXT, required=False),
        held("version", _sheet(view, of).version),
    )


async def _reply(means: Means, filled: Filled, of: str) -> str:
    await return_sheet(
        means.uow,
        sheet_id=ConnectSheetId(of),
        version=filled.number("version"),
        received_by=filled.text("received_by"),
        received_on=filled.day("received_on"),
        result=filled.text("result"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        next_plan=filled.text("next"),
    )
    return "つなぐシートの返事を、書いた方に戻しました。"


def _asking(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="member", label="どなたのことか", kind=Kind.CHOICE, options=_members(view)),
        Entry(name="to", label="尋ねる機関", kind=Kind.CHOICE, options=agencies_of(view)),
        Entry(name="topics", label="尋ねる分野", kind=Kind.CHOICES, options=of_enum(Field)),
        Entry(
            name="exception",
            label="同意なしに尋ねてよい、法の根拠",
            kind=Kind.TEXT,
            required=False,
            help="本人の同意も、支援会議の議題もないときだけ書きます。",
        ),
    )


async def _ask(means: Means, filled: Filled, of: str) -> str:
    asked = await ask_about_member(
        means.uow,
        case_id=means.view.story.case.id,
        member_id=PersonId(filled.text("member")),
        to_agency_id=AgencyId(filled.text("to")),
        topics=filled.texts("topics"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        legal_exception=filled.text("exception"),
    )
    told = f"尋ねたことを記録しました。根拠は「{word(asked.ground)}」です。"
    if asked.ground is not InquiryGround.CONSENT:
        told += "ご本人の同意ではないので、要ることだけを尋ねてください。"
    return told


def _proofs(view: View) -> tuple[Option, ...]:
    names = {one.id: one.name for one in view.story.members} | {
        view.story.person.id: view.story.person.name
    }
    lines = tuple(
        Option(value=line.id, label=f"{names.get(line.subject, '')}さんの{word(line.type)}")
        for line in view.story.consents
        if line.type in SHARING and line.in_force(view.today)
    )
    items = tuple(
        Option(value=item.id, label=f"支援会議の議題({word(item.purpose)})")
        for meeting in view.story.meetings
        for item in meeting.live
        if item.ground is not None and item.ground.basis is Basis.SHIEN
    )
    return lines + items


def _supporters(view: View) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=f"{one.name}さん")
        for one in view.story.staff.values()
        if one.active and Role.COMMUNITY_SUPPORTER in one.roles
    )


def _giving(view: View, of: str) -> tuple[Entry, ...]:
    checked = (
        Option(value="none", label="不当な害はないと確かめた"),
        Option(value="unjust", label="不当な害がありうる"),
    )
    return (
        Entry(name="person", label="どなたのことか", kind=Kind.CHOICE, options=_members(view)),
        Entry(
            name="to",
            label="どこへ渡すか",
            kind=Kind.CHOICE,
            options=(*_supporters(view), *agencies_of(view)),
        ),
        Entry(name="parts", label="渡すもの", kind=Kind.CHOICES, options=of_enum(SharedPart)),
        Entry(name="told", label="伝える言葉", kind=Kind.TEXT, required=False),
        Entry(name="ground", label="根拠", kind=Kind.CHOICE, options=of_enum(Ground)),
        Entry(
            name="proof",
            label="根拠になる同意や議題",
            kind=Kind.CHOICE,
            options=_proofs(view),
            required=False,
        ),
        Entry(name="reason", label="渡すわけ", kind=Kind.TEXT),
        Entry(
            name="harm",
            label="本人やほかの方への害",
            kind=Kind.CHOICE,
            options=checked,
            required=False,
        ),
        Entry(name="ends_on", label="使ってよい最後の日", kind=Kind.DAY, required=False),
    )


async def _give(means: Means, filled: Filled, of: str) -> str:
    to = filled.text("to")
    harm = filled.maybe("harm")
    supporter = to in {option.value for option in _supporters(means.view)}
    await disclose(
        means.uow,
        case_id=means.view.story.case.id,
        person_id=PersonId(filled.text("person")),
        to=to,
        parts=filled.many("parts", SharedPart),
        ground=filled.one("ground", Ground),
        reason=filled.text("reason"),
        unjust=None if harm is None else harm == "unjust",
        by=means.by,
        at=means.at,
        tz=means.tz,
        to_role=Role.COMMUNITY_SUPPORTER if supporter else None,
        told=filled.text("told"),
        proof=filled.text("proof"),
        ends_on=filled.maybe_day("ends_on"),
    )
    return "渡したものと根拠を記録しました。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="write-sheet",
        title="つなぐシートを書く",
        room=ROOM,
        who=WORKERS,
        entries=_writing,
        act=_write,
    ),
    Deed(
        key="send-sheet",
        title="つなぐシートを渡す",
        room=ROOM,
        who=WORKERS,
        entries=_handing,
        act=_hand,
        offered=lambda view: _sheets(view, sent=False),
    ),
    Deed(
        key="return-sheet",
        title="つなぐシートの返事を書く",
        room=ROOM,
        who=WORKERS,
        entries=_replying,
        act=_reply,
        offered=lambda view: _sheets(view, sent=True),
    ),
    Deed(
        key="ask-about-member",
        title="世帯のことを機関に尋ねる",
        room=ROOM,
        who=WORKERS,
        entries=_asking,
        act=_ask,
        explains="多機関協働が引き受けた案件で、本人の同意をもとに尋ねるのが原則です。",
    ),
    Deed(
        key="disclose",
        title="根拠を示して情報を渡す",
        room=ROOM,
        who=DECIDES[Ground.LIFE_BODY],
        entries=_giving,
        act=_give,
        explains="渡すのは、要るものだけにします。地域の方には、最後の日も決めます。",
    ),
)
