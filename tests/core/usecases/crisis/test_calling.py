"""Words at night call two people, then the next, then officers; nothing is lost on the way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.access import NotYours
from core.agencies import Role
from core.crisis.alerts import AlertState
from core.crisis.callees import CalledAs
from core.crisis.reading import Sign
from core.ids import StaffId
from core.inbound import Said
from core.letters import LetterState, Reason
from core.replies import ReplyKind
from core.shielding import Care, CareMark
from core.usecases.pulse.next_due import next_due
from core.usecases.reception.open_visitor import open_visitor
from core.usecases.town.show_town import show_town
from tests.core.usecases.crisis.watch import NIGHT, NOON, WAIT, WORDS, Watch, colleague
from tests.midori import letter_now
from tests.people import SATO, SUZUKI, TANAKA, TOKYO, A

RULE = "DOMAIN-8.3"


@pytest.mark.rule(RULE)
async def test_at_night_two_on_shift_ring_at_once(watch: Watch) -> None:
    await watch.a_says(WORDS)
    assert await watch.called() == ["staff-mori", "staff-hara"]
    assert await watch.rings(NIGHT) == {"staff-mori", "staff-hara"}
    alert = await watch.call()
    assert (alert.state, alert.sign, alert.next_at) == (
        AlertState.RAISED,
        Sign.CLEAR,
        NIGHT + WAIT,
    )
    assert await watch.actions() == ["crisis.raised", "crisis.called", "crisis.called"]


@pytest.mark.rule(RULE)
async def test_in_working_hours_the_cases_own_workers_ring(watch: Watch) -> None:
    await watch.a_says(WORDS, at=NOON)
    assert await watch.called() == [SATO.id, SUZUKI.id]
    assert {one.called_as for one in (await watch.call()).calls} == {CalledAs.WORKER}


@pytest.mark.rule(RULE)
async def test_what_nobody_takes_is_passed_on_to_the_next_and_then_to_officers(
    watch: Watch,
) -> None:
    await watch.a_says(WORDS)
    assert await watch.tick(NIGHT + WAIT - timedelta(seconds=1)) == 0
    assert await next_due(watch.uow, after=NIGHT, tz=TOKYO) is not None
    for step, name in enumerate(("staff-kishi", "staff-yakusho"), start=1):
        at = NIGHT + step * WAIT
        assert await watch.tick(at) == 1
        assert await watch.tick(at) == 0
        assert name in await watch.rings(at)
    assert await watch.called() == ["staff-mori", "staff-hara", "staff-kishi", "staff-yakusho"]
    assert (await watch.call()).calls[-1].called_as is CalledAs.OFFICER


@pytest.mark.rule(RULE)
async def test_when_everybody_was_called_everybody_is_called_again(watch: Watch) -> None:
    await watch.a_says(WORDS)
    everybody = 7
    for step in range(1, everybody - 1):
        await watch.tick(NIGHT + step * WAIT)
    assert (await watch.call()).rounds == 0
    at = NIGHT + everybody * WAIT
    await watch.rings(at - timedelta(seconds=1))
    await watch.tick(at)
    assert (await watch.call()).rounds == 1
    assert len(await watch.called()) == everybody
    assert (await watch.actions())[-1] == "crisis.called_again"


@pytest.mark.rule(RULE)
async def test_a_look_that_comes_hours_late_still_calls_the_next(watch: Watch) -> None:
    await watch.a_says(WORDS)
    assert await watch.tick(NIGHT + timedelta(hours=3)) == 1
    assert len(await watch.called()) == 3


@pytest.mark.rule(RULE)
async def test_with_nobody_on_shift_the_officers_are_called(watch: Watch) -> None:
    late = NIGHT + timedelta(days=5)
    await watch.a_says(WORDS, at=late)
    assert (await watch.called())[0] == "staff-yakusho"


@pytest.mark.rule(RULE)
async def test_who_has_no_slack_is_no_use_at_night(watch: Watch) -> None:
    await watch.change(colleague("mori"), slack_user_id=None, slack_team_id=None)
    await watch.change(colleague("hara"), active=False)
    await watch.a_says(WORDS)
    assert await watch.called() == ["staff-kishi", "staff-yakusho"]


@pytest.mark.rule(RULE, "R-015")
async def test_whoever_must_not_know_of_the_case_is_not_called(watch: Watch) -> None:
    cleared = frozenset({SATO.id, colleague("hara").id, colleague("kishi").id})
    mark = CareMark(person_id=A.id, care=Care.DV_VICTIM, cleared=cleared, closes_case=True)
    async with watch.uow.write() as work:
        await work.care_marks.put(mark)
        await work.commit()
    await watch.a_says(WORDS)
    assert await watch.called() == ["staff-hara", "staff-kishi"]


@pytest.mark.rule(RULE)
async def test_a_maybe_calls_too_and_says_that_it_is_one(watch: Watch) -> None:
    await watch.a_says("死にたいとは思わないけど、眠れない")
    assert (await watch.call()).sign is Sign.MAYBE
    assert len(await watch.called()) == 2


@pytest.mark.rule(RULE, "G-16")
@pytest.mark.parametrize("words", ["ありがとう", "ありがとうございました", "また来週", "火曜日で"])
async def test_thanks_and_plain_words_call_nobody_and_send_nothing(
    watch: Watch, words: str
) -> None:
    await watch.a_says(words)
    assert await watch.calls() == ()
    assert await watch.texts() == []


@pytest.mark.rule(RULE)
async def test_more_words_ring_again_and_stay_one_call(watch: Watch) -> None:
    await watch.a_says("死ぬほどじゃないけど、限界かも")
    await watch.rings(NIGHT)
    later = NIGHT + timedelta(minutes=2)
    await watch.a_says("やっぱり死にたい", at=later)
    alert = await watch.call()
    assert (alert.signs, alert.sign) == (2, Sign.CLEAR)
    assert await watch.rings(later) == {"staff-mori", "staff-hara"}


@pytest.mark.rule(RULE, "S5")
async def test_letters_wait_for_a_human_and_say_why(watch: Watch) -> None:
    letter = await watch.office.approved(opens_at=NOON)
    await watch.a_says(WORDS)
    held = await letter_now(watch.uow, letter.id)
    assert (held.state, held.reason) == (LetterState.HELD, Reason.PERSON_NEEDED)


@pytest.mark.rule(RULE)
async def test_words_that_were_taken_back_before_they_were_read_call_nobody(watch: Watch) -> None:
    async with watch.uow.write() as work:
        await work.inbox.note_unsent("crisis-1", at=NIGHT)
        await work.commit()
    await watch.a_says(WORDS)
    assert await watch.calls() == ()


@pytest.mark.rule(RULE)
async def test_a_stranger_is_heard_as_well(watch: Watch) -> None:
    await watch.change(colleague("uketsuke"), roles=frozenset({Role.INTAKE_WORKER}))
    said = Said(kind=ReplyKind.TEXT, text=WORDS, message_id="stranger")
    await watch.office.a.does(said, at=NIGHT, who="U" + "f" * 32)
    async with watch.uow.read() as work:
        (alert,) = await work.alerts.unsettled()
    assert (alert.case_id, alert.person_id, len(alert.calls)) == (None, None, 2)
    called, other = (alert.calls[0].staff_id, StaffId("staff-uketsuke"))
    (visitor,) = (await show_town(watch.uow, by=called)).visitors
    asked: dict[str, Any] = {"visitor_id": visitor.id, "at": NIGHT, "reader": watch.office.a}
    seen = await open_visitor(watch.uow, by=called, **asked)
    assert ([one.text for one in seen.spoken], seen.minds) == ([WORDS], False)
    assert (await open_visitor(watch.uow, by=other, **asked)).minds
    with pytest.raises(NotYours):
        await open_visitor(watch.uow, by=SATO.id, **asked)
    await watch.office.a.does(replace(said, message_id="again"), at=NIGHT, who="U" + "f" * 32)
    async with watch.uow.read() as work:
        (alert,) = await work.alerts.unsettled()
    assert alert.signs == 2
    for step in range(1, 9):
        await watch.tick(NIGHT + step * WAIT)
    async with watch.uow.read() as work:
        (alert,) = await work.alerts.unsettled()
    assert "staff-uketsuke" in {call.staff_id for call in alert.calls}


@pytest.mark.rule(RULE)
async def test_nobody_at_all_is_tried_again_until_there_is_somebody(watch: Watch) -> None:
    names = ("mori", "hara", "kishi", "yakusho")
    for one in (*map(colleague, names), SATO, SUZUKI, TANAKA):
        await watch.change(one, active=False)
    await watch.a_says(WORDS)
    assert await watch.called() == []
    await watch.change(colleague("mori"), active=True)
    assert await watch.tick(NIGHT + WAIT) == 1
    assert await watch.called() == ["staff-mori"]
