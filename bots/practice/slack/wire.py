"""Slack's own shapes of messages, users, conversations and views, as they go over the wire."""

from typing import Any

from bots.practice.slack.model import Conversation, Json, Message, Person, View
from bots.practice.slack.workspace import Workspace

_EPOCH_UPDATED = 1_700_000_000


def message_wire(workspace: Workspace, message: Message) -> Json:
    """A message as in `chat.*` answers, histories and payloads."""
    wire: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.people[message.user].team_id,
    }
    if message.by_app:
        wire |= {
            "bot_id": workspace.bot_id,
            "app_id": workspace.app_id,
            "bot_profile": bot_profile(workspace),
        }
    if message.blocks:
        wire["blocks"] = message.blocks
    if message.attachments:
        wire["attachments"] = message.attachments
    if message.thread_ts:
        wire["thread_ts"] = message.thread_ts
    if message.edited_ts:
        wire["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.metadata:
        wire["metadata"] = message.metadata
    if message.files:
        wire["files"] = message.files
    if message.reactions:
        wire["reactions"] = [
            {"name": name, "users": users, "count": len(users)}
            for name, users in message.reactions.items()
        ]
    return wire


def bot_profile(workspace: Workspace) -> Json:
    """The app's profile on its messages."""
    return {
        "id": workspace.bot_id,
        "app_id": workspace.app_id,
        "name": workspace.bot.name,
        "icons": {},
        "deleted": False,
        "updated": _EPOCH_UPDATED,
        "team_id": workspace.team_id,
    }


def user_wire(
    workspace: Workspace, person: Person, *, locale: bool = False, email: bool = False
) -> Json:
    """A user as in `users.info`; the address only for apps with `users:read.email`."""
    profile: Json = {
        "title": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "team": person.team_id,
    }
    if email and person.email:
        profile["email"] = person.email
    wire: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "color": "4f6f6a",
        "real_name": person.real_name,
        "tz": "Asia/Tokyo",
        "tz_label": "Japan Standard Time",
        "tz_offset": 32400,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_bot": person.bot,
        "is_app_user": False,
        "updated": _EPOCH_UPDATED,
    }
    if person.stranger:
        wire["is_stranger"] = True
    if locale:
        wire["locale"] = person.locale
    return wire


def conversation_wire(workspace: Workspace, conversation: Conversation) -> Json:
    """A conversation as in `conversations.info`."""
    wire: Json = {
        "id": conversation.id,
        "created": conversation.created,
        "creator": conversation.creator,
        "is_archived": conversation.archived,
        "is_im": conversation.kind == "im",
        "is_mpim": conversation.kind == "mpim",
        "is_org_shared": False,
        "is_shared": conversation.ext_shared,
        "is_ext_shared": conversation.ext_shared,
        "context_team_id": workspace.team_id,
        "updated": conversation.created * 1000,
    }
    if conversation.kind == "im":
        other = next(m for m in conversation.members if m != workspace.bot.id)
        return wire | {"user": other, "is_user_deleted": False, "is_open": True, "priority": 0}
    return wire | {
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.kind == "public",
        "is_group": conversation.kind == "private",
        "is_private": conversation.kind != "public",
        "is_general": False,
        "is_pending_ext_shared": False,
        "is_member": workspace.bot.id in conversation.members,
        "num_members": len(conversation.members),
        "topic": _note(conversation.topic, conversation),
        "purpose": _note(conversation.purpose, conversation),
        "previous_names": [],
        "unlinked": 0,
        "shared_team_ids": [workspace.team_id],
    }


def _note(value: str, conversation: Conversation) -> Json:
    who = conversation.creator if value else ""
    return {"value": value, "creator": who, "last_set": conversation.created if value else 0}


def view_wire(workspace: Workspace, view: View) -> Json:
    """A view as in `views.*` answers and in payloads."""
    given = view.definition
    wire: Json = {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": given["type"],
        "blocks": given["blocks"],
        "private_metadata": given.get("private_metadata") or "",
        "callback_id": given.get("callback_id") or "",
        "state": {"values": view.values},
        "hash": view.hash,
        "title": _title(workspace, given),
        "clear_on_close": bool(given.get("clear_on_close")),
        "notify_on_close": bool(given.get("notify_on_close")),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": workspace.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
    if given["type"] == "modal":
        wire["submit_disabled"] = bool(given.get("submit_disabled"))
    return wire


def _title(workspace: Workspace, given: Json) -> Any:
    if given["type"] == "modal":
        return given["title"]
    return {"type": "plain_text", "text": "View Title", "emoji": True}
