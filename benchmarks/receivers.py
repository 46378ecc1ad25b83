"""The contenders of intake, each a server in a process of its own.

`python -m benchmarks.receivers bare` is a FastAPI route that checks the signature and keeps
nothing. `... product URL` is the product's own route, which answers once the body is durable.
Asked for anything, the product counts the different events that it has kept since it was last
asked, cut out by the product's own reader.
"""

import asyncio
import base64
import hashlib
import hmac
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
import uvloop
from fastapi import FastAPI, Request, Response

from benchmarks.children import Answer, answering
from benchmarks.load import SECRET


async def serve(app: FastAPI, run: Callable[[Answer], Awaitable[Answer]]) -> None:
    """Serve on a free port, and answer questions meanwhile."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="error", access_log=False, http="httptools"
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]

    async def asked(question: Answer) -> Answer:
        cpu = time.process_time()
        return {"cpu_so_far": cpu, **await run(question)}

    await answering({"port": port}, asked, seconds=False)
    server.should_exit = True
    await serving


async def bare() -> None:
    """A route as one would write it who only wants to know that it was LINE."""
    app = FastAPI()
    secret = SECRET.encode()

    @app.post("/line/webhook")
    async def webhook(request: Request) -> Response:
        body = await request.body()
        given = request.headers.get("x-line-signature", "")
        good = base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(given, good):
            return Response(status_code=401)
        return Response(status_code=200)

    async def run(question: Answer) -> Answer:
        return {}

    await serve(app, run)


async def product(url: str) -> None:
    """The product's route over the product's keeper."""
    from benchmarks.house import KEYRING, TOWN, SteadyClock, new_id
    from bots.line.reader import LineEventReader
    from bots.line.webhook import webhook_route
    from storage.engine import open_store
    from storage.intake import GroupCommitKeeper

    store = open_store(url)
    keeper = GroupCommitKeeper(
        store, municipality_id=TOWN, keyring=KEYRING, clock=SteadyClock(), new_id=new_id
    )
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.append(webhook_route(keeper, channel_secret=SECRET, on_kept=lambda: None))

    async def run(question: Answer) -> Answer:
        return await _kept(store, LineEventReader()) if question.get("kept") else {}

    await serve(app, run)
    await store.close()


async def _kept(store: Any, reader: Any) -> Answer:
    from sqlalchemy import text

    from benchmarks.house import transactions

    async with transactions(store).read() as work:
        bodies = await work.inbox.unsplit(limit=1_000_000)
    keys = {event.event_key for kept in bodies for event in reader.cut(kept.body)}
    async with store.writing() as connection:
        await connection.execute(text("DELETE FROM webhooks"))
        await connection.commit()
    return {"bodies": len(bodies), "events": len(keys)}


if __name__ == "__main__":
    uvloop.run(bare() if sys.argv[1] == "bare" else product(sys.argv[2]))
