"""急ぎの知らせ and 当番 from the desk: every form, filled in by those whose it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bots.profiles.reader import read_profile
from bots.web.chapters.crisis import calls
from bots.web.chapters.rows import Voice
from bots.web.desk.calling import DEEDS, TOWN_DEEDS
from bots.web.desk.deed import Means, TownMeans
from bots.web.desk.pages import Done, take_form
from bots.web.desk.served import view_of
from bots.web.desk.views import TownView, View
from core.agencies import Role, Staff
from core.crisis.alerts import AlertState
from core.usecases.cases.show_case import show_case
from core.usecases.town.show_town import show_town
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.crisis.watch import NIGHT, NOON, Watch, colleague, night_in
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO

RULE = "DOMAIN-8.3"
OFFICER = colleague("yakusho", Role.MUNICIPAL_OFFICER)
MIDORI_PROFILE = read_profile("midori")


class Desk:
    """The case's desk, and the town's."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.at = NIGHT

    async def view(self, who: Staff) -> View:
        story = await show_case(self.watch.uow, case_id=A12.id, by=who.id, at=self.at, tz=TOKYO)
        return view_of(story, reader=who.id, at=self.at, tz=TOKYO, profile=MIDORI_PROFILE)

    async def offered(self, who: Staff) -> set[str]:
        view = await self.view(who)
        return {deed.key for deed in DEEDS if deed.offers(view)}

    async def do(self, who: Staff, key: str, /, **typed: str) -> str:
        view = await self.view(who)
        deed = next(deed for deed in DEEDS if deed.key == key)
        of = deed.offers(view)[0].of
        means = Means(uow=self.watch.uow, view=view)
        form = {name: [said] for name, said in typed.items()}
        result = await take_form(DEEDS, means, key=key, of=of, form=form)
        assert isinstance(result, Done), (result.slips, result.no)
        return result.said

    async def town_view(self, who: Staff) -> TownView:
        story = await show_town(self.watch.uow, by=who.id, at=self.at)
        return TownView(story=story, reader=who.id, roles=story.roles, at=self.at, tz=TOKYO)

    async def in_town(self, who: Staff, key: str, /, **typed: str) -> str:
        view = await self.town_view(who)
        deed = next(deed for deed in TOWN_DEEDS if deed.key == key)
        of = deed.offers(view)[0].of
        means = TownMeans(uow=self.watch.uow, view=view)
        form = {name: [said] for name, said in typed.items()}
        result = await take_form(TOWN_DEEDS, means, key=key, of=of, form=form)
        assert isinstance(result, Done), (result.slips, result.no)
        return result.said


@pytest.fixture
async def desk(unit_of_work: SqlUnitOfWork) -> Desk:
    """みどり市 at night, with its shifts."""
    return Desk(await night_in(unit_of_work))


@pytest.mark.rule(RULE)
async def test_a_call_by_hand_goes_its_whole_way_by_forms(desk: Desk) -> None:
    assert await desk.offered(SUZUKI) == {"call-people"}
    assert "二人を呼びました" in await desk.do(SUZUKI, "call-people")
    assert await desk.offered(SATO) == {"take-call", "settle-call"}
    await desk.do(SATO, "take-call")
    assert await desk.offered(SATO) == {"settle-call"}
    said = await desk.do(SATO, "settle-call", end="FALSE_ALARM", note="お元気そうでした")
    assert "12月2日(水)までに" in said
    assert await desk.offered(SATO) == {"call-people", "note-on-call"}
    await desk.do(SATO, "note-on-call", note="電話で話しました")
    desk.at = NOON
    assert (await desk.town_view(SATO)).story.calls_to_review == ()
    await desk.in_town(TANAKA, "review-call", review="早く気づけました")
    (alert,) = await desk.watch.calls()
    assert (alert.state, alert.note) == (AlertState.REVIEWED, "電話で話しました")


@pytest.mark.rule(RULE)
async def test_shifts_are_entered_and_taken_out_on_the_towns_desk(desk: Desk) -> None:
    said = await desk.in_town(
        TANAKA,
        "keep-shift",
        staff=SUZUKI.id,
        starts="2026-12-05 17:00",
        ends="2026-12-06 08:30",
        place="2",
    )
    assert "12月5日" in said
    view = await desk.town_view(TANAKA)
    assert "staff-suzuki" in {shift.staff_id for shift in view.story.shifts}
    deeds = {deed.key for deed in TOWN_DEEDS if deed.offers(await desk.town_view(SATO))}
    assert deeds == set()
    await desk.in_town(TANAKA, "drop-shift")


@pytest.mark.rule(RULE)
async def test_the_page_says_who_was_called_and_names_routes_where_somebody_is_hurt(
    desk: Desk,
) -> None:
    await desk.watch.a_says("父に殴られた")
    view = await desk.view(SATO)
    assert MIDORI_PROFILE.crisis.routes
    voice = Voice(story=view.story, at=NIGHT, tz=TOKYO, routes=MIDORI_PROFILE.crisis.routes)
    (row,) = calls(voice).rows
    facts = dict(row.facts)
    assert row.title == "ほかの人からの暴力など"
    assert facts["呼んだ方"].count("当番") == 2
    assert "みどり市の相談窓口(架空) 000-0000-0001(平日9時〜17時)" in facts.values()
    assert "殴" not in str(row)
    later = replace(voice, at=NIGHT + timedelta(hours=1))
    assert calls(later).rows[0].chip == "受け取る人を待っています"
