"""Socket Mode: connections, envelopes, acks."""

import asyncio
import contextlib
import json
import random
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bots.practice.slack.door import ACK_LIMIT_S, Answer, Kind
from bots.practice.slack.model import Json
from bots.practice.slack.workspace import Workspace

CONNECTIONS_MOST = 10
_TYPES: dict[Kind, str] = {
    "event": "events_api",
    "interactive": "interactive",
    "command": "slash_commands",
}


@dataclass(slots=True)
class SocketDoor:
    """Reaches the app over the websockets it has opened; each payload goes down one of them."""

    workspace: Workspace
    seed: int = 0
    connections: list[WebSocket] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _acks: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def issue_ticket(self) -> str:
        """The one-time part of a websocket URL (`apps.connections.open`)."""
        ticket = self.workspace.make_id("S")
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket) -> None:
        """One connection, from hello to its end."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(code=4001, reason="invalid_ticket")
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        if len(self.connections) >= CONNECTIONS_MOST:
            await self._bye(websocket, reason="too_many_websockets")
            return
        self.connections.append(websocket)
        try:
            await websocket.send_text(json.dumps(self._hello()))
            while True:
                self._take(await websocket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            if websocket in self.connections:
                self.connections.remove(websocket)

    async def knock(
        self, kind: Kind, payload: Json, *, retry: tuple[int, str] | None = None
    ) -> Answer:
        """Send an envelope and wait for its ack."""
        if not self.connections:
            return Answer(failure="connection_failed")
        envelope_id = self.workspace.make_id("env-")
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": _TYPES[kind],
            "payload": payload,
            "accepts_response_payload": kind != "event",
        }
        if kind == "event":
            number, reason = retry or (0, "")
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        ack: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._acks[envelope_id] = ack
        try:
            await self._random.choice(self.connections).send_text(json.dumps(envelope))
            body = await asyncio.wait_for(ack, ACK_LIMIT_S)
        except TimeoutError:
            return Answer(failure="http_timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Answer(failure="connection_failed")
        finally:
            self._acks.pop(envelope_id, None)
        return Answer(status=200, body=body)

    async def disconnect(self, *, reason: str = "refresh_requested") -> None:
        """Ask every connection to come anew: `warning` first or `refresh_requested` at once."""
        for websocket in list(self.connections):
            await self._bye(websocket, reason=reason)

    async def aclose(self) -> None:
        """Hang up on every connection."""
        for websocket in list(self.connections):
            self.connections.remove(websocket)
            await _hang_up(websocket)

    async def _bye(self, websocket: WebSocket, *, reason: str) -> None:
        told = {"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}}
        with contextlib.suppress(WebSocketDisconnect):
            await websocket.send_text(json.dumps(told))
        if reason == "warning":
            return
        if websocket in self.connections:
            self.connections.remove(websocket)
        await _hang_up(websocket)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "practice",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self.workspace.app_id},
        }

    def _take(self, text: str) -> None:
        told = json.loads(text)
        ack = self._acks.get(str(told.get("envelope_id")))
        if ack is not None and not ack.done():
            ack.set_result(told.get("payload"))


async def _hang_up(websocket: WebSocket) -> None:
    """Close a connection; the app may have been faster, since it was told to go."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        await websocket.close()
