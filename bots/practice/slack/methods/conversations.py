"""conversations.*: channels, direct messages, who is in them and what was said."""

import re

from bots.practice.slack import scopes
from bots.practice.slack.carriage import Arguments
from bots.practice.slack.messages import channel_argument
from bots.practice.slack.methods.calling import Method, page
from bots.practice.slack.model import Conversation, ConversationKind, Json, Message, SlackRefused
from bots.practice.slack.platform import Platform
from bots.practice.slack.wire import conversation_wire, message_wire

NAME_MOST = 80
TOPIC_MOST = 250
KINDS: dict[str, ConversationKind] = {
    "public_channel": "public",
    "private_channel": "private",
    "im": "im",
    "mpim": "mpim",
}


def _channel(platform: Platform, arguments: Arguments) -> Conversation:
    return channel_argument(arguments, platform.workspace)


def _known(platform: Platform, arguments: Arguments) -> Conversation:
    conversation = _channel(platform, arguments)
    scopes.require(platform.installation.scopes, *scopes.reading(conversation))
    return conversation


def wanted(platform: Platform, arguments: Arguments) -> list[Conversation]:
    """The conversations of the asked-for types that the app may know of.

    Raises:
        SlackRefused: `invalid_types`, `missing_scope`.
    """
    types = arguments.names("types") or ["public_channel"]
    if not set(types) <= KINDS.keys():
        raise SlackRefused("invalid_types")
    kinds = [KINDS[t] for t in types]
    for kind in kinds:
        scopes.require(platform.installation.scopes, f"{scopes.FAMILY[kind]}:read")
    without_archived = arguments.flag("exclude_archived")
    return [
        c
        for c in platform.workspace.conversations.values()
        if c.kind in kinds
        and (c.kind == "public" or platform.workspace.bot.id in c.members)
        and not (without_archived and c.archived)
    ]


def _open(platform: Platform, arguments: Arguments) -> Json:
    workspace, granted = platform.workspace, platform.installation.scopes
    users = arguments.names("users")
    given = arguments.word("channel")
    if given is not None:
        conversation = workspace.visible_to_app(given)
        scopes.require(granted, f"{scopes.FAMILY[conversation.kind]}:write")
    elif not users:
        raise SlackRefused("users_list_not_supplied")
    elif len(users) == 1:
        scopes.require(granted, "im:write")
        if users[0] == workspace.bot.id:
            raise SlackRefused("cannot_dm_bot")
        conversation = workspace.direct(workspace.person(users[0]).id)
    else:
        scopes.require(granted, "mpim:write")
        conversation = _group(platform, users)
    shown: Json = {"id": conversation.id}
    if arguments.flag("return_im"):
        shown = conversation_wire(workspace, conversation)
    return {"channel": shown}


def _group(platform: Platform, users: list[str]) -> Conversation:
    workspace = platform.workspace
    if len(users) > 8:
        raise SlackRefused("too_many_users")
    members = [workspace.bot.id, *(workspace.person(u).id for u in users)]
    for conversation in workspace.conversations.values():
        if conversation.kind == "mpim" and set(conversation.members) == set(members):
            return conversation
    name = "mpdm-" + "--".join(workspace.people[m].name for m in members) + "-1"
    return workspace.add_conversation(kind="mpim", name=name, members=members)


def _info(platform: Platform, arguments: Arguments) -> Json:
    conversation = _known(platform, arguments)
    wire = conversation_wire(platform.workspace, conversation)
    if not arguments.flag("include_num_members"):
        wire.pop("num_members", None)
    if arguments.flag("include_locale"):
        wire["locale"] = "ja-JP"
    return {"channel": wire}


def _list(platform: Platform, arguments: Arguments) -> Json:
    shown, more = page(wanted(platform, arguments), arguments, default=100)
    return {
        "channels": [conversation_wire(platform.workspace, c) for c in shown],
        "response_metadata": more,
    }


def _members(platform: Platform, arguments: Arguments) -> Json:
    shown, more = page(_known(platform, arguments).members, arguments, default=100)
    return {"members": shown, "response_metadata": more}


def _within(arguments: Arguments, messages: list[Message]) -> list[Message]:
    oldest, latest = arguments.word("oldest") or "0", arguments.word("latest")
    for name, given in (("oldest", oldest), ("latest", latest)):
        if given is not None and not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", given):
            raise SlackRefused(f"invalid_ts_{name}")
    inclusive = arguments.flag("inclusive")

    def inside(message: Message) -> bool:
        ts = float(message.ts)
        if inclusive and message.ts in (oldest, latest):
            return True
        return ts > float(oldest) and (latest is None or ts < float(latest))

    return [m for m in messages if m.ephemeral_to is None and inside(m)]


def _read(platform: Platform, arguments: Arguments) -> Conversation:
    conversation = _channel(platform, arguments)
    scopes.require(platform.installation.scopes, *scopes.history(conversation))
    if platform.workspace.bot.id not in conversation.members:
        raise SlackRefused("not_in_channel")
    return conversation


def _shown(
    platform: Platform, arguments: Arguments, conversation: Conversation, messages: list[Message]
) -> Json:
    shown, more = page(messages, arguments, default=100, most=999)
    wires = [message_wire(platform.workspace, m) | _thread_facts(conversation, m) for m in shown]
    if not arguments.flag("include_all_metadata"):
        for wire in wires:
            wire.pop("metadata", None)
    return {
        "messages": wires,
        "has_more": bool(more["next_cursor"]),
        "response_metadata": more,
    }


def _thread_facts(conversation: Conversation, message: Message) -> Json:
    """What a message that began a thread says about it."""
    replies = [m for m in conversation.messages if m.thread_ts == message.ts]
    replies = [m for m in replies if m.ephemeral_to is None]
    if not replies:
        return {}
    users = list(dict.fromkeys(m.user for m in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts,
    }


def _history(platform: Platform, arguments: Arguments) -> Json:
    conversation = _read(platform, arguments)
    top = [m for m in conversation.messages if m.thread_ts is None]
    found = _shown(platform, arguments, conversation, list(reversed(_within(arguments, top))))
    return found | {"pin_count": len(conversation.pins)}


def _replies(platform: Platform, arguments: Arguments) -> Json:
    conversation = _read(platform, arguments)
    ts = arguments.need("ts")
    if conversation.message(ts) is None:
        raise SlackRefused("thread_not_found")
    thread = [m for m in conversation.messages if ts in (m.ts, m.thread_ts)]
    return _shown(platform, arguments, conversation, _within(arguments, thread))


def _create(platform: Platform, arguments: Arguments) -> Json:
    private = arguments.flag("is_private")
    kind: ConversationKind = "private" if private else "public"
    scopes.require(platform.installation.scopes, *scopes.managing(kind))
    name = arguments.need("name")
    if len(name) > NAME_MOST:
        raise SlackRefused("invalid_name_maxlength")
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        raise SlackRefused("invalid_name_specials")
    if any(c.name == name for c in platform.workspace.conversations.values()):
        raise SlackRefused("name_taken")
    made = platform.workspace.add_conversation(
        kind=kind, name=name, members=[platform.workspace.bot.id]
    )
    return {"channel": conversation_wire(platform.workspace, made)}


def _managed(platform: Platform, arguments: Arguments, *narrow: str) -> Conversation:
    conversation = _channel(platform, arguments)
    scopes.require(platform.installation.scopes, *scopes.managing(conversation.kind, *narrow))
    if conversation.kind in ("im", "mpim"):
        raise SlackRefused("method_not_supported_for_channel_type")
    if platform.workspace.bot.id not in conversation.members:
        raise SlackRefused("not_in_channel")
    if conversation.archived:
        raise SlackRefused("is_archived")
    return conversation


def _invite(platform: Platform, arguments: Arguments) -> Json:
    conversation = _managed(platform, arguments, "invites")
    users = arguments.names("users")
    if not users:
        raise SlackRefused("no_user")
    force = arguments.flag("force")
    errors = [(u, e) for u in users if (e := _not_invited(platform, conversation, u))]
    if errors and (not force or len(errors) == len(users)):
        listed = [{"user": u, "ok": False, "error": e} for u, e in errors]
        raise SlackRefused(errors[0][1], more={"errors": listed})
    refused = {u for u, _ in errors}
    for user in users:
        if user not in refused:
            _join(platform, conversation, user)
    answer: Json = {"channel": conversation_wire(platform.workspace, conversation)}
    if errors:
        answer["errors"] = [{"user": u, "ok": False, "error": e} for u, e in errors]
    return answer


def _not_invited(platform: Platform, conversation: Conversation, user: str) -> str | None:
    person = platform.workspace.people.get(user)
    if person is None or person.deleted:
        return "user_not_found"
    if user == platform.workspace.bot.id:
        return "cant_invite_self"
    if user in conversation.members:
        return "already_in_channel"
    if person.stranger and not conversation.ext_shared:
        return "no_external_invite_permission"
    return None


def _join(platform: Platform, conversation: Conversation, user: str) -> None:
    conversation.members.append(user)
    _membership(platform, conversation, user, "member_joined_channel")


def _membership(platform: Platform, conversation: Conversation, user: str, kind: str) -> None:
    event = {
        "type": kind,
        "user": user,
        "channel": conversation.id,
        "channel_type": "C" if conversation.kind == "public" else "G",
        "team": platform.workspace.people[user].team_id,
        "inviter": platform.workspace.bot.id,
    }
    platform.events.emit(event, shared=conversation.ext_shared)


def _kick(platform: Platform, arguments: Arguments) -> Json:
    conversation = _managed(platform, arguments)
    user = arguments.need("user")
    if user == platform.workspace.bot.id:
        raise SlackRefused("cant_kick_self")
    if user not in conversation.members:
        raise SlackRefused("not_in_channel")
    conversation.members.remove(user)
    _membership(platform, conversation, user, "member_left_channel")
    return {"errors": {}}


def _archive(platform: Platform, arguments: Arguments) -> Json:
    conversation = _channel(platform, arguments)
    if conversation.archived:
        raise SlackRefused("already_archived")
    _managed(platform, arguments).archived = True
    return {}


def _topic(platform: Platform, arguments: Arguments) -> Json:
    conversation = _managed(platform, arguments, "topic")
    topic = arguments.text("topic")
    if len(topic) > TOPIC_MOST:
        raise SlackRefused("too_long")
    conversation.topic = topic
    wire = conversation_wire(platform.workspace, conversation)
    return {"channel": wire, "topic": topic}


def _purpose(platform: Platform, arguments: Arguments) -> Json:
    conversation = _managed(platform, arguments, "topic")
    purpose = arguments.text("purpose")
    if len(purpose) > TOPIC_MOST:
        raise SlackRefused("too_long")
    conversation.purpose = purpose
    wire = conversation_wire(platform.workspace, conversation)
    return {"channel": wire, "purpose": purpose}


METHODS = {
    "conversations.open": Method(_open),
    "conversations.info": Method(_info, required=("channel",)),
    "conversations.list": Method(_list),
    "conversations.members": Method(_members, required=("channel",)),
    "conversations.history": Method(_history, required=("channel",)),
    "conversations.replies": Method(_replies, required=("channel", "ts")),
    "conversations.create": Method(_create, required=("name",)),
    "conversations.invite": Method(_invite, required=("channel", "users")),
    "conversations.kick": Method(_kick, required=("channel", "user")),
    "conversations.archive": Method(_archive, required=("channel",)),
    "conversations.setTopic": Method(_topic, required=("channel", "topic")),
    "conversations.setPurpose": Method(_purpose, required=("channel", "purpose")),
}
