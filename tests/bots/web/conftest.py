from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from starlette.applications import Starlette

from bots.leaflets.maker import PictureMaker
from bots.web.desk.tools import Tools
from bots.web.desk.views import Pen
from bots.web.leaflets import leaflet_routes
from bots.web.staff import staff_routes
from bots.wordbook import shipped_library
from core.lint import Proofreader
from core.usecases.passes.use_pass import use_pass
from storage.unit_of_work import SqlUnitOfWork
from tests.bots.slack.office import PlainPress
from tests.bots.web.browser import KEY, Browser, Clock, Office
from tests.midori import found_midori
from tests.people import TOKYO
from tests.practice.line.served import served
from tests.proofs import PROOF


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the pages show does not depend on the kind of database."""
    return sqlite_url


@pytest.fixture
def proof() -> Proofreader:
    """What reads the letters; tests of a town that settled otherwise have their own."""
    return PROOF


@pytest.fixture
async def office(unit_of_work: SqlUnitOfWork, proof: Proofreader) -> AsyncIterator[Office]:
    await found_midori(unit_of_work)
    clock = Clock()

    async def use_nonce(nonce: str, until: datetime) -> bool:
        return await use_pass(unit_of_work, nonce=nonce, at=clock.now(), until=until)

    routes = staff_routes(
        uow=unit_of_work,
        clock=clock,
        tz=TOKYO,
        key=KEY,
        use_nonce=use_nonce,
        tools=Tools(maker=PictureMaker(), press=PlainPress(), proof=proof),
        pen=Pen(library=shipped_library(), proof=proof),
    )
    routes += leaflet_routes(uow=unit_of_work, clock=clock, tz=TOKYO)
    async with served(Starlette(routes=routes)) as origin:
        yield Office(unit_of_work, clock, origin)


@pytest.fixture
async def browser(office: Office) -> AsyncIterator[Browser]:
    async with Browser(office.origin) as opened:
        yield opened
