"""What a meeting does not allow is refused, and nothing is changed by the attempt."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.access import NotActive
from core.basis import Basis
from core.errors import CaseworkError
from core.meeting_steps import NotAtTheTable, recheck_meetings
from core.meetings.attendance import MandatoryAbsent, OwnSeatAbsent, PersonNotUrged
from core.meetings.bodies import BodyNotSetUp, SeatKind, TooLateForThisItem
from core.meetings.circles import NotInTheCircle
from core.meetings.decisions import Outcome
from core.meetings.grounds import CaseTalkNotEnough, ShienPurposeMissing
from core.meetings.guards import (
    DecisionsNotApplied,
    NotConfirmedByChair,
    NotTypedYet,
    OutsiderPresent,
    ReasonMissing,
    SeatNotInvited,
    UrgentItemLeftBehind,
)
from core.meetings.items import AgendaPurpose, DropReason
from core.meetings.machine import MeetingNotThere
from core.meetings.minutes import MinutesIncomplete
from core.meetings.outcomes import OutcomeNotOpen
from core.meetings.pledge_text import PledgeTextIncomplete, words_of
from core.meetings.pledges import NotBoundYet
from core.meetings.sittings import Meeting, MeetingState
from core.steps import Overtaken, RoleNeeded
from core.usecases.meetings.add_item import add_item
from core.usecases.meetings.answer_attendance import answer_attendance
from core.usecases.meetings.cancel_meeting import cancel_meeting
from core.usecases.meetings.check_type_again import check_type_again
from core.usecases.meetings.close_meeting import close_meeting
from core.usecases.meetings.convene_meeting import convene_meeting
from core.usecases.meetings.drop_item import drop_item
from core.usecases.meetings.end_membership import end_membership
from core.usecases.meetings.hold_meeting import hold_meeting
from core.usecases.meetings.postpone_meeting import postpone_meeting
from core.usecases.meetings.sign_pledge import sign_pledge
from tests.council import (
    AFTER,
    ASKED,
    CHAIR,
    CLERK,
    OFFICE,
    SITTING,
    Council,
)
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

S = MeetingState


async def unchanged(council: Council, meeting: Meeting) -> bool:
    return await council.now(meeting.id) == meeting


async def convened(council: Council, *, agrees: bool = True) -> Meeting:
    if agrees:
        await council.agrees_to_share()
    return await council.convene(await council.schedule(await council.request()))


@pytest.mark.rule("M5", "R-031", "R-091")
async def test_whoever_has_to_be_there_is_called(council: Council) -> None:
    await council.agrees_to_share()
    meeting = await council.schedule(await council.request())
    some = council.seated - {council.people[CHAIR.id].id}
    with pytest.raises(SeatNotInvited, match="CHAIR"):
        await convene_meeting(council.uow, invited=some, **council.at(meeting, OFFICE))
    assert await unchanged(council, meeting)


@pytest.mark.rule("M6", "R-031", "R-045", "R-091")
async def test_a_meeting_is_held_with_those_who_must_and_none_of_those_who_may_not(
    council: Council,
) -> None:
    meeting = await convened(council)
    item = meeting.items[0]
    outsider = await council.register(SeatKind.COMMUNITY)
    attempts: tuple[tuple[type[CaseworkError], Any], ...] = (
        (OutsiderPresent, council.seated | {outsider.id}),
        (MandatoryAbsent, council.seated - {council.people[TANAKA.id].id}),
        (OwnSeatAbsent, council.seated - {council.people[CLERK.id].id}),
    )
    for refusal, there in attempts:
        with pytest.raises(refusal):
            await hold_meeting(
                council.uow, present={item.id: there}, **council.at(meeting, CLERK, AFTER)
            )
    assert await unchanged(council, meeting)


@pytest.mark.rule("DOMAIN-3.7", "M6", "M7")
async def test_each_step_is_its_roles_and_nobody_overtakes_unseen(council: Council) -> None:
    meeting = await convened(council)
    with pytest.raises(RoleNeeded):
        await hold_meeting(council.uow, present={}, **council.at(meeting, SATO, AFTER))
    stale = council.at(meeting, CLERK, AFTER) | {"version": meeting.version - 1}
    with pytest.raises(Overtaken):
        await hold_meeting(council.uow, present={}, **stale)
    async with council.uow.write() as work:
        await work.staff.put(replace(CLERK, active=False))
        await work.commit()
    with pytest.raises(NotActive):
        await hold_meeting(council.uow, present={}, **council.at(meeting, CLERK, AFTER))
    assert await unchanged(council, meeting)


@pytest.mark.rule("M7", "M8", "R-030", "R-050")
async def test_minutes_are_complete_confirmed_by_the_chair_and_followed(council: Council) -> None:
    meeting = await council.hold(await convened(council))
    item = meeting.items[0]
    with pytest.raises(OutcomeNotOpen):
        await council.decide(meeting, item.id, Outcome.CLOSE_OK)
    meeting = await council.decide(meeting, item.id)
    with pytest.raises(MeetingNotThere):
        await council.confirm(meeting)
    meeting = await council.minute(meeting, replace(item, purpose=AgendaPurpose.PROGRESS))
    with pytest.raises(MinutesIncomplete):
        await council.confirm(meeting)
    meeting = await council.confirm(await council.minute(meeting, item))
    with pytest.raises(DecisionsNotApplied):
        await close_meeting(council.uow, **council.at(meeting, OFFICE, AFTER))
    assert await unchanged(council, meeting)


@pytest.mark.rule("M7")
async def test_a_chair_who_wrote_the_minutes_does_not_confirm_them(council: Council) -> None:
    async with council.uow.write() as work:
        both = CLERK.roles | CHAIR.roles
        await work.staff.put(replace(CLERK, roles=both))
        await work.commit()
    meeting = await council.hold(await convened(council))
    meeting = await council.minute(meeting, meeting.items[0])
    meeting = await council.decide(meeting, meeting.items[0].id)
    with pytest.raises(NotConfirmedByChair):
        await council.confirm_as(meeting, CLERK)
    assert await unchanged(council, meeting)


@pytest.mark.rule("M9")
async def test_a_meeting_put_off_keeps_its_agenda_and_can_be_dated_again(council: Council) -> None:
    meeting = await convened(council)
    with pytest.raises(ReasonMissing):
        await postpone_meeting(council.uow, reason=" ", **council.at(meeting, OFFICE))
    assert await unchanged(council, meeting)
    meeting = await postpone_meeting(council.uow, reason="大雪", **council.at(meeting, OFFICE))
    assert meeting.state is S.POSTPONED
    assert not meeting.blocks
    again = await check_type_again(council.uow, **council.at(meeting, SUZUKI))
    assert again.state is S.TYPE_CHECKED
    assert [item.id for item in again.live] == [item.id for item in meeting.live]
    assert (await council.convene(await council.schedule(again))).state is S.CONVENED


@pytest.mark.rule("M9")
async def test_an_urgent_item_goes_to_another_meeting_when_its_own_is_cancelled(
    council: Council,
) -> None:
    meeting = await council.request(replace(ASKED, is_urgent=True))
    with pytest.raises(UrgentItemLeftBehind):
        await cancel_meeting(council.uow, reason="不要", **council.at(meeting, OFFICE))
    assert await unchanged(council, meeting)
    other = await council.request()
    gone = await cancel_meeting(
        council.uow, reason="合わせる", moved_to=other.id, **council.at(meeting, OFFICE)
    )
    assert (gone.state, gone.moved_to) == (S.CANCELLED, other.id)


@pytest.mark.rule("M1", "M10")
async def test_items_are_added_while_nobody_has_been_called_and_taken_off_until_it_is_held(
    council: Council,
) -> None:
    meeting = await council.request()
    added = await add_item(
        council.uow,
        asked=replace(ASKED, purpose=AgendaPurpose.PROGRESS),
        **council.at(meeting, SUZUKI),
    )
    assert [item.ground is not None for item in added.items] == [True, True]
    asked = {k: v for k, v in council.at(added, SUZUKI).items() if k != "tz"}
    item_id = added.items[1].id
    fewer = await drop_item(council.uow, item_id=item_id, reason="済んだ", **asked)
    assert [item.id for item in fewer.live] == [meeting.items[0].id]
    called = await council.convene(await council.schedule(fewer))
    with pytest.raises(MeetingNotThere):
        await add_item(council.uow, asked=ASKED, **council.at(called, SUZUKI))
    assert await unchanged(council, called)


@pytest.mark.rule("R-039", "R-040", "R-048")
async def test_a_request_that_no_body_can_hear_leaves_nothing_behind(council: Council) -> None:
    for asked, refusal in (
        (replace(ASKED, shien_purpose=None), ShienPurposeMissing),
        (replace(ASKED, wish=Basis.CASE), CaseTalkNotEnough),
        (replace(ASKED, purpose=AgendaPurpose.PROGRESS, wish=Basis.OTHER), BodyNotSetUp),
    ):
        with pytest.raises(refusal):
            await council.request(asked)
    async with council.uow.read() as work:
        assert await work.meetings.of_case(A12.id) == ()


@pytest.mark.rule("M10", "C5", "R-039")
async def test_consent_taken_back_before_the_sitting_moves_the_item_to_the_support_meeting(
    council: Council,
) -> None:
    share, _ = await council.agrees_to_share()
    meeting = await council.request()
    await council.takes_back(share, at=MONDAY)
    with pytest.raises(NotTypedYet):
        await council.schedule(meeting)
    async with council.uow.write() as work:
        (moved,) = await recheck_meetings(work, at=MONDAY, tz=TOKYO, people={A.id})
        await work.commit()
    ground = moved.items[0].ground
    assert ground is not None and ground.basis is Basis.SHIEN
    assert (await council.trail())[-1] == "agenda_item.retyped"
    async with council.uow.write() as work:
        assert await recheck_meetings(work, at=MONDAY, tz=TOKYO, people={A.id}) == ()


@pytest.mark.rule("M6", "M10")
async def test_what_was_lawful_in_the_room_is_recorded_also_after_consent_was_taken_back(
    council: Council,
) -> None:
    share, _ = await council.agrees_to_share()
    meeting = await council.convene(await council.schedule(await council.request()))
    later = SITTING + timedelta(hours=1)
    await council.takes_back(share, at=later)
    async with council.uow.write() as work:
        assert await recheck_meetings(work, at=later, tz=TOKYO, people={A.id}) == ()
    held = await council.hold(meeting)
    assert held.items[0].circle == council.seated


@pytest.mark.rule("C6", "M10", "R-039")
async def test_somebody_new_on_the_list_is_not_reached_by_an_earlier_consent(
    council: Council,
) -> None:
    await council.agrees_to_share()
    meeting = await council.schedule(await council.request())
    newcomer = await council.register(SeatKind.AGENCY)
    await council.admit(await council.body(Basis.JUSO), newcomer, at=MONDAY)
    now = await council.now(meeting.id)
    assert now.items[0].dropped_for is DropReason.OTHER_MEETING
    body = await council.body(Basis.JUSO)
    place = next(m for m in body.members if m.holder.participant_id == newcomer.id)
    await end_membership(
        council.uow, body_id=body.id, membership_id=place.id, by=OFFICE.id, at=AFTER, tz=TOKYO
    )
    ground = (await council.request(at=AFTER)).items[0].ground
    assert ground is not None and ground.basis is Basis.JUSO


@pytest.mark.rule("R-046", "R-041")
async def test_a_temporary_member_is_registered_noticed_and_pledged_before_the_item(
    council: Council,
) -> None:
    meeting = await council.schedule(await council.request())
    body = await council.body(Basis.SHIEN)
    doctor = await council.register(SeatKind.AGENCY, pledges=False)
    with pytest.raises(NotInTheCircle):
        await council.convene(meeting, doctor.id)
    await council.admit(body, doctor, case_id=A12.id, at=MONDAY)
    with pytest.raises(NotBoundYet):
        await council.convene(meeting, doctor.id)
    await sign_pledge(council.uow, participant_id=doctor.id, by=OFFICE.id, at=MONDAY)
    meeting = await council.convene(meeting, doctor.id)
    late = await council.register(SeatKind.AGENCY)
    with pytest.raises(TooLateForThisItem):
        await council.admit(body, late, case_id=A12.id, at=SITTING)
    held = await council.hold(meeting, doctor.id)
    assert doctor.id in held.items[0].circle


@pytest.mark.rule("R-081")
async def test_a_pledge_is_on_the_text_as_the_town_has_worded_it(council: Council) -> None:
    who = council.people[CHAIR.id]
    pledge = await sign_pledge(council.uow, participant_id=who.id, by=OFFICE.id, at=MONDAY)
    text = (await council.body(Basis.SHIEN)).pledge_text
    assert text is not None
    assert pledge.text_version == text.version
    assert "100万円以下の罰金" in words_of(text)
    with pytest.raises(RoleNeeded):
        await sign_pledge(council.uow, participant_id=who.id, by=SATO.id, at=MONDAY)


@pytest.mark.rule("R-081")
async def test_a_town_that_has_not_worded_its_pledge_does_so_first(council: Council) -> None:
    async with council.uow.write() as work:
        for body in await work.bodies.all():
            await work.bodies.change(replace(body, pledge_text=None))
        before = await work.bodies.pledges()
        await work.commit()
    who = council.people[CHAIR.id]
    with pytest.raises(PledgeTextIncomplete):
        await sign_pledge(council.uow, participant_id=who.id, by=OFFICE.id, at=MONDAY)
    async with council.uow.read() as work:
        assert await work.bodies.pledges() == before


@pytest.mark.rule("R-036")
async def test_the_person_is_called_with_a_judgement_and_their_own_wish_only(
    council: Council,
) -> None:
    await council.agrees_to_share()
    meeting = await council.schedule(await council.request())
    myself = await council.register(SeatKind.PERSON, person_id=A.id)
    for judgements in ({}, {myself.id: "自分の言葉で話したいとのこと"}):
        with pytest.raises(PersonNotUrged):
            await convene_meeting(
                council.uow,
                invited=council.seated | {myself.id},
                judgements=judgements,
                **council.at(meeting, OFFICE),
            )
    await council.agrees_to_attend(meeting.id)
    called = await convene_meeting(
        council.uow,
        invited=council.seated | {myself.id},
        judgements={myself.id: "自分の言葉で話したいとのこと"},
        **council.at(meeting, OFFICE),
    )
    assert myself.id in called.invited
    assert "meeting.person_invited" in await council.trail()


@pytest.mark.rule("M5")
async def test_those_who_were_called_say_whether_they_come(council: Council) -> None:
    meeting = await convened(council)
    asked = {k: v for k, v in council.at(meeting, SATO).items() if k != "tz"}
    answered = await answer_attendance(council.uow, comes=False, note="出張", **asked)
    assert [answer.comes for answer in answered.answers] == [False]
    asked = {k: v for k, v in council.at(answered, SUZUKI).items() if k != "tz"}
    with pytest.raises(NotAtTheTable):
        await answer_attendance(council.uow, comes=True, **asked)
