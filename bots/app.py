"""The front door: one ASGI application with everything the product answers over HTTP."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from starlette.routing import BaseRoute

from bots.wiring import House

BEAT_ALLOWED: Final = timedelta(seconds=90)
seconds_since_beat = Gauge(
    "yorisoi_tick_age_seconds", "Seconds since a tick last looked", ("tick",)
)


def build_app(
    house: House,
    *,
    work: bool = True,
    more_routes: Sequence[BaseRoute] = (),
    on_start: Callable[[], Awaitable[None]] | None = None,
    on_stop: Callable[[], Awaitable[None]] | None = None,
) -> FastAPI:
    """The application; its lifespan opens and closes the house.

    Args:
        work: also run ticks and delivery in this process.
        more_routes: put before the product's own (practice mode).
        on_start, on_stop: practice mode's own beginnings and ends, inside the house's.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await house.start(work=work)
        try:
            if on_start is not None:
                await on_start()
            yield
        finally:
            if on_stop is not None:
                await on_stop()
            await house.aclose()

    app = FastAPI(
        title="Yorisoi", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    app.router.routes.extend(more_routes)
    app.router.routes.extend(house.routes())
    _health(app, house)
    return app


def _health(app: FastAPI, house: House) -> None:
    started = time.monotonic()

    @app.get("/healthz")
    async def healthz() -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    @app.get("/readyz")
    async def readyz() -> Response:
        """Database, migrations and ticks; 503 with reasons."""
        reasons = await house.not_ready(
            allowed=BEAT_ALLOWED, grace=time.monotonic() - started < BEAT_ALLOWED.total_seconds()
        )
        return JSONResponse(
            {"ready": not reasons, "reasons": reasons}, status_code=503 if reasons else 200
        )

    @app.get("/metrics")
    async def metrics(_: Request) -> Response:
        """Prometheus; counts and ages only, no personal data."""
        for tick, age in (await house.beat_ages()).items():
            seconds_since_beat.labels(tick=tick).set(age)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
