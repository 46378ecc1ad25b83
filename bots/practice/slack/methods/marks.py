"""pins.add, bookmarks.add, reactions.*, blocks.validate."""

import json
import re
from typing import Any

from bots.practice.slack.block_kit import Problem, check_blocks, check_home, check_modal
from bots.practice.slack.carriage import Arguments
from bots.practice.slack.messages import channel_argument
from bots.practice.slack.methods.calling import Method
from bots.practice.slack.model import Conversation, Json, Message, SlackRefused
from bots.practice.slack.platform import Platform


def _place(platform: Platform, arguments: Arguments) -> tuple[Conversation, Message]:
    conversation = channel_argument(arguments, platform.workspace)
    if platform.workspace.bot.id not in conversation.members:
        raise SlackRefused("not_in_channel")
    ts = arguments.word("timestamp")
    if ts is None:
        raise SlackRefused("no_item_specified")
    message = conversation.message(ts)
    if message is None or message.ephemeral_to is not None:
        raise SlackRefused("message_not_found")
    return conversation, message


def _pin(platform: Platform, arguments: Arguments) -> Json:
    conversation, message = _place(platform, arguments)
    if message.ts in conversation.pins:
        raise SlackRefused("already_pinned")
    conversation.pins.append(message.ts)
    return {}


def _bookmark(platform: Platform, arguments: Arguments) -> Json:
    conversation = platform.workspace.visible_to_app(arguments.need("channel_id"))
    if platform.workspace.bot.id not in conversation.members:
        raise SlackRefused("not_in_channel")
    if arguments.need("type") != "link":
        raise SlackRefused("invalid_bookmark_type")
    link = arguments.word("link")
    if link is None or not re.match(r"https?://", link):
        raise SlackRefused("invalid_link")
    bookmark = {
        "id": platform.workspace.make_id("Bk"),
        "channel_id": conversation.id,
        "title": arguments.need("title"),
        "link": link,
        "emoji": arguments.text("emoji"),
        "type": "link",
        "date_created": int(platform.workspace.clock.now().timestamp()),
        "date_updated": 0,
        "rank": "U",
        "last_updated_by_user_id": platform.workspace.bot.id,
        "last_updated_by_team_id": platform.workspace.team_id,
    }
    conversation.bookmarks.append(bookmark)
    return {"bookmark": bookmark}


def _react(platform: Platform, arguments: Arguments) -> Json:
    _, message = _place(platform, arguments)
    name = arguments.need("name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?", name):
        raise SlackRefused("invalid_name")
    users = message.reactions.setdefault(name, [])
    if platform.workspace.bot.id in users:
        raise SlackRefused("already_reacted")
    users.append(platform.workspace.bot.id)
    return {}


def _unreact(platform: Platform, arguments: Arguments) -> Json:
    _, message = _place(platform, arguments)
    users = message.reactions.get(arguments.need("name").strip(":"), [])
    if platform.workspace.bot.id not in users:
        raise SlackRefused("no_reaction")
    users.remove(platform.workspace.bot.id)
    if not users:
        del message.reactions[arguments.need("name").strip(":")]
    return {}


def _validate(platform: Platform, arguments: Arguments) -> Json:
    given = [name for name in ("blocks", "message", "view") if arguments.given.get(name)]
    if len(given) != 1:
        raise SlackRefused(
            "invalid_arguments", messages=["provide exactly one of blocks, view or message"]
        )
    problems = _findings(given[0], arguments.given[given[0]])
    if problems:
        errors = [{"pointer": p.pointer, "code": p.code, "message": p.message} for p in problems]
        raise SlackRefused(f"invalid_{given[0]}", more={"errors": errors})
    return {}


def _findings(name: str, part: Any) -> list[Problem]:
    if isinstance(part, str):
        try:
            part = json.loads(part)
        except ValueError:
            return [Problem("", "must be valid JSON", "invalid_json")]
    if name == "blocks":
        return check_blocks(part, at="")
    if not isinstance(part, dict):
        return [Problem("", "must provide an object", "invalid_type")]
    if name == "message":
        return check_blocks(part.get("blocks") or [])
    return check_home(part, at="") if part.get("type") == "home" else check_modal(part, at="")


METHODS = {
    "pins.add": Method(_pin, required=("channel",)),
    "bookmarks.add": Method(_bookmark, required=("channel_id", "title", "type")),
    "reactions.add": Method(_react, required=("channel", "name", "timestamp")),
    "reactions.remove": Method(_unreact, required=("name",)),
    "blocks.validate": Method(_validate, token="none"),
}
