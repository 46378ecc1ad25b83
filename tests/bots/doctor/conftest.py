from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from bots.line.menus import name_of
from bots.practice.faults import Faults
from bots.practice.line import LineEmulator
from bots.practice.line.menus import Menu
from bots.practice.slack import SlackEmulator
from bots.slack.manifest import SCOPES
from core.menus import Menu as MENUS
from core.usecases.pulse.beat import beat
from storage.unit_of_work import SqlUnitOfWork
from tests.bots.doctor.surroundings import (
    KEY,
    LINE_TOKEN,
    SLACK_TOKEN,
    TICKS,
    NowClock,
    Surroundings,
    dated,
    man_the_night,
)
from tests.midori import found_midori
from tests.practice.line.served import served
from tests.practice.line.town import SECRET, Inbox


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the doctor says does not depend on the kind of database."""
    return sqlite_url


@pytest.fixture
async def around(unit_of_work: SqlUnitOfWork) -> AsyncIterator[Surroundings]:
    """Everything as it should be, but for what only practice has."""
    await found_midori(unit_of_work)
    await man_the_night(unit_of_work, at=NowClock().now())
    clock, inbox, faults = NowClock(), Inbox(), (Faults(), Faults())
    for tick in TICKS:
        await beat(unit_of_work, tick=tick, at=clock.now())
    line = LineEmulator(
        clock=clock,
        faults=faults[0],
        channel_secret=SECRET,
        access_token=LINE_TOKEN,
        webhook_url=None,
        bot_name="みどりのたより",
        quota=1000,
    )
    line.account.chat_mode = "chat"
    for menu in MENUS:
        made = f"richmenu-{menu.value}"
        line.menus.kept[made] = Menu(menu_id=made, menu={"name": name_of(menu)})
    slack = SlackEmulator(
        clock=clock, faults=faults[1], signing_secret="practice-secret", bot_token=SLACK_TOKEN
    )
    slack.install(scopes=SCOPES)
    routes = [
        Route("/line/webhook", inbox, methods=["POST"]),
        Mount("/slack", dated(slack.app)),
        Mount("/", line.app),
    ]
    async with served(Starlette(routes=routes)) as origin:
        line.webhooks.url = f"{origin}/line/webhook"
        yield Surroundings(
            line,
            slack,
            *faults,
            inbox,
            origin,
            unit_of_work,
            clock,
            settings={
                "YORISOI_SECRET_KEYS": KEY,
                "YORISOI_PUBLIC_URL": origin,
                "YORISOI_RETENTION_YEARS": "5",
                "LINE_CHANNEL_SECRET": SECRET,
                "LINE_CHANNEL_ACCESS_TOKEN": LINE_TOKEN,
                "LINE_API_BASE": origin,
                "SLACK_BOT_TOKEN": SLACK_TOKEN,
                "SLACK_SIGNING_SECRET": "practice-secret",
                "SLACK_API_BASE": f"{origin}/slack/api/",
            },
        )
        await line.aclose()
