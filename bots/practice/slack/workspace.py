"""One Slack workspace: who is in it, what was said, what each user has before them."""

import hashlib
from base64 import b32encode
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bots.practice.slack.block_kit import named_blocks
from bots.practice.slack.model import (
    Conversation,
    ConversationKind,
    Desk,
    Json,
    Message,
    Person,
    SlackRefused,
    Usergroup,
    View,
)


class Clock(Protocol):
    """Whatever tells the practice time."""

    def now(self) -> datetime:
        """The present time, aware, in UTC."""


class Workspace:
    """The stored state of the workspace in which the app is installed."""

    def __init__(self, *, clock: Clock, team_id: str, team_name: str, bot_name: str) -> None:
        self.clock = clock
        self.team_id = team_id
        self.team_name = team_name
        self.domain = "practice"
        self.app_id = "A0PRACTICE"
        self.bot_id = "B0PRACTICE"
        self.verification_token = "practice-verification-token"
        self.people: dict[str, Person] = {}
        self.conversations: dict[str, Conversation] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.desks: dict[str, Desk] = {}
        self.announce: Callable[[Json], None] = lambda event: None
        self._made = 0
        self._last_ts = (0, 0)
        self.bot = self.add_person(
            Person(
                id="U0PRACTICEBOT",
                name=bot_name,
                team_id=team_id,
                real_name=bot_name,
                locale="ja-JP",
                email="",
                bot=True,
            )
        )

    def make_id(self, prefix: str) -> str:
        """A new id such as `V0000000001A`; the same in every run."""
        self._made += 1
        return f"{prefix}0{_base32(f'{prefix}:{self.team_id}:{self._made}')[:9]}"

    def make_ts(self) -> str:
        """A message time stamp: unique in the workspace and rising."""
        now = self.clock.now()
        stamp = (int(now.timestamp()), now.microsecond)
        if stamp <= self._last_ts:
            seconds, micros = self._last_ts
            stamp = (seconds + 1, 0) if micros == 999_999 else (seconds, micros + 1)
        self._last_ts = stamp
        return f"{stamp[0]}.{stamp[1]:06d}"

    def add_person(self, person: Person) -> Person:
        """Take someone in; their direct message with the app exists from then on."""
        if person.id in self.people:
            raise ValueError(f"there is already someone with the id {person.id}")
        self.people[person.id] = person
        self.desks[person.id] = Desk()
        return person

    def person(self, user_id: str) -> Person:
        """The person with this id.

        Raises:
            SlackRefused: `user_not_found`.
        """
        if user_id not in self.people:
            raise SlackRefused("user_not_found")
        return self.people[user_id]

    def direct(self, user_id: str) -> Conversation:
        """The direct message between the app and this user, opened when it is not yet."""
        channel_id = f"D0{_base32(f'{self.team_id}:{user_id}')[:9]}"
        if channel_id not in self.conversations:
            self.add_conversation(
                kind="im", name=user_id, members=[self.bot.id, user_id], channel_id=channel_id
            )
        return self.conversations[channel_id]

    def add_conversation(
        self,
        *,
        kind: ConversationKind,
        name: str,
        members: list[str],
        channel_id: str | None = None,
        ext_shared: bool = False,
    ) -> Conversation:
        """Open a conversation; `name` is without `#`."""
        made = Conversation(
            id=channel_id or self.make_id("G" if kind == "mpim" else "C"),
            kind=kind,
            name=name,
            creator=self.bot.id,
            created=int(self.clock.now().timestamp()),
            members=list(members),
            ext_shared=ext_shared,
        )
        self.conversations[made.id] = made
        return made

    def visible_to_app(self, channel_id: str) -> Conversation:
        """The conversation, where the app may know of it: a member of it, or it is public.

        Raises:
            SlackRefused: `channel_not_found`, as Slack says also of private channels from
                outside.
        """
        found = self.conversations.get(channel_id)
        if found is None or (found.kind != "public" and self.bot.id not in found.members):
            raise SlackRefused("channel_not_found")
        return found

    def store(self, message: Message) -> Message:
        """Put a message into its conversation, tell the members' phones and the app."""
        conversation = self.conversations[message.channel]
        self.dress(message)
        conversation.messages.append(message)
        return message

    def dress(self, message: Message) -> None:
        """Give ids to a message's blocks and attachments, as Slack does when it stores them."""
        message.blocks = named_blocks(message.blocks, name=self.short_name)
        message.attachments = [
            {
                **attachment,
                "id": position,
                "blocks": named_blocks(attachment.get("blocks") or [], name=self.short_name),
            }
            for position, attachment in enumerate(message.attachments, start=1)
        ]

    def short_name(self) -> str:
        """A block or action id as Slack makes them up: five characters."""
        self._made += 1
        return _base32(f"block:{self._made}")[:5]

    def new_view(self, *, user: str, definition: Json, values: Json) -> View:
        """A view with a fresh id and hash, its blocks named."""
        view_id = self.make_id("V")
        return View(
            id=view_id,
            user=user,
            definition=definition,
            hash=self.make_hash(),
            values=values,
            root_id=view_id,
        )

    def make_hash(self) -> str:
        """A view's `hash`: time and a few letters."""
        return f"{int(self.clock.now().timestamp())}.{self.short_name()}"


def _base32(text: str) -> str:
    return b32encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def id_from_name(name: str) -> str:
    """The user id a person gets when none is given: always the same for the same name."""
    return f"U0{_base32(f'person:{name}')[:9]}"
