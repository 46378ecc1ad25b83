"""Taking a call, settling it, looking back on it; raising one by hand; opening the case for it."""

from datetime import timedelta

import pytest

from core.access import NotYours
from core.crisis.alerts import AlertMovedOn, AlertState, NoteNeeded, OwnAlert
from core.crisis.shifts import ShiftUnfit
from core.emergency import LIFE_BODY, Danger
from core.ids import StaffId
from core.letters import LetterState
from core.reminders import ReminderKind
from core.steps import RoleNeeded
from core.usecases.courses.raise_emergency import raise_emergency
from core.usecases.crisis.acknowledge_alert import acknowledge_alert
from core.usecases.crisis.drop_shift import drop_shift
from core.usecases.crisis.keep_shift import keep_shift
from core.usecases.crisis.note_alert import note_alert
from core.usecases.crisis.raise_alert import raise_alert
from core.usecases.crisis.review_alert import review_alert
from core.usecases.crisis.settle_alert import settle_alert
from core.usecases.crisis.show_alert import show_alert
from core.usecases.crisis.who_is_on_call import who_is_on_call
from core.usecases.desk.show_desk import show_desk
from core.usecases.reading.break_glass import break_glass
from core.usecases.reading.offer_glass import offer_glass
from core.usecases.town.show_town import show_town
from tests.core.usecases.crisis.watch import NIGHT, NOON, WAIT, WORDS, Watch
from tests.core.usecases.test_answer_due import EDOGAWA
from tests.midori import letter_now
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO

RULE = "DOMAIN-8.3"
MORI, HARA, OFFICER = (StaffId(f"staff-{name}") for name in ("mori", "hara", "yakusho"))
SOON = NIGHT + timedelta(minutes=3)


@pytest.mark.rule(RULE)
async def test_whoever_takes_it_stops_the_ringing_for_everybody(watch: Watch) -> None:
    await watch.a_says(WORDS)
    await watch.rings(NIGHT)
    alert = await watch.call()
    taken = await acknowledge_alert(watch.uow, alert_id=alert.id, by=HARA, at=SOON)
    assert (taken.state, taken.acknowledged_by, taken.next_at) == (
        AlertState.ACKNOWLEDGED,
        HARA,
        None,
    )
    assert await watch.rings(SOON) == {MORI, HARA}
    assert await watch.tick(NIGHT + 5 * WAIT) == 0
    again = await acknowledge_alert(watch.uow, alert_id=alert.id, by=HARA, at=SOON)
    assert again.version == taken.version
    with pytest.raises(AlertMovedOn):
        await acknowledge_alert(watch.uow, alert_id=alert.id, by=MORI, at=SOON)
    seen = await show_alert(watch.uow, alert_id=alert.id, viewer=MORI)
    assert (seen.alias, seen.taken_by) == ("A-12", "hara")


@pytest.mark.rule(RULE)
async def test_only_the_called_and_those_on_the_case_may_take_it(watch: Watch) -> None:
    await watch.a_says(WORDS)
    alert = await watch.call()
    with pytest.raises(NotYours):
        await acknowledge_alert(watch.uow, alert_id=alert.id, by=OFFICER, at=SOON)
    assert (await acknowledge_alert(watch.uow, alert_id=alert.id, by=SATO.id, at=SOON)).version == 2


@pytest.mark.rule(RULE)
@pytest.mark.parametrize("answered", [True, False])
async def test_either_end_is_looked_back_on_by_somebody_else_in_a_working_day(
    watch: Watch, answered: bool
) -> None:
    await watch.a_says(WORDS)
    alert = await watch.call()
    ended = await settle_alert(
        watch.uow, alert_id=alert.id, answered=answered, by=TANAKA.id, at=SOON, tz=TOKYO
    )
    assert ended.state is (AlertState.ANSWERED if answered else AlertState.FALSE_ALARM)
    assert (ended.acknowledged_by, str(ended.review_due_on)) == (TANAKA.id, "2026-12-02")
    with pytest.raises(NoteNeeded):
        await note_alert(watch.uow, alert_id=alert.id, note=" ", by=TANAKA.id, at=SOON)
    await note_alert(watch.uow, alert_id=alert.id, note="電話で話しました", by=TANAKA.id, at=SOON)
    with pytest.raises(OwnAlert):
        await review_alert(watch.uow, alert_id=alert.id, review="x", by=TANAKA.id, at=NOON)
    with pytest.raises(RoleNeeded):
        await review_alert(watch.uow, alert_id=alert.id, review="x", by=SATO.id, at=NOON)
    assert (await show_town(watch.uow, by=TANAKA.id)).calls_to_review == ()
    (waiting,) = (await show_town(watch.uow, by=OFFICER)).calls_to_review
    desk = await show_desk(watch.uow, staff_id=OFFICER, day_ends=NOON)
    assert [one.kind for one in desk.reminders] == [ReminderKind.CALL_REVIEW]
    done = await review_alert(
        watch.uow, alert_id=waiting.alert_id, review="よい動きでした", by=OFFICER, at=NOON
    )
    assert (done.state, done.false_alarm) == (AlertState.REVIEWED, not answered)
    assert (await show_town(watch.uow, by=OFFICER)).calls_to_review == ()
    with pytest.raises(AlertMovedOn):
        await review_alert(watch.uow, alert_id=alert.id, review="x", by=OFFICER, at=NOON)


@pytest.mark.rule(RULE)
async def test_after_one_is_settled_new_words_call_anew(watch: Watch) -> None:
    await watch.a_says(WORDS)
    first = await watch.call()
    await settle_alert(watch.uow, alert_id=first.id, answered=True, by=SATO.id, at=SOON, tz=TOKYO)
    await watch.a_says(WORDS, at=NIGHT + timedelta(hours=1))
    assert [one.state for one in await watch.calls()] == [AlertState.RAISED, AlertState.ANSWERED]


@pytest.mark.rule(RULE)
async def test_a_worker_calls_by_hand_and_the_person_is_told_nothing(watch: Watch) -> None:
    letter = await watch.office.approved(opens_at=NOON)
    raised = await raise_alert(
        watch.uow, case_id=A12.id, by=SUZUKI.id, at=NIGHT, tz=TOKYO, wait=WAIT
    )
    assert (raised.raised_by, raised.sign, len(raised.calls)) == (SUZUKI.id, None, 2)
    assert await watch.rings(NIGHT) == {MORI, HARA}
    assert (await letter_now(watch.uow, letter.id)).state is LetterState.HELD
    assert await watch.texts() == []
    again = await raise_alert(
        watch.uow, case_id=A12.id, by=SATO.id, at=SOON, tz=TOKYO, wait=WAIT, hours=EDOGAWA
    )
    assert again.id == raised.id
    desk = await show_desk(watch.uow, staff_id=SATO.id, day_ends=NOON)
    assert ReminderKind.CALL_OPEN in {one.kind for one in desk.reminders}


@pytest.mark.rule(RULE, "R-025")
async def test_danger_to_life_is_one_step_away_with_its_legal_ground(watch: Watch) -> None:
    await watch.a_says(WORDS)
    await raise_emergency(watch.uow, case_id=A12.id, danger=Danger.LIFE, by=MORI, at=SOON)
    async with watch.uow.read() as work:
        (entry,) = [
            one
            for one in await work.audit.of_case(A12.id)
            if one.event.action == "case.emergency_raised"
        ]
        assert f"ground={LIFE_BODY}" in entry.event.evidence


@pytest.mark.rule(RULE)
async def test_the_called_open_the_case_with_a_reason_while_the_call_is_open(
    watch: Watch,
) -> None:
    assert not await offer_glass(watch.uow, case_id=A12.id, by=MORI)
    await watch.a_says(WORDS)
    assert await offer_glass(watch.uow, case_id=A12.id, by=MORI)
    glass = await break_glass(
        watch.uow, case_id=A12.id, by=MORI, reason="夜の急ぎの知らせのため", at=SOON
    )
    assert glass.until > SOON
    alert = await watch.call()
    await settle_alert(watch.uow, alert_id=alert.id, answered=True, by=MORI, at=SOON, tz=TOKYO)
    assert not await offer_glass(watch.uow, case_id=A12.id, by=MORI)


@pytest.mark.rule(RULE)
async def test_shifts_are_kept_by_those_who_answer_for_them(watch: Watch) -> None:
    late = NIGHT + timedelta(days=6)
    asked = {"starts_at": late, "ends_at": late + timedelta(hours=8), "at": NIGHT}
    with pytest.raises(RoleNeeded):
        await keep_shift(watch.uow, staff_id=SATO.id, place=1, by=SATO.id, **asked)
    with pytest.raises(ShiftUnfit):
        await keep_shift(watch.uow, staff_id=SATO.id, place=10, by=TANAKA.id, **asked)
    kept = await keep_shift(watch.uow, staff_id=SATO.id, place=1, by=TANAKA.id, **asked)
    await watch.a_says(WORDS, at=late + timedelta(hours=1))
    assert (await watch.called())[0] == SATO.id
    await drop_shift(watch.uow, shift_id=kept.id, by=TANAKA.id, at=late)
    async with watch.uow.read() as work:
        assert await work.shifts.between(late, late + timedelta(hours=8)) == ()


@pytest.mark.rule(RULE)
async def test_who_is_on_call_and_where_the_list_has_a_gap(watch: Watch) -> None:
    night = await who_is_on_call(watch.uow, at=NIGHT, tz=TOKYO, hours=EDOGAWA)
    assert (night.now, night.staffed, night.officers) == (("mori", "hara", "kishi"), False, 1)
    assert night.gap_at is not None
    assert night.gap_at > NIGHT + timedelta(hours=24)
    assert night.text
    noon = await who_is_on_call(watch.uow, at=NOON, tz=TOKYO, hours=EDOGAWA)
    assert noon.staffed
