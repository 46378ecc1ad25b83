"""What a Web API method is, and how lists are paged."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from bots.practice.slack.carriage import Arguments
from bots.practice.slack.model import Json, SlackRefused
from bots.practice.slack.platform import Platform

Run = Callable[[Platform, Arguments], Json]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what it does and which token it takes.

    `required` are the arguments without which Slack answers `invalid_arguments`.
    """

    run: Run
    token: Literal["bot", "app", "any", "none"] = "bot"
    required: tuple[str, ...] = ()


def page(
    items: list[Item], arguments: Arguments, *, default: int, most: int = 1000
) -> tuple[list[Item], Json]:
    """One page of a list and its `response_metadata`.

    Raises:
        SlackRefused: `invalid_cursor`, `invalid_limit`.
    """
    limit = arguments.number("limit", default=default) or default
    if not 1 <= limit <= most:
        raise SlackRefused("invalid_limit")
    start = _start(arguments.word("cursor"))
    rest = start + limit
    following = b64encode(f"next:{rest}".encode()).decode() if rest < len(items) else ""
    return items[start:rest], {"next_cursor": following}


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        mark, _, position = b64decode(cursor, validate=True).decode().partition(":")
        if mark != "next":
            raise ValueError(cursor)
        return int(position)
    except ValueError:
        raise SlackRefused("invalid_cursor") from None
