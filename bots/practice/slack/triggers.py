"""Trigger ids and response URLs: short-lived rights that come with an interaction."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bots.practice.slack.model import SlackRefused
from bots.practice.slack.workspace import Workspace

TRIGGER_LIFE_S = 3.0
RESPONSE_URL_LIFE = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass(slots=True)
class Trigger:
    """The right to open one view for one user; `view_id` is the modal it came from, if any."""

    id: str
    user: str
    issued: float
    view_id: str | None = None
    channel: str | None = None
    used: bool = False


class Triggers:
    """Every trigger id handed out: good for three real seconds, once, for one user."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, *, view_id: str | None = None, channel: str | None = None) -> str:
        """A new trigger id for this user."""
        made = self._workspace.make_id("")
        trigger_id = f"{len(self._issued) + 1}.{len(self._workspace.team_id)}0.{made.lower()}"
        now = time.monotonic()
        self._issued[trigger_id] = Trigger(trigger_id, user, now, view_id, channel)
        return trigger_id

    def look(self, trigger_id: str) -> Trigger:
        """The trigger, if it may still be used.

        Raises:
            SlackRefused: `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`.
        """
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackRefused("invalid_trigger_id")
        if trigger.used:
            raise SlackRefused("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > TRIGGER_LIFE_S:
            raise SlackRefused("expired_trigger_id")
        return trigger


@dataclass(slots=True)
class ResponseUrl:
    """The right to answer an interaction: five posts within thirty minutes of practice time."""

    token: str
    user: str
    channel: str
    until: datetime
    source_ts: str | None = None
    thread_ts: str | None = None
    uses_left: int = RESPONSE_URL_USES


@dataclass(slots=True)
class ResponseUrls:
    """Every response_url handed out."""

    workspace: Workspace
    issued: dict[str, ResponseUrl] = field(default_factory=dict)

    def issue(
        self, *, user: str, channel: str, source_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        """The token of a new response_url (the last part of its path)."""
        token = self.workspace.make_id("R")
        until = self.workspace.clock.now() + RESPONSE_URL_LIFE
        self.issued[token] = ResponseUrl(token, user, channel, until, source_ts, thread_ts)
        return token

    def use(self, token: str) -> ResponseUrl:
        """Use it up by one.

        Raises:
            SlackRefused: `expired_url` when its time or its five uses are over, `invalid_url`
                when it never existed.
        """
        url = self.issued.get(token)
        if url is None:
            raise SlackRefused("invalid_url")
        if self.workspace.clock.now() > url.until:
            raise SlackRefused("expired_url")
        if url.uses_left == 0:
            raise SlackRefused("used_url")
        url.uses_left -= 1
        return url
