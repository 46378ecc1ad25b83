"""What LINE tells about our own account, for `yorisoi doctor` (REF §Get bot info, §Quota ...)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.ports import ChannelUnanswered


class LineUnanswered(ChannelUnanswered):
    """LINE gave no usable answer.

    Attributes:
        status: HTTP status; None when there was no answer at all.
        detail: LINE's own words, or the kind of failure.
    """

    def __init__(self, *, status: int | None, detail: str) -> None:
        self.status = status
        self.detail = detail
        super().__init__(detail)


@dataclass(frozen=True, kw_only=True, slots=True)
class BotInfo:
    """The official account.

    Attributes:
        chat_mode: `chat` (staff can write by hand, and read is marked by hand) or `bot`.
        mark_as_read_mode: `auto` marks every message as read at once; `manual` does not.
    """

    user_id: str
    basic_id: str
    display_name: str
    chat_mode: str
    mark_as_read_mode: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """How many persons may be written to in a month; None means without limit."""

    limit: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookEndpoint:
    """Where LINE sends events, and whether it does."""

    url: str
    active: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookTest:
    """How LINE's own try of the webhook went.

    Attributes:
        status: HTTP status that LINE got; None when it got none.
        reason: `OK`, `COULD_NOT_CONNECT`, `REQUEST_TIMEOUT`, `ERROR_STATUS_CODE` ...
    """

    success: bool
    status: int | None
    reason: str
    detail: str


def bot_info_of(answer: Mapping[str, Any]) -> BotInfo:
    """Read GET /v2/bot/info."""
    return BotInfo(
        user_id=_text(answer, "userId"),
        basic_id=_text(answer, "basicId"),
        display_name=_text(answer, "displayName"),
        chat_mode=_text(answer, "chatMode"),
        mark_as_read_mode=_text(answer, "markAsReadMode"),
    )


def quota_of(answer: Mapping[str, Any]) -> Quota:
    """Read GET /v2/bot/message/quota."""
    return Quota(limit=_number(answer, "value") if answer.get("type") == "limited" else None)


def consumption_of(answer: Mapping[str, Any]) -> int:
    """Read GET /v2/bot/message/quota/consumption: persons written to this month, roughly."""
    return _number(answer, "totalUsage")


def webhook_endpoint_of(answer: Mapping[str, Any]) -> WebhookEndpoint:
    """Read GET /v2/bot/channel/webhook/endpoint."""
    return WebhookEndpoint(url=_text(answer, "endpoint"), active=answer.get("active") is True)


def webhook_test_of(answer: Mapping[str, Any]) -> WebhookTest:
    """Read POST /v2/bot/channel/webhook/test."""
    status = answer.get("statusCode")
    return WebhookTest(
        success=answer.get("success") is True,
        status=status if isinstance(status, int) and status else None,
        reason=_text(answer, "reason"),
        detail=_text(answer, "detail"),
    )


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name, "")
    return value if isinstance(value, str) else ""


def _number(answer: Mapping[str, Any], name: str) -> int:
    value = answer.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise LineUnanswered(status=200, detail=f"LINE's answer has no number under {name}")
    return value
