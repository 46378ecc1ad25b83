"""Putting a drawn card into a colleague's DM: once, and then always in the same place."""

from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bots.slack.face import Face
from bots.slack.pacing import Pacing
from bots.slack.telling import error_name
from core.outbox import Card, CardOutcome, Drawn, NotDrawn

EVENT_TYPE: Final = "card"
LOOKED_BACK: Final = 50
# The message cannot be changed any more; a new one takes its place.
_LOST: Final = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})


class Posting:
    """Posts and changes cards.

    Each message carries the card's opaque id as metadata. A crash between posting and recording
    is healed by looking for it before posting again.
    """

    def __init__(self, client: AsyncWebClient, pacing: Pacing) -> None:
        self._client = client
        self._pacing = pacing
        self._dms: dict[str, str] = {}

    async def put(self, card: Card, face: Face, *, user_id: str) -> CardOutcome:
        """Show this face of the card to this user.

        Raises:
            SlackApiError and what else the client raises; the caller reads it.
        """
        channel = card.channel or await self._dm(user_id)
        ts, attention = await self._standing(card, channel, face)
        if ts is None:
            return await self._post(card, face, channel)
        if face.attention and attention is not None and attention != face.attention:
            return await self._post(card, face, channel, instead_of=ts)
        try:
            await self._client.chat_update(channel=channel, ts=ts, **_content(card, face))
        except SlackApiError as error:
            if error_name(error) not in _LOST:
                raise
            return await self._post(card, face, channel)
        return Drawn(channel=channel, ts=ts)

    async def _post(
        self, card: Card, face: Face, channel: str, *, instead_of: str | None = None
    ) -> CardOutcome:
        wait = await self._pacing.turn(channel)
        if wait is not None:
            return NotDrawn(detail="waiting for a turn", permanent=False, retry_after=wait)
        answer = await self._client.chat_postMessage(
            channel=channel, unfurl_links=False, unfurl_media=False, **_content(card, face)
        )
        if instead_of is not None:
            await self._remove(channel, instead_of)
        return Drawn(channel=channel, ts=str(answer["ts"]))

    async def _remove(self, channel: str, ts: str) -> None:
        try:
            await self._client.chat_delete(channel=channel, ts=ts)
        except SlackApiError as error:
            if error_name(error) not in _LOST | {"cant_delete_message"}:
                raise

    async def _dm(self, user_id: str) -> str:
        if user_id not in self._dms:
            answer = await self._client.conversations_open(users=user_id)
            self._dms[user_id] = str(answer["channel"]["id"])
        return self._dms[user_id]

    async def _standing(
        self, card: Card, channel: str, face: Face
    ) -> tuple[str | None, str | None]:
        """Where the card stands in Slack, and what it asks its reader to look at there.

        History is read where the record may not know (nothing recorded, or a try failed), and
        where the reader may have to be told anew; otherwise the record is enough.
        """
        if card.ts is not None and card.attempts == 0 and not face.attention:
            return card.ts, None
        found = await self._look(card, channel, limit=LOOKED_BACK)
        if found is None and card.ts is not None:
            found = await self._look(
                card, channel, limit=1, oldest=card.ts, latest=card.ts, inclusive=True
            )
        return found or (card.ts, None)

    async def _look(self, card: Card, channel: str, **which: Any) -> tuple[str, str] | None:
        """The newest message of this card among these: its place, and what it asks."""
        answer = await self._client.conversations_history(
            channel=channel, include_all_metadata=True, **which
        )
        for message in answer.get("messages") or ():  # newest first
            payload = _payload(message)
            if payload.get("card") == card.id:
                return str(message["ts"]), str(payload.get("attention") or "")
        return None


def _payload(message: dict[str, Any]) -> dict[str, Any]:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return {}
    payload: dict[str, Any] = metadata.get("event_payload") or {}
    return payload


def _content(card: Card, face: Face) -> dict[str, Any]:
    """Metadata can be read by other apps: opaque ids only (SLACK §2.2)."""
    return {
        "text": face.text,
        "blocks": list(face.blocks),
        "metadata": {
            "event_type": EVENT_TYPE,
            "event_payload": {"card": card.id, "attention": face.attention},
        },
    }
