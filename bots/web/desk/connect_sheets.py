"""つなぐシート on the desk: written, handed over, answered (R-014)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.parties import ROOM, agencies_of, name_of
from core.cases import Urgency
from core.connect_sheets import ConnectSheet, ConnectStep, SheetWords
from core.ids import AgencyId, ConnectSheetId, StaffId
from core.municipal_profiles.profile import ConnectSteps
from core.municipal_profiles.routing import connect_step
from core.referrals.machine import WORKERS
from core.usecases.referrals.return_sheet import return_sheet
from core.usecases.referrals.send_sheet import send_sheet
from core.usecases.referrals.write_sheet import write_sheet

_REPLY_WITHIN: Final = timedelta(days=14)


def _colleagues(view: View) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=one.name) for one in view.story.staff.values() if one.active
    )


def _how(view: View) -> Entry:
    """How one connects; where the town counts what was noticed, the count proposes it."""
    steps = None if view.profile is None else view.profile.connect
    by_count = "" if steps is None else _by_count(steps)
    return Entry(
        name="step",
        label="つなぎ方",
        kind=Kind.CHOICE,
        options=of_enum(ConnectStep),
        required=steps is None,
        help=by_count,
    )


def _by_count(steps: ConnectSteps) -> str:
    said = (
        f"空けておくと、気づいたことの数で決まります。{steps.letter_from}つから"
        f"{word(ConnectStep.LETTER)}、{steps.goes_along_from}つから{word(ConnectStep.COMPANION)}です。"
    )
    return f"{said}迷うときは{steps.advice_from}に尋ねられます。" if steps.advice_from else said


def _writing(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="to", label="つなぎ先の機関", kind=Kind.CHOICE, options=agencies_of(view)),
        Entry(name="contact", label="つなぎ先の窓口や担当の方", required=False),
        _how(view),
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
    noticed = tuple(row[0] for row in filled.rows("noticed"))
    step = filled.maybe_one("step", ConnectStep)
    if step is None:
        # The form lets it be empty only where the town has steps to count by.
        steps = None if means.profile is None else means.profile.connect
        step = connect_step(steps or ConnectSteps(sheet=""), hits=len(noticed))
    await write_sheet(
        means.uow,
        case_id=means.view.story.case.id,
        to_agency_id=AgencyId(filled.text("to")),
        step=step,
        by=means.by,
        at=means.at,
        tz=means.tz,
        words=SheetWords(
            came_for=filled.text("came_for"),
            noticed=noticed,
            done=filled.text("done"),
            hoped_for=filled.text("hoped_for"),
        ),
        to_contact=filled.text("contact"),
        consents=filled.yes("consents"),
        urgency=filled.one("urgency", Urgency),
        companion_id=None if companion is None else StaffId(companion),
    )
    return f"つなぐシートを書きました({word(step)})。渡すときに、返事の日を決めます。"


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
)
