"""A sitting of several cases: joined from a case, listed in the town, recorded item by item."""

from dataclasses import dataclass, replace

import pytest

from bots.web.desk.deed import Means, TownMeans
from bots.web.desk.meetings import DEEDS
from bots.web.desk.pages import Done, take_form
from bots.web.desk.served import view_of
from bots.web.desk.sittings import DEEDS as TOWN_DEEDS
from bots.web.desk.sittings import sitting_rows
from bots.web.desk.views import TownView, View
from core.agencies import Role, Seat, Staff
from core.cases import Case
from core.ids import CaseId
from core.meetings.sittings import Meeting, MeetingState
from core.shielding import Care, CareMark
from core.usecases.cases.show_case import show_case
from core.usecases.town.show_town import show_town
from storage.unit_of_work import SqlUnitOfWork
from tests.council import AFTER, CLERK, OFFICE, Council, call_council
from tests.midori import add_neighbour, found_midori
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

REQUEST = {
    "purpose": ["PLAN"],
    "programmes": ["outreach"],
    "shien_purpose": ["WORRYING_CASE"],
    "topics": ["ELDER"],
}


@dataclass
class Hall:
    """The council, and the case next door on which 鈴木 alone works."""

    council: Council
    next_door: Case

    async def town(self, who: Staff) -> TownView:
        story = await show_town(self.council.uow, by=who.id)
        return TownView(
            story=story,
            reader=who.id,
            roles=story.roles,
            at=AFTER,
            tz=TOKYO,
            profile=self.council.profile,
        )

    async def case(self, who: Staff, case_id: CaseId) -> View:
        story = await show_case(self.council.uow, case_id=case_id, by=who.id, at=MONDAY, tz=TOKYO)
        return view_of(story, reader=who.id, at=MONDAY, tz=TOKYO, profile=self.council.profile)

    async def joined(self) -> Meeting:
        """A's meeting, with the item of the case next door on its agenda."""
        meeting = await self.council.request()
        view = await self.case(SUZUKI, self.next_door.id)
        deed = next(one for one in DEEDS if one.key == "join-sitting")
        (offer,) = deed.offers(view)
        assert offer.about.startswith("みどり支援会議")
        form = REQUEST | {
            entry.name: [str(entry.value)]
            for entry in deed.entries(view, offer.of)
            if entry.name == "version"
        }
        means = Means(uow=self.council.uow, view=view)
        done = await take_form(DEEDS, means, key=deed.key, of=offer.of, form=form)
        assert isinstance(done, Done), done
        assert done.said.startswith("議題を加えました。")
        return await self.council.now(meeting.id)


@pytest.fixture
async def hall(unit_of_work: SqlUnitOfWork) -> Hall:
    await found_midori(unit_of_work)
    council = await call_council(unit_of_work)
    case_id, _ = await add_neighbour(unit_of_work, 1)
    async with unit_of_work.write() as work:
        case = await work.cases.get(case_id)
        for seat in await work.staff.seats(case_id):
            await work.staff.remove_seat(seat)
        await work.cases.change(
            replace(case, lead_staff_id=SUZUKI.id, version=case.version + 1),
            version=case.version,
        )
        await work.staff.put_seat(
            Seat(case_id=case_id, staff_id=SUZUKI.id, role=Role.OUTREACH_WORKER)
        )
        for seated in (A12.id, case_id):
            for who in (OFFICE, CLERK):
                await work.staff.put_seat(
                    Seat(case_id=seated, staff_id=who.id, role=Role.MUNICIPAL_OFFICER)
                )
        await work.commit()
    return Hall(council=council, next_door=case)


@pytest.mark.rule("R-047", "R-082")
async def test_the_town_lists_sittings_and_names_the_cases_that_the_reader_may_know_of(
    hall: Hall,
) -> None:
    await hall.council.schedule(await hall.joined())
    (row,) = sitting_rows(await hall.town(OFFICE))
    assert (row.name, row.when) == ("みどり支援会議", "12月7日(月) 10:30")
    assert row.items == f"議題 2件(A-12・{hall.next_door.alias})"
    (row,) = sitting_rows(await hall.town(SATO))
    assert row.items == "議題 2件(A-12)"
    (row,) = sitting_rows(await hall.town(TANAKA))
    assert hall.next_door.alias not in row.items


@pytest.mark.rule("R-015")
async def test_of_a_case_that_a_mark_closes_not_even_the_alias_is_listed(hall: Hall) -> None:
    await hall.joined()
    async with hall.council.uow.write() as work:
        await work.care_marks.put(
            CareMark(
                person_id=A.id,
                care=Care.DV_VICTIM,
                cleared=frozenset({SATO.id}),
                closes_case=True,
            )
        )
        await work.commit()
    (row,) = sitting_rows(await hall.town(OFFICE))
    assert row.items == f"議題 2件({hall.next_door.alias})"


@pytest.mark.rule("M6", "R-045", "R-047")
async def test_who_was_there_is_recorded_item_by_item_on_the_town_desk(hall: Hall) -> None:
    meeting = await hall.council.convene(await hall.council.schedule(await hall.joined()))
    from_a_case = next(one for one in DEEDS if one.key == "hold-meeting")
    assert from_a_case.offers(await hall.case(CLERK, A12.id)) == ()
    view = await hall.town(CLERK)
    (deed,) = TOWN_DEEDS
    (offer,) = deed.offers(view)
    assert offer.about == "みどり支援会議 12月7日(月) 10:30"
    entries = deed.entries(view, offer.of)
    assert [entry.label for entry in entries[:2]] == [
        "「A-12 プラン策定」のときに、いた方",
        f"「{hall.next_door.alias} プラン策定」のときに、いた方",
    ]
    form = {
        entry.name: [entry.value] if isinstance(entry.value, str) else list(entry.value)
        for entry in entries
    }
    leaves = hall.council.people[SATO.id].id
    form["present_1"].remove(leaves)
    means = TownMeans(uow=hall.council.uow, view=view)
    done = await take_form(TOWN_DEEDS, means, key=deed.key, of=offer.of, form=form)
    assert isinstance(done, Done), done
    held = await hall.council.now(meeting.id)
    assert held.state is MeetingState.HELD
    first, second = held.live
    assert leaves in first.present
    assert leaves not in second.present
    assert (await hall.town(CLERK)).story.sittings[0].state is MeetingState.HELD
