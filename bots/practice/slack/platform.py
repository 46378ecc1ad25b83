"""Everything one emulated Slack consists of, put together for the methods and the driver."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bots.practice.slack.door import Door
from bots.practice.slack.events import Events
from bots.practice.slack.installation import Installation
from bots.practice.slack.messages import Content, Messages
from bots.practice.slack.modals import Modals
from bots.practice.slack.model import Call, Conversation, Json, SlackRefused
from bots.practice.slack.sockets import SocketDoor
from bots.practice.slack.triggers import ResponseUrls, Triggers
from bots.practice.slack.workspace import Workspace


@dataclass(slots=True)
class Scheduled:
    """A message that waits for its time (`chat.scheduleMessage`)."""

    id: str
    channel: str
    post_at: int
    created: int
    content: Content
    thread_ts: str | None = None


@dataclass(slots=True)
class Upload:
    """A file on its way: announced, its bytes received or not yet."""

    id: str
    filename: str
    length: int
    received: bytes | None = None
    completed: bool = False


@dataclass(slots=True)
class Platform:
    """The parts of the emulator, as the Web API methods and the driver see them."""

    workspace: Workspace
    installation: Installation
    triggers: Triggers
    replies: ResponseUrls
    modals: Modals
    events: Events
    messages: Messages
    sockets: SocketDoor
    public_url: str
    scheduled: list[Scheduled] = field(default_factory=list)
    uploads: dict[str, Upload] = field(default_factory=dict)
    record: list[Call] = field(default_factory=list)

    def remember(self, method: str, args: Json, *, ok: bool, error: str | None = None) -> None:
        """Write down what the app sent."""
        now = self.workspace.clock.now()
        self.record.append(Call(at=now, method=method, args=args, ok=ok, error=error))

    def next_scheduled(self) -> datetime | None:
        """When the next scheduled message is due."""
        waiting = [s.post_at for s in self.scheduled if s.content.metadata is None]
        return datetime.fromtimestamp(min(waiting), UTC) if waiting else None

    def post_scheduled(self) -> None:
        """Post what is due.

        A scheduled message with metadata never posts: Slack's own documented fault
        (SLACK.md §2.2).
        """
        now = self.workspace.clock.now().timestamp()
        due = [s for s in self.scheduled if s.post_at <= now and s.content.metadata is None]
        for waiting in sorted(due, key=lambda s: s.post_at):
            self.scheduled.remove(waiting)
            conversation = self.workspace.conversations[waiting.channel]
            if conversation.archived:
                continue
            self.messages.post(
                conversation,
                waiting.content,
                author=self.workspace.bot.id,
                thread_ts=waiting.thread_ts,
            )


def build_platform(
    *,
    workspace: Workspace,
    installation: Installation,
    door: Door,
    sockets: SocketDoor,
    public_url: str,
) -> Platform:
    """Put the parts together around one workspace."""
    triggers = Triggers(workspace)
    events = Events(
        workspace=workspace,
        installation=installation,
        deliver=lambda envelope, retry: door.knock("event", envelope, retry=retry),
    )
    return Platform(
        workspace=workspace,
        installation=installation,
        triggers=triggers,
        replies=ResponseUrls(workspace),
        modals=Modals(workspace=workspace, triggers=triggers),
        events=events,
        messages=Messages(workspace=workspace, events=events),
        sockets=sockets,
        public_url=public_url,
    )


def writable(platform: Platform, conversation: Conversation) -> None:
    """Refuse to write where the app may not.

    Raises:
        SlackRefused: `not_in_channel`, `is_archived`.
    """
    if conversation.archived:
        raise SlackRefused("is_archived")
    if platform.workspace.bot.id not in conversation.members:
        public = "chat:write.public" in platform.installation.scopes
        if not (public and conversation.kind == "public"):
            raise SlackRefused("not_in_channel")
