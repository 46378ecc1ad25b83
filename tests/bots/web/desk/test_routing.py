"""受けもつ先を確かめる: whom the town names, in its own words (MA-7)."""

from dataclasses import replace

import pytest

from bots.profiles.reader import read_profile
from bots.web.desk.deed import Means
from bots.web.desk.pages import Done, NotOffered, take_form
from bots.web.desk.routing import DEEDS
from bots.web.desk.served import view_of
from bots.web.desk.views import View
from core.usecases.cases.show_case import show_case
from storage.unit_of_work import SqlUnitOfWork
from tests.midori import found_midori
from tests.people import A12, MONDAY, SUZUKI, TOKYO


async def _asked(uow: SqlUnitOfWork, view: View, *circumstances: str, centre: str = "") -> str:
    form = {"circumstances": list(circumstances), "centre": [centre]}
    done = await take_form(DEEDS, Means(uow=uow, view=view), key="whose-case", of="", form=form)
    assert isinstance(done, Done)
    return done.said


@pytest.mark.rule("MA-7")
async def test_the_desk_says_who_takes_it_up_and_who_leads_later(
    unit_of_work: SqlUnitOfWork,
) -> None:
    uow = unit_of_work
    await found_midori(uow)
    story = await show_case(uow, case_id=A12.id, by=SUZUKI.id, at=MONDAY, tz=TOKYO)
    plain = view_of(story, reader=SUZUKI.id, at=MONDAY, tz=TOKYO)
    toyota = replace(plain, profile=read_profile("toyota"))
    usual = (
        "受けもつのは「コミュニティセンターのCSW」です(ふだん)。"
        "調整、プランづくり、制度の狭間の支援をします。"
    )
    assert await _asked(uow, toyota) == usual
    abuse = "受けもつのは「本庁 福祉総合相談課」です(虐待のおそれがある)。"
    assert await _asked(uow, toyota, "abuse") == abuse
    led = "高齢・介護が中心のとき、体制ができたあとの主担当は「地域包括支援センター」です。"
    assert await _asked(uow, toyota, centre="ELDER") == usual + led
    open_ = "住まいが中心のときの主担当は決まっていません。話し合って決めます。"
    assert await _asked(uow, toyota, "abuse", centre="HOUSING") == abuse + open_
    yasu = replace(plain, profile=read_profile("yasu"))
    assert (await _asked(uow, yasu)).startswith("この町では、だれが受けもつかは決まっていません")
    for silent in (plain, replace(plain, profile=read_profile("adachi"))):
        with pytest.raises(NotOffered):
            await _asked(uow, silent)
