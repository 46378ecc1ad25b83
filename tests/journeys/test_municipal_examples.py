"""The municipal examples of DOMAIN §5 about meetings, each in the town's own words and rhythm."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bots.profiles.reader import read_profile
from core.assessments import IntakeAssessment
from core.basis import Basis
from core.consent.scopes import TAX_DERIVED, AgencyScope, MeetingScope
from core.fields import Field
from core.ids import AssessmentId
from core.meetings.bodies import BodyNotSetUp, Holder, SeatKind
from core.meetings.items import AgendaPurpose, DropReason, GroundReason
from core.meetings.materials import TaxFactsNotShared
from core.meetings.pledges import NotBoundYet
from core.meetings.sittings import Block, Meeting, MeetingState
from core.municipal_profiles.bodies import filled_seats
from core.municipal_profiles.duties import OneAgencyOnly, require_joint
from core.municipal_profiles.profile import Body, MunicipalProfile
from core.municipal_profiles.routing import comes_from_taxation, desk_reached_by, offers_heard
from core.municipal_profiles.slots import slots_of
from core.usecases.meetings.add_material import add_material
from core.usecases.meetings.admit_member import admit_member
from core.usecases.meetings.check_type_again import check_type_again
from core.usecases.meetings.count_studies import count_studies
from core.usecases.meetings.give_notice import give_notice
from core.usecases.meetings.hold_meeting import hold_meeting
from core.usecases.meetings.offer_slots import offer_slots
from core.usecases.meetings.preview_item import ItemPreview, preview_item
from core.usecases.meetings.propose_meeting import Proposal, propose_meeting
from core.usecases.meetings.schedule_meeting import schedule_meeting
from storage.unit_of_work import SqlUnitOfWork
from tests.council import (
    ASKED,
    CLERK,
    HIDAMARI,
    OFFICE,
    SHAKYO,
    SITTING,
    Council,
    call_council,
)
from tests.midori import found_midori
from tests.people import A12, MONDAY, SATO, TOKYO, A

PROGRESS = replace(ASKED, purpose=AgendaPurpose.PROGRESS, programmes=frozenset())


@pytest.fixture
async def town(unit_of_work: SqlUnitOfWork) -> SqlUnitOfWork:
    """A with the case A-12, and three colleagues."""
    await found_midori(unit_of_work)
    return unit_of_work


async def preview(council: Council, at: datetime = MONDAY, **more: Any) -> ItemPreview:
    return await preview_item(
        council.uow,
        asked=more.get("asked", ASKED),
        by=SATO.id,
        at=at,
        tz=TOKYO,
        profile=council.profile,
    )


async def assessed(council: Council, *fields: Field) -> Proposal:
    """What the town proposes after an assessment that touches these fields."""
    async with council.uow.write() as work:
        await work.assessments.put(
            IntakeAssessment(
                id=AssessmentId(work.new_id()),
                case_id=A12.id,
                assessed_on=date(2026, 11, 30),
                authors=(SATO.id,),
                fields=frozenset(fields),
            )
        )
        await work.commit()
    return await propose_meeting(
        council.uow, case_id=A12.id, profile=council.profile, by=SATO.id, at=MONDAY, tz=TOKYO
    )


@pytest.mark.rule("MA-1", "R-039", "R-041", "R-046", "R-091")
async def test_ma_1_kitakyushu_meets_in_its_own_name_until_consent_changes_the_law(
    town: SqlUnitOfWork,
) -> None:
    council = await call_council(town, "kitakyushu")
    seen = await preview(council)
    assert seen.body.name == "つながりづくり会議"
    assert [seat.title for seat in filled_seats(council.profile.bodies[1])] == [
        "議長",
        "事務局長",
        "庶務",
        "伴走型支援事業者",
        "参加支援事業者",
    ]
    assert {need.seat for need in seen.seats} == {
        SeatKind.CHAIR,
        SeatKind.SECRETARIAT,
        SeatKind.CLERK,
        SeatKind.OUTREACH,
        SeatKind.PARTICIPATION,
    }
    meeting = await council.request()
    relative = await council.register(SeatKind.FAMILY, person_id=A.id)
    _, place = await admit_member(
        town,
        body_id=seen.body.id,
        holder=Holder(participant_id=relative.id),
        case_id=A12.id,
        by=OFFICE.id,
        at=MONDAY,
        tz=TOKYO,
    )
    scheduled = await council.schedule(await council.request())
    with pytest.raises(NotBoundYet):
        await council.convene(scheduled, relative.id)
    await give_notice(town, body_id=seen.body.id, membership_id=place.id, by=OFFICE.id, at=MONDAY)
    called = await council.convene(scheduled, relative.id)
    assert called.state is MeetingState.CONVENED
    await council.agrees_to_share()
    again = await check_type_again(town, **council.at(meeting, SATO))
    ground = again.items[0].ground
    assert ground is not None
    assert council.bodies[Basis.JUSO].id == ground.body_id
    assert council.bodies[Basis.JUSO].name == "重層的支援会議"
    async with town.read() as work:
        other = await work.meetings.get(called.id)
    moved = await check_type_again(town, **council.at(other, SATO))
    assert moved.items[0].dropped_for is DropReason.OTHER_MEETING


@pytest.mark.rule("MA-2", "R-039")
async def test_ma_2_yokosuka_has_no_support_meeting_so_nothing_without_consent_is_heard(
    town: SqlUnitOfWork,
) -> None:
    council = await call_council(town, "yokosuka")
    desk = desk_reached_by(council.profile, "SNS")
    assert desk is not None and "ほっとかん" in desk.name
    assert [offer.title for offer in offers_heard(council.profile, "food?")] == ["食料支援"]
    with pytest.raises(BodyNotSetUp) as refused:
        await council.request()
    assert refused.value.facts == {"basis": "SHIEN", "lacks": "body", "allowed": "set_up_body"}
    await council.agrees_to_share()
    assert (await preview(council)).body.name == "重層的支援会議"


@pytest.mark.rule("MA-3", "R-090", "R-049")
async def test_ma_3_komaki_proposes_its_meeting_at_the_third_field(town: SqlUnitOfWork) -> None:
    council = await call_council(town, "komaki")
    two = await assessed(council, Field.ELDER, Field.DISABILITY)
    assert two.prompt is None
    three = await assessed(council, Field.ELDER, Field.DISABILITY, Field.FOREIGN)
    assert three.prompt is not None
    assert three.prompt.body == "こまきつながる会議(重層的支援会議)"
    assert [offer.ad_hoc for offer in three.prompt.when] == [False, True]
    assert three.prompt.when[0].earliest == date(2027, 2, 15)
    await council.agrees_to_share()
    seen = await preview(council)
    assert seen.body.name == "こまきつながる会議(重層的支援会議)"
    meeting = await offer_slots(
        town,
        offered=slots_of(seen.dates, tz=TOKYO),
        **council.at(await council.request(), OFFICE),
    )
    assert meeting.offered[0].begins_at == datetime(2027, 2, 15, 10, 0, tzinfo=TOKYO)


@pytest.mark.rule("MA-4", "R-039", "R-048", "R-054")
async def test_ma_4_nabari_tells_the_directors_of_the_fields_and_talks_any_time(
    town: SqlUnitOfWork,
) -> None:
    as_told = read_profile("nabari")
    statute = {"area": "市の条例による守秘の定め"}
    council = await call_council(town, completed(as_told, statute))
    told = (await assessed(council, Field.CHILD, Field.EDU)).directors
    assert [director.field for director in told] == [Field.CHILD, Field.EDU]
    talk = replace(PROGRESS, wish=Basis.CASE)
    with pytest.raises(BodyNotSetUp):
        await council.request(talk)
    body = await council.body(Basis.CASE)
    number = body.roster.number if body.roster else 0
    await council.agrees(MeetingScope(body=body.id, membership_version=number))
    meeting = await council.request(talk)
    ground = meeting.items[0].ground
    assert ground is not None and GroundReason.PROGRESS_TALK in ground.reasons
    at_any_time = await preview(council, asked=talk)
    assert [offer.ad_hoc for offer in at_any_time.dates] == [True]
    network = await preview(council, asked=replace(PROGRESS, wish=Basis.OTHER))
    assert network.body.name == "エリア会議"
    first, second, _ = network.dates
    assert second.earliest == date(2027, 2, 1)
    assert first.latest < second.earliest


def completed(profile: MunicipalProfile, statutes: dict[str, str]) -> MunicipalProfile:
    """The profile after an editor has filled in on which statute its bodies keep secrecy."""

    def with_statute(body: Body) -> Body:
        return replace(body, statutory_basis=statutes.get(body.code, body.statutory_basis))

    return replace(profile, bodies=tuple(with_statute(body) for body in profile.bodies))


@pytest.mark.rule("MA-5", "M3", "R-049")
async def test_ma_5_sakai_offers_the_next_of_two_fixed_sessions_and_assesses_jointly(
    town: SqlUnitOfWork,
) -> None:
    council = await call_council(town, "sakai")
    body = await council.body(Basis.CASE)
    number = body.roster.number if body.roster else 0
    await council.agrees(MeetingScope(body=body.id, membership_version=number))
    third = datetime(2026, 12, 3, 1, 0, tzinfo=UTC)
    asked = replace(PROGRESS, wish=Basis.CASE)
    seen = await preview(council, third, asked=asked)
    meeting = await council.request(asked, at=third)
    slots = slots_of(seen.dates, tz=TOKYO)
    meeting = await offer_slots(town, offered=slots, **council.at(meeting, OFFICE, third))
    days = [slot.begins_at.date() for slot in meeting.offered]
    assert days[:2] == [date(2026, 12, 10), date(2026, 12, 25)]
    with pytest.raises(OneAgencyOnly):
        require_joint(council.profile, [HIDAMARI, HIDAMARI])
    require_joint(council.profile, [HIDAMARI, SHAKYO])


@pytest.mark.rule("MA-6", "R-053")
async def test_ma_6_tokai_counts_its_studies_of_the_year_and_is_reminded_in_february(
    town: SqlUnitOfWork,
) -> None:
    council = await call_council(town, "tokai")
    body = await council.body(Basis.CASE)
    number = body.roster.number if body.roster else 0
    await council.agrees(MeetingScope(body=body.id, membership_version=number))
    for week in (1, 2):
        await study(council, SITTING + timedelta(weeks=week))
    february = datetime(2027, 2, 10, 1, 0, tzinfo=UTC)
    warned = await count_studies(town, profile=council.profile, by=OFFICE.id, at=february, tz=TOKYO)
    assert warned is not None
    assert (warned.held, warned.missing, warned.warns) == (2, 1, True)
    await study(council, february - timedelta(days=1))
    enough = await count_studies(town, profile=council.profile, by=OFFICE.id, at=february, tz=TOKYO)
    assert enough is not None
    assert (enough.held, enough.least, enough.warns) == (3, 3, False)


async def study(council: Council, begins: datetime) -> Meeting:
    """A case talk that was held."""
    meeting = await council.request(replace(PROGRESS, wish=Basis.CASE))
    ground = meeting.items[0].ground
    assert ground is not None
    slot = council.slot(begins)
    meeting = await offer_slots(council.uow, offered=(slot,), **council.at(meeting, OFFICE))
    block = Block(body_id=ground.body_id, begins_at=slot.begins_at, ends_at=slot.ends_at)
    meeting = await schedule_meeting(
        council.uow, blocks=(block,), hosts=council.seated, **council.at(meeting, OFFICE)
    )
    meeting = await council.convene(meeting)
    return await hold_meeting(
        council.uow,
        present={},
        elsewhere=council.seated,
        **council.at(meeting, CLERK, slot.ends_at),
    )


@pytest.mark.rule("MA-11", "R-043")
async def test_ma_11_yasu_keeps_arrears_out_until_the_person_agrees_in_writing(
    town: SqlUnitOfWork,
) -> None:
    yasu = read_profile("yasu")
    assert comes_from_taxation(yasu, "納税推進課")
    support = Body(
        code="shien",
        basis=Basis.SHIEN,
        name="野洲市支援会議",
        establishment_rule="要綱",
        statutory_basis="社会福祉法第106条の6",
    )
    council = await call_council(town, replace(yasu, bodies=(*yasu.bodies, support)))
    meeting = await council.request()
    paper: dict[str, Any] = {
        "item_id": meeting.items[0].id,
        "title": "滞納の状況",
        "tax_derived": comes_from_taxation(yasu, "納税推進課"),
    }
    with pytest.raises(TaxFactsNotShared):
        await add_material(town, **paper, **council.at(meeting, OFFICE))
    assert (await council.now(meeting.id)).materials == ()
    everybody = frozenset(p.agency_id for p in council.people.values() if p.agency_id)
    await council.agrees(AgencyScope(agencies=everybody, topics=frozenset({TAX_DERIVED})))
    attached = await add_material(town, **paper, **council.at(meeting, OFFICE))
    assert attached.materials[0].tax_derived
