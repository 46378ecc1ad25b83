"""A town with names of its own reads them in the titles and headings of its desk."""

from dataclasses import replace

import pytest

from bots.profiles.reader import read_profile
from bots.web.desk.courses import DEEDS
from bots.web.desk.served import view_of
from bots.web.desk.views import View
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork
from core.programmes import Programme
from core.usecases.cases.show_case import show_case
from storage.unit_of_work import SqlUnitOfWork
from tests.midori import found_midori
from tests.people import A12, MONDAY, SATO, TOKYO


async def view(uow: UnitOfWork, profile: MunicipalProfile | None) -> View:
    story = await show_case(uow, case_id=A12.id, by=SATO.id, at=MONDAY, tz=TOKYO)
    return view_of(story, reader=SATO.id, at=MONDAY, tz=TOKYO, profile=profile)


@pytest.mark.rule("DOMAIN-5")
async def test_headings_and_titles_say_what_the_town_says(unit_of_work: SqlUnitOfWork) -> None:
    await found_midori(unit_of_work)
    plain = await view(unit_of_work, None)
    kitakyushu = await view(unit_of_work, read_profile("kitakyushu"))
    komaki = await view(unit_of_work, read_profile("komaki"))

    outreach = next(deed for deed in DEEDS if deed.programme is Programme.OUTREACH)
    assert outreach.room_for(plain) == "アウトリーチの歩み"
    assert outreach.room_for(kitakyushu) == "伴走型支援事業の歩み"
    # 小牧市 has one name for two programmes: there the usual words tell them apart.
    assert outreach.room_for(komaki) == "アウトリーチの歩み"

    begins = next(deed for deed in DEEDS if deed.key == "assess-participation")
    assert begins.title_for(plain) == "参加支援の見立てを始める"
    assert begins.title_for(kitakyushu) == "参加支援事業の見立てを始める"
    joint = next(deed for deed in DEEDS if deed.key == "plan-multi-agency")
    assert joint.title_for(komaki) == "多機関協働事業の計画に入る"
    nameless = replace(begins, programme=None)
    assert nameless.title_for(kitakyushu) == "参加支援の見立てを始める"


async def test_a_title_is_written_in_a_short_name_that_an_own_name_can_replace(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    kitakyushu = await view(unit_of_work, read_profile("kitakyushu"))
    named = [deed for deed in DEEDS if deed.programme is not None]
    titles = [(deed.title_for(kitakyushu), deed.room_for(kitakyushu)) for deed in named]
    assert named
    assert len(set(titles)) == len(titles)
