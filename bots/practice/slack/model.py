"""What a Slack workspace consists of: people, conversations, messages, views."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
"""One JSON object, as it goes over the wire."""

ConversationKind = Literal["im", "mpim", "private", "public"]
StateValues = dict[str, dict[str, Json]]
"""`state.values`: block id, then action id, then the element's value."""


class SlackRefused(Exception):
    """Slack says no: `{"ok": false, "error": ...}`.

    Attributes:
        error: Slack's code of the error, such as `channel_not_found`.
        messages: what stands in `response_metadata.messages`, without the `[ERROR]` mark.
        more: further members of the answer, such as `needed` and `provided`.
    """

    def __init__(
        self,
        error: str,
        *,
        messages: list[str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.more = dict(more or {})


@dataclass(slots=True)
class Person:
    """A member of the workspace, a guest, or someone of another organisation."""

    id: str
    name: str
    team_id: str
    real_name: str
    locale: str
    email: str
    guest: bool = False
    stranger: bool = False
    bot: bool = False
    deleted: bool = False
    dnd_until: float | None = None


@dataclass(slots=True)
class Message:
    """One message as stored; `ephemeral_to` names the only user who sees it."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    by_app: bool = False
    thread_ts: str | None = None
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, StateValues] = field(default_factory=dict)


@dataclass(slots=True)
class Conversation:
    """A direct message, a private channel or a public one."""

    id: str
    kind: ConversationKind
    name: str
    creator: str
    created: int
    members: list[str]
    archived: bool = False
    ext_shared: bool = False
    topic: str = ""
    purpose: str = ""
    messages: list[Message] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)

    def message(self, ts: str) -> Message | None:
        """The message with this time stamp, if it is still there."""
        return next((m for m in self.messages if m.ts == ts), None)


@dataclass(slots=True)
class Usergroup:
    """A user group (`@handle`)."""

    id: str
    handle: str
    name: str
    users: list[str]


@dataclass(slots=True)
class View:
    """A modal on a user's stack, or a user's Home tab."""

    id: str
    user: str
    definition: Json
    hash: str
    values: StateValues
    root_id: str
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    origin: str | None = None

    @property
    def external_id(self) -> str:
        """The app's own name for the view; empty when it gave none."""
        return str(self.definition.get("external_id") or "")


@dataclass(slots=True)
class Desk:
    """What one user has before them: Home, modal stack, banner, notifications."""

    home: View | None = None
    stack: list[View] = field(default_factory=list)
    banner: str | None = None
    opened_url: str | None = None
    notifications: list[tuple[str, str]] = field(default_factory=list)
    focus: str | None = None
    home_opened: bool = False
    links_opened: int = 0

    def follow(self, url: str) -> None:
        """Open a link in the browser."""
        self.opened_url = url
        self.links_opened += 1


@dataclass(frozen=True, slots=True)
class Call:
    """One thing the app sent to Slack: a Web API call, a response_url post, a body of an ack.

    Attributes:
        at: practice time, aware, UTC.
        method: `chat.postMessage` ...; `response_url` for a post to one; `ack` for the body with
            which the app answered an interaction or command.
        args: what it carried, decoded; the token is left out.
        ok: whether Slack took it.
        error: Slack's error code, or `fault:...` where the fault switch answered.
    """

    at: datetime
    method: str
    args: Json
    ok: bool
    error: str | None = None
