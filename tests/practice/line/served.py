"""Serves an ASGI application on a free loopback port, inside the test's own event loop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """The origin of the running application, e.g. http://127.0.0.1:40123.

    Start and stop are called by hand: `Server.serve` only looks every tenth of a second whether
    it shall end, and takes over the process's signals.
    """
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="on")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        # Server.shutdown waits a tenth of a second in every test; nothing here needs the grace.
        for listener in server.servers:
            listener.close()
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        for listener in server.servers:
            await listener.wait_closed()
        await server.lifespan.shutdown()
