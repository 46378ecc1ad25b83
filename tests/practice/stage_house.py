"""The stage over the fakes, in process or served on a free port of this machine."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import uvicorn
from starlette.applications import Starlette

from bots.practice.clock import PracticeClock
from bots.practice.faults import Faults
from bots.practice.guide import GuideStep
from bots.practice.pages import Pages, WayIn
from bots.practice.stage import Stage
from tests.practice.stage_fakes import FakeHouse, FakeLine, FakeSlack

START = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
"""A Monday, 10:30 in Tokyo."""

GUIDE = (
    GuideStep(
        text="佐藤さんとして、A-12 へのおたよりを承認してみる", user="佐藤", label="承認する"
    ),
    GuideStep(text="時計を翌朝まで進めて、おたよりが届くのを見る", does="clock"),
    GuideStep(text="A さんの電話から、スタンプで返事をしてみる", phone="A", does="sticker"),
    GuideStep(text="返事がどう伝わるか、佐藤さんの Slack で確かめる", user="佐藤", does="open"),
)


@dataclass
class Scene:
    """One stage with everything behind it in reach."""

    clock: PracticeClock
    faults: Faults
    line: FakeLine
    slack: FakeSlack
    house: FakeHouse
    app: Starlette


def make_scene() -> Scene:
    """A fresh practice town on a Monday morning."""
    clock = PracticeClock(START)
    line, slack, faults = FakeLine(clock=clock), FakeSlack(clock=clock), Faults()
    house = FakeHouse(clock=clock, line=line, slack=slack)
    stage = Stage(
        line=line,
        slack=slack,
        clock=clock,
        faults=faults,
        settle=house.settle,
        pages=Pages(
            slack=slack,
            clock=clock,
            settle=house.settle,
            origin="http://127.0.0.1:8010",
            way_in=WayIn(command="/case", labels=("案件を開く",)),
        ),
        guide=GUIDE,
    )
    app = Starlette(routes=stage.routes())
    return Scene(clock=clock, faults=faults, line=line, slack=slack, house=house, app=app)


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The app behind a real socket; gives its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()
