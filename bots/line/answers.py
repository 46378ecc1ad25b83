"""What LINE's answer to a push means for the letter (DOC retrying-api-request; LINE.md §3.3-3.4).

A 4xx means that nothing was sent; a 5xx, or no answer, may have been delivered all the same.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from core.outbox import Accepted, ChannelClosed, Outcome, Refused, TryLater

_LONGEST_DETAIL: Final = 300
# LINE has three kinds of 429; only this one is not over soon: "You have reached your monthly
# limit."
_MONTHLY: Final = "monthly limit"


def outcome_of(status: int, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Read LINE's answer to a push with a retry key.

    Args:
        headers: the answer's headers; look-up must not mind upper or lower case.
        body: the raw answer; it may be anything, also where the status is 200.
    """
    if 200 <= status < 300:
        return Accepted(request_id=headers.get("x-line-request-id", ""))
    if status == 409:
        earlier = headers.get("x-line-accepted-request-id")
        if earlier:
            return Accepted(request_id=earlier, already=True)
    detail = detail_of(status, body)
    if status in (401, 403):
        return ChannelClosed(cause="TOKEN", detail=detail)
    if status == 429:
        if _MONTHLY in detail.lower():
            return ChannelClosed(cause="QUOTA", detail=detail)
        return TryLater(detail=detail, maybe_taken=False)
    if 400 <= status < 500 and status != 408:
        return Refused(status=status, detail=detail)
    return TryLater(detail=detail, maybe_taken=True)


def detail_of(status: int, body: bytes) -> str:
    """LINE's own words about a failure, for logs and screens.

    Only `message` and the `details` of LINE's error body are taken, and only their ASCII:
    LINE writes errors in English, so a person's words cannot slip through by being quoted.
    """
    parts = [f"HTTP {status}"]
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict):
        parts.append(_plain(answer.get("message")))
        parts.extend(_complaints(answer.get("details")))
    return " · ".join(part for part in parts if part)[:_LONGEST_DETAIL]


def _complaints(details: Any) -> list[str]:
    if not isinstance(details, list):
        return []
    return [
        f"{_plain(item.get('property'))}: {_plain(item.get('message'))}"
        for item in details[:5]
        if isinstance(item, dict)
    ]


def _plain(text: Any) -> str:
    if not isinstance(text, str):
        return ""
    return "".join(c if c.isascii() and c.isprintable() else "?" for c in text[:_LONGEST_DETAIL])
