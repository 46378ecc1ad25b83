"""A colleague's staff page, driven over HTTP by what it shows; the site is a small one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bots.practice.pages import Pages, WayIn
from bots.practice.stage import Stage
from tests.practice.slack.house import served as serving
from tests.practice.stage_asking import Answer, get, post
from tests.practice.stage_house import make_scene

SATO = "/practice/pages/佐藤"
DOOR = "<title>とびら</title><h1>開きます</h1><form method=post><button>開く</button></form>"
CASE = """<title>A-12</title><h1>A-12</h1><p>返事が1件あります。</p>
<form method=post action="/s/do"><label>ひとこと <textarea name=words></textarea></label>
<button>記録する</button></form><a href="/s/gone">なくなった場所</a>"""


@dataclass
class Room:
    """A stage whose Slack links to the small site."""

    app: Starlette
    slack: Any
    sent: list[str]


def site(sent: list[str]) -> Starlette:
    async def door(request: Request) -> Response:
        if request.method == "GET":
            return HTMLResponse(DOOR)
        answer = RedirectResponse("/s/case", status_code=303)
        answer.set_cookie("who", "sato", max_age=1800, path="/s")
        return answer

    async def case(request: Request) -> Response:
        known = request.cookies.get("who") == "sato"
        return HTMLResponse(CASE if known else "<h1>このリンクは使えません。</h1>")

    async def do(request: Request) -> Response:
        sent.append((await request.body()).decode())
        return RedirectResponse("/s/case", status_code=303)

    async def gone(request: Request) -> Response:
        raise RuntimeError

    return Starlette(
        routes=[
            Route("/s/door", door, methods=["GET", "POST"]),
            Route("/s/case", case),
            Route("/s/do", do, methods=["POST"]),
            Route("/s/gone", gone),
        ]
    )


@asynccontextmanager
async def opened() -> AsyncIterator[Room]:
    scene, sent = make_scene(), list[str]()
    async with serving(site(sent)) as address:
        scene.slack.links["案件を開く"] = f"{address}/s/door"
        scene.slack.links["外を見る"] = "https://example.org/"
        pages = Pages(
            slack=scene.slack,
            clock=scene.clock,
            settle=scene.house.settle,
            origin=address,
            way_in=WayIn(command="/case", labels=("案件を開く",)),
        )
        stage = Stage(
            line=scene.line,
            slack=scene.slack,
            clock=scene.clock,
            faults=scene.faults,
            settle=scene.house.settle,
            pages=pages,
        )
        yield Room(app=Starlette(routes=stage.routes()), slack=scene.slack, sent=sent)
        await pages.aclose()


async def visited(room: Room) -> Answer:
    return await post(room.app, f"{SATO}/visit", {"label": "案件を開く"})


async def test_a_link_in_slack_opens_the_page_behind_its_door() -> None:
    async with opened() as room:
        assert (await get(room.app, SATO)).json == {"user": "佐藤", "open": False}
        page = (await visited(room)).json
        assert (page["open"], page["title"], page["buttons"]) == (True, "A-12", ["記録する"])
        assert page["forms"][0]["fields"][0]["label"] == "ひとこと"
        assert (await get(room.app, "/practice/pages/田中")).json["open"] is False


async def test_a_form_is_filled_in_and_sent_and_the_page_says_what_was_sent() -> None:
    async with opened() as room:
        await visited(room)
        asked = {"label": "記録する", "fill": {"ひとこと": "会えました"}}
        page = (await post(room.app, f"{SATO}/press", asked)).json
        assert room.sent == ["words=%E4%BC%9A%E3%81%88%E3%81%BE%E3%81%97%E3%81%9F"]
        assert page["sent"] == {"button": "記録する", "values": {"ひとこと": "会えました"}}


async def test_the_session_ends_by_the_practice_clock() -> None:
    async with opened() as room:
        await visited(room)
        await post(room.app, "/practice/clock", {"advance": "PT31M"})
        page = (await post(room.app, f"{SATO}/press", {"label": "記録する"})).json
        assert page["text"] == "このリンクは使えません。"


async def test_a_page_can_be_closed_and_then_holds_nothing() -> None:
    async with opened() as room:
        await visited(room)
        assert (await post(room.app, f"{SATO}/leave")).json["open"] is False
        again = await post(room.app, f"{SATO}/leave")
        assert (again.status, again.json["error"][:13]) == (409, "ページが開いていません。S")


async def test_the_stage_shows_the_open_page_to_the_practice_page() -> None:
    async with opened() as room:
        await visited(room)
        assert (await get(room.app, "/practice/stage?user=佐藤")).json["page"]["title"] == "A-12"
        happened = (await get(room.app, "/practice/stage")).json["happened"]
        assert happened[0]["said"] == "佐藤さんが「案件を開く」からページを開きました"


@pytest.mark.parametrize(
    ("verb", "fields", "status", "there"),
    [
        ("visit", {"label": "ない"}, 409, None),
        ("visit", {"label": "外を見る"}, 409, None),
        ("visit", {"label": "承認する"}, 409, None),
        ("visit", {}, 422, "label"),
        ("press", {"label": "ない"}, 409, "記録する"),
        ("press", {"label": "記録する", "fill": {"ない欄": "x"}}, 409, "ひとこと"),
        ("press", {"label": "記録する", "fill": "x"}, 422, None),
        ("press", {"label": "なくなった場所"}, 409, None),
        ("press", {"label": "記録する", "wheer": "x"}, 422, "where"),
        ("case", {"alias": 3}, 422, "alias"),
        ("case", {"alias": "Z-99"}, 409, None),
    ],
)
async def test_what_cannot_be_done_is_said_with_what_is_there(
    verb: str, fields: dict[str, Any], status: int, there: str | None
) -> None:
    async with opened() as room:
        await visited(room)
        answer = await post(room.app, f"{SATO}/{verb}", fields)
        assert answer.status == status
        assert answer.json["error"].endswith(("。", "。)"))
        assert there is None or there in answer.json["labels"]
