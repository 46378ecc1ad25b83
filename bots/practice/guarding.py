"""The edge of the driver: what a sender gets wrong is answered 4xx, other sites are refused."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bots.practice.asking import Wrong
from bots.practice.clock import ClockWouldGoBack
from bots.practice.driver import labels_on
from bots.practice.refusals import NotPossible

Handler = Callable[[Request], Awaitable[Response]]


def guarded(handle: Handler) -> Handler:
    """Answers 4xx for what the sender got wrong, and refuses other sites' pages."""

    async def answer(request: Request) -> Response:
        try:
            if request.headers.get("sec-fetch-site", "same-origin") not in (
                "same-origin",
                "none",
            ) and request.method not in ("GET", "HEAD"):
                raise Wrong(403, "ほかのページからは操作できません。")
            return await handle(request)
        except Wrong as wrong:
            return wrong.answer()
        except ClockWouldGoBack:
            return Wrong(409, "時計は戻せません。").answer()

    return answer


def refused(refusal: NotPossible, *, screen: Mapping[str, Any]) -> Wrong:
    """409 with the emulator's sentence, and what the screen offers instead."""
    return Wrong(409, refusal.sentence, labels=refusal.labels or labels_on(screen))
