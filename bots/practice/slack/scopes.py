"""Which scopes a bot token needs for which method (Slack method pages, SLACK.md §2.4)."""

from bots.practice.slack.model import Conversation, ConversationKind, SlackRefused

NEEDED: dict[str, str] = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.scheduleMessage": "chat:write",
    "chat.deleteScheduledMessage": "chat:write",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "dnd.info": "dnd:read",
    "pins.add": "pins:write",
    "bookmarks.add": "bookmarks:write",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
"""Methods with one fixed scope; those on conversations depend on the kind of conversation."""

FAMILY: dict[ConversationKind, str] = {
    "public": "channels",
    "private": "groups",
    "im": "im",
    "mpim": "mpim",
}


def require(granted: list[str], *accepted: str) -> None:
    """Refuse unless one of the accepted scopes was granted.

    Raises:
        SlackRefused: `missing_scope` with `needed` and `provided`.
    """
    if not set(accepted) & set(granted):
        raise SlackRefused(
            "missing_scope",
            more={"needed": ",".join(accepted), "provided": ",".join(granted)},
        )


def reading(conversation: Conversation) -> tuple[str, ...]:
    """Scopes that let an app know a conversation's facts."""
    return (f"{FAMILY[conversation.kind]}:read",)


def history(conversation: Conversation) -> tuple[str, ...]:
    """Scopes that let an app read what was said."""
    return (f"{FAMILY[conversation.kind]}:history",)


def managing(kind: ConversationKind, *narrow: str) -> tuple[str, ...]:
    """Scopes that let an app change a conversation; `narrow` are suffixes such as `invites`."""
    family = FAMILY[kind]
    wide = "channels:manage" if kind == "public" else f"{family}:write"
    return (wide, *(f"{family}:write.{suffix}" for suffix in narrow))
