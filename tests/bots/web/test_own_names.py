"""A town's screen calls meetings and programmes as the town does (DOMAIN §5)."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette

from bots.profiles.reader import read_profile
from bots.web.staff import staff_routes
from core.basis import Basis
from core.municipal_profiles.bodies import body_id_of
from core.municipal_profiles.profile import MunicipalProfile
from core.usecases.meetings.found_bodies import found_bodies
from tests.bots.web.browser import KEY, Browser, Office
from tests.bots.web.rich import enrich, sitting
from tests.people import TOKYO
from tests.practice.line.served import served

pytestmark = pytest.mark.rule("DOMAIN-5")


async def page_of(office: Office, profile: MunicipalProfile, *, body: str, basis: Basis) -> str:
    """The words of A-12's page in this town, with an item before one of its bodies."""
    await enrich(office.uow)
    await found_bodies(office.uow, profile=profile, at=office.clock.now())
    held = sitting()
    [item] = held.items
    assert item.ground is not None
    ground = replace(item.ground, basis=basis, body_id=body_id_of(profile, body))
    async with office.uow.write() as work:
        now = replace(held, items=(replace(item, ground=ground),), version=held.version + 1)
        assert await work.meetings.change(now, version=held.version)
        await work.commit()

    async def always(nonce: str, until: object) -> bool:
        return True

    routes = staff_routes(
        uow=office.uow,
        clock=office.clock,
        tz=TOKYO,
        key=KEY,
        use_nonce=always,
        profile=profile,
    )
    async with served(Starlette(routes=routes)) as origin, Browser(origin) as browser:
        office.origin = origin
        return (await browser.open(office.link())).words


async def test_kitakyushu_says_tsunagari_and_walks_along(office: Office) -> None:
    words = await page_of(office, read_profile("kitakyushu"), body="tsunagari", basis=Basis.SHIEN)
    assert "つながりづくり会議 · プラン策定" in words
    assert "支援の段階 伴走型支援事業 関係づくり" in words
    assert "アウトリーチ等を通じた継続的支援事業" not in words


async def test_komaki_says_its_own_names(office: Office) -> None:
    words = await page_of(office, read_profile("komaki"), body="juso", basis=Basis.JUSO)
    assert "こまきつながる会議(重層的支援会議) · プラン策定" in words
    assert "居場所づくり事業" in words
