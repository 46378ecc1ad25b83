"""chat.*: posting, changing, deleting, scheduling, permalinks."""

from datetime import timedelta

from bots.practice.slack.carriage import Arguments
from bots.practice.slack.messages import UPDATE_MOST, channel_argument, read_content
from bots.practice.slack.methods.calling import Method, page
from bots.practice.slack.model import Conversation, Json, Message, SlackRefused
from bots.practice.slack.platform import Platform, Scheduled, writable
from bots.practice.slack.wire import message_wire

SCHEDULE_MOST = timedelta(days=120)
SCHEDULE_PER_WINDOW = 30
SCHEDULE_WINDOW_S = 300


def _channel(platform: Platform, arguments: Arguments, *, loose: bool = False) -> Conversation:
    return channel_argument(arguments, platform.workspace, loose=loose)


def _thread(arguments: Arguments, conversation: Conversation) -> str | None:
    thread_ts = arguments.word("thread_ts")
    if thread_ts is None:
        return None
    parent = conversation.message(thread_ts)
    if parent is None:
        raise SlackRefused("thread_not_found")
    return parent.thread_ts or parent.ts


def _post(platform: Platform, arguments: Arguments) -> Json:
    conversation = _channel(platform, arguments, loose=True)
    writable(platform, conversation)
    content = read_content(arguments.given)
    message = platform.messages.post(
        conversation,
        content,
        author=platform.workspace.bot.id,
        thread_ts=_thread(arguments, conversation),
    )
    wire = message_wire(platform.workspace, message)
    return {"channel": conversation.id, "ts": message.ts, "message": wire}


def _post_ephemeral(platform: Platform, arguments: Arguments) -> Json:
    conversation = _channel(platform, arguments, loose=True)
    user = arguments.need("user")
    writable(platform, conversation)
    if user not in conversation.members:
        raise SlackRefused("user_not_in_channel")
    message = platform.messages.post(
        conversation,
        read_content(arguments.given),
        author=platform.workspace.bot.id,
        thread_ts=_thread(arguments, conversation),
        ephemeral_to=user,
    )
    return {"message_ts": message.ts}


def _own(platform: Platform, arguments: Arguments, *, refusal: str) -> Message:
    conversation = _channel(platform, arguments)
    message = conversation.message(arguments.need("ts"))
    if message is None or message.ephemeral_to is not None:
        raise SlackRefused("message_not_found")
    if not message.by_app:
        raise SlackRefused(refusal)
    if conversation.archived:
        raise SlackRefused("is_archived")
    return message


def _update(platform: Platform, arguments: Arguments) -> Json:
    message = _own(platform, arguments, refusal="cant_update_message")
    if len(arguments.text()) > UPDATE_MOST:
        raise SlackRefused("msg_too_long")
    content = read_content(arguments.given)
    platform.messages.change(message, content, given=arguments.given)
    wire = message_wire(platform.workspace, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": wire}


def _delete(platform: Platform, arguments: Arguments) -> Json:
    message = _own(platform, arguments, refusal="cant_delete_message")
    platform.messages.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def _permalink(platform: Platform, arguments: Arguments) -> Json:
    conversation = _channel(platform, arguments)
    message = conversation.message(arguments.need("message_ts"))
    if message is None or message.ephemeral_to is not None:
        raise SlackRefused("message_not_found")
    place = f"https://{platform.workspace.domain}.slack.com/archives/{conversation.id}"
    link = f"{place}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={conversation.id}"
    return {"channel": conversation.id, "permalink": link}


def _schedule(platform: Platform, arguments: Arguments) -> Json:
    conversation = _channel(platform, arguments, loose=True)
    writable(platform, conversation)
    post_at = arguments.number("post_at")
    if post_at is None:
        raise SlackRefused("invalid_time")
    now = platform.workspace.clock.now().timestamp()
    if post_at <= now:
        raise SlackRefused("time_in_past")
    if post_at > now + SCHEDULE_MOST.total_seconds():
        raise SlackRefused("time_too_far")
    near = [
        s
        for s in platform.scheduled
        if s.channel == conversation.id and abs(s.post_at - post_at) < SCHEDULE_WINDOW_S
    ]
    if len(near) >= SCHEDULE_PER_WINDOW:
        raise SlackRefused("restricted_too_many")
    content = read_content(arguments.given)
    waiting = Scheduled(
        id=platform.workspace.make_id("Q"),
        channel=conversation.id,
        post_at=post_at,
        created=int(now),
        content=content,
        thread_ts=_thread(arguments, conversation),
    )
    platform.scheduled.append(waiting)
    message = {
        "type": "delayed_message",
        "text": content.text,
        "user": platform.workspace.bot.id,
        "bot_id": platform.workspace.bot_id,
        "team": platform.workspace.team_id,
    }
    return {
        "scheduled_message_id": waiting.id,
        "channel": conversation.id,
        "post_at": post_at,
        "message": message,
    }


def _unschedule(platform: Platform, arguments: Arguments) -> Json:
    conversation = _channel(platform, arguments)
    wanted = arguments.need("scheduled_message_id")
    found = [s for s in platform.scheduled if s.id == wanted and s.channel == conversation.id]
    if not found:
        raise SlackRefused("invalid_scheduled_message_id")
    platform.scheduled.remove(found[0])
    return {}


def _scheduled(platform: Platform, arguments: Arguments) -> Json:
    channel = arguments.word("channel")
    oldest = arguments.number("oldest", default=0) or 0
    latest = arguments.number("latest")
    found = [
        s
        for s in sorted(platform.scheduled, key=lambda s: s.post_at)
        if (channel is None or s.channel == channel)
        and s.post_at >= oldest
        and (latest is None or s.post_at <= latest)
    ]
    shown, more = page(found, arguments, default=100)
    return {
        "scheduled_messages": [
            {
                "id": s.id,
                "channel_id": s.channel,
                "post_at": s.post_at,
                "date_created": s.created,
                "text": s.content.text,
            }
            for s in shown
        ],
        "response_metadata": more,
    }


METHODS = {
    "chat.postMessage": Method(_post, required=("channel",)),
    "chat.postEphemeral": Method(_post_ephemeral, required=("channel", "user")),
    "chat.update": Method(_update, required=("channel", "ts")),
    "chat.delete": Method(_delete, required=("channel", "ts")),
    "chat.getPermalink": Method(_permalink, required=("channel", "message_ts")),
    "chat.scheduleMessage": Method(_schedule, required=("channel", "post_at")),
    "chat.deleteScheduledMessage": Method(
        _unschedule, required=("channel", "scheduled_message_id")
    ),
    "chat.scheduledMessages.list": Method(_scheduled),
}
