"""つなぐシート: three steps, consent, and the part that comes back (S4 Adachi, R-014)."""

from dataclasses import replace
from datetime import date

import pytest

from core.connect_sheets import (
    AlreadyReplied,
    ConnectSheet,
    ConnectStep,
    ReplyDayMissing,
    ReplyIncomplete,
    ReplyPart,
    SheetMoved,
    SheetNotAgreed,
    WindowNotNamed,
    return_reply,
    send_sheet,
)
from core.ids import ConnectSheetId, StaffId
from tests.core.referrals.examples import RECEIVER, SOURCE, TODAY, WRITER
from tests.people import MIDORI, MONDAY

SHEET = ConnectSheet(
    id=ConnectSheetId("sheet-1"),
    municipality_id=MIDORI,
    written_on=TODAY,
    from_agency_id=SOURCE,
    from_staff_id=WRITER,
    to_agency_id=RECEIVER,
    step=ConnectStep.COMPANION,
    to_contact="こころの窓口",
    consents=True,
    came_for="眠れない",
    noticed=("同じ服", "約束を忘れる"),
    companion_id=StaffId("staff-supporter"),
    reply_due_on=date(2026, 12, 14),
)
REPLY = ReplyPart(
    received_by="窓口の高橋", received_on=TODAY, result="次の面談を約束した", returned_on=TODAY
)


def sent(sheet: ConnectSheet) -> SheetMoved:
    return send_sheet(sheet, by=WRITER, role="intake_worker", at=MONDAY, on=TODAY)


def answered(sheet: ConnectSheet, reply: ReplyPart = REPLY) -> ConnectSheet:
    return return_reply(sheet, reply=reply, by=WRITER, role="member", at=MONDAY).sheet


@pytest.mark.rule("DOMAIN-2.5")
def test_each_step_carries_more_and_asks_for_more() -> None:
    assert sent(SHEET).sheet.sent_on == TODAY
    assert sent(SHEET).event.evidence == ("step=COMPANION",)
    for sheet in (replace(SHEET, to_contact=""), replace(SHEET, companion_id=None)):
        with pytest.raises(WindowNotNamed):
            sent(sheet)
    letter = replace(SHEET, step=ConnectStep.LETTER, companion_id=None)
    assert sent(letter).sheet.sent_on == TODAY


@pytest.mark.rule("DOMAIN-2.5")
def test_without_consent_one_names_the_window_and_passes_nothing_on() -> None:
    silent = replace(SHEET, consents=False)
    with pytest.raises(SheetNotAgreed) as caught:
        sent(silent)
    assert caught.value.facts["allowed"] == "NAME_WINDOW"
    named = replace(silent, step=ConnectStep.NAME_WINDOW, reply_due_on=None)
    assert sent(named).sheet.sent_on == TODAY


@pytest.mark.rule("R-014")
def test_a_sheet_goes_out_with_a_day_for_its_answer() -> None:
    with pytest.raises(ReplyDayMissing):
        sent(replace(SHEET, reply_due_on=None))
    out = sent(SHEET).sheet
    assert (out.sent_on, out.reply_due_on) == (TODAY, SHEET.reply_due_on)


@pytest.mark.rule("R-014")
def test_the_reply_part_is_complete_and_comes_once() -> None:
    out = sent(SHEET).sheet
    for empty in (replace(REPLY, received_by=""), replace(REPLY, result=" ")):
        with pytest.raises(ReplyIncomplete):
            answered(out, empty)
    with pytest.raises(ReplyIncomplete):
        answered(SHEET)
    assert answered(out).reply == REPLY
    with pytest.raises(AlreadyReplied):
        answered(answered(out))
