"""寄せられた相談: taken down at one desk, read and taken up at another, by forms."""

from dataclasses import replace

import pytest

from bots.profiles.reader import read_profile
from bots.web.desk.deed import TownMeans
from bots.web.desk.pages import Done, take_form
from bots.web.desk.queries import DEEDS
from bots.web.desk.views import TownView
from core.agencies import Agency, Role, Staff
from core.ids import AgencyId, StaffId
from core.municipal_profiles.profile import MunicipalProfile
from core.usecases.town.show_town import show_town
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.connections.sides import YAMADA
from tests.midori import found_midori
from tests.people import MIDORI, MONDAY, TOKYO

PROFILE = read_profile("toyonaka")


async def _view(uow: SqlUnitOfWork, who: Staff, profile: MunicipalProfile = PROFILE) -> TownView:
    story = await show_town(uow, by=who.id, profile=profile)
    return TownView(
        story=story, reader=who.id, roles=story.roles, at=MONDAY, tz=TOKYO, profile=profile
    )


async def _do(
    uow: SqlUnitOfWork,
    who: Staff,
    key: str,
    profile: MunicipalProfile = PROFILE,
    /,
    **typed: str,
) -> str:
    view = await _view(uow, who, profile)
    deed = next(deed for deed in DEEDS if deed.key == key)
    of = deed.offers(view)[0].of
    form = {entry.name: [str(entry.value)] for entry in deed.entries(view, of)}
    form |= {name: [said] for name, said in typed.items()}
    result = await take_form(DEEDS, TownMeans(uow=uow, view=view), key=key, of=of, form=form)
    assert isinstance(result, Done), (result.slips, result.no)
    return result.said


async def test_a_volunteer_writes_down_what_was_heard_and_the_csw_takes_it_up(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    volunteer = replace(YAMADA, roles=frozenset({Role.COMMUNITY_SUPPORTER}), agency_id=None)
    office = Agency(id=AgencyId("csw"), municipality_id=MIDORI, code="csw", name="社協CSW")
    csw = replace(
        YAMADA,
        id=StaffId("staff-csw"),
        code="csw-1",
        roles=frozenset({Role.COORDINATOR}),
        agency_id=office.id,
    )
    async with unit_of_work.write() as work:
        await work.towns.put_agency(office)
        await work.staff.put(volunteer)
        await work.staff.put(csw)
        await work.commit()

    said = await _do(
        unit_of_work, volunteer, "take-down-query", desk="nandemo", words="荷物で玄関がふさがる家"
    )
    assert said == "相談を書きとめました。「社会福祉協議会CSW」が受けとめます。"
    take_up = DEEDS[1]
    assert not take_up.offers(await _view(unit_of_work, volunteer))
    view = await _view(unit_of_work, csw)
    (offer,) = take_up.offers(view)
    assert offer.about == "福祉なんでも相談窓口・11月30日 10:30"
    assert take_up.entries(view, offer.of)[0].value == "荷物で玄関がふさがる家"
    await _do(unit_of_work, csw, "take-up-query", alias="A-12")
    (seen,) = (await _view(unit_of_work, volunteer)).story.queries
    assert (seen.received, seen.words, seen.state) == (True, None, None)


async def test_a_town_without_desks_offers_none_of_it(unit_of_work: SqlUnitOfWork) -> None:
    await found_midori(unit_of_work)
    async with unit_of_work.write() as work:
        await work.staff.put(replace(YAMADA, agency_id=None))
        await work.commit()
    view = replace(await _view(unit_of_work, YAMADA), profile=None)
    assert all(not deed.offers(view) for deed in DEEDS)


@pytest.mark.rule("MA-2")
async def test_what_the_town_can_offer_stands_beside_the_words_and_nothing_is_sent(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    worker = replace(YAMADA, agency_id=None)
    async with unit_of_work.write() as work:
        await work.staff.put(worker)
        await work.commit()
    yokosuka = read_profile("yokosuka")
    for words, offered in (("food?", "食料支援"), ("話がしたいです", "")):
        await _do(unit_of_work, worker, "take-down-query", yokosuka, desk="hottokan", words=words)
        view = await _view(unit_of_work, worker, yokosuka)
        newest = DEEDS[1].offers(view)[0]
        beside = DEEDS[1].entries(view, newest.of)[0].help
        assert offered in beside and bool(offered) == bool(beside)
