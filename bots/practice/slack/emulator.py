"""The Slack emulator: one workspace, one app, several people."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from bots.practice.faults import Faults
from bots.practice.slack.door import EitherDoor, HttpDoor
from bots.practice.slack.driver import Hands
from bots.practice.slack.events import EventPlan, Events
from bots.practice.slack.installation import (
    Installation,
    Shortcut,
    check_scopes,
    read_commands,
    read_shortcuts,
)
from bots.practice.slack.interactions import Interactions
from bots.practice.slack.model import Call, Usergroup
from bots.practice.slack.moves import Moves
from bots.practice.slack.people import People
from bots.practice.slack.platform import build_platform
from bots.practice.slack.replies import Replies
from bots.practice.slack.screen import Drawing, WorkspaceScreen
from bots.practice.slack.sockets import SocketDoor
from bots.practice.slack.web_api import Uploads, WebApi
from bots.practice.slack.workspace import Clock, Workspace

DEFAULT_PUBLIC_URL = "http://127.0.0.1:8010/practice/slack"


class SlackEmulator:
    """Slack, as far as an app can tell.

    Strict by default: what Slack refuses is refused, and a method that is not emulated is
    answered with `unknown_method`, logged and kept in `unemulated`.

    Attributes:
        app: ASGI application with `/api/<method>`, `/files/<id>`, `/response/<token>`, `/socket`.
        people: who is in the workspace.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        faults: Faults,
        signing_secret: str,
        bot_token: str,
        app_token: str | None = None,
        request_url: str | None = None,
        team_id: str = "T0PRACTICE",
        team_name: str = "みどり市 練習用",
        bot_name: str = "Yorisoi",
        public_url: str | None = None,
        signed_at: Callable[[], float] | None = None,
    ) -> None:
        """Build an empty workspace.

        `request_url` takes events, interactivity, commands and options alike; without one the
        app must come by Socket Mode. `public_url` is where `app` is reached; it is learned from
        the first Web API call when not given. `signed_at` gives the unix time of signatures
        (Bolt compares it with the real time); the practice clock when not given.
        """
        self._workspace = Workspace(
            clock=clock, team_id=team_id, team_name=team_name, bot_name=bot_name
        )
        self.installation = Installation()
        self.people = People(self._workspace)
        seconds = signed_at or (lambda: clock.now().timestamp())
        http = HttpDoor(
            url=lambda: self.request_url or "",
            secret=signing_secret,
            seconds=lambda: int(seconds()),
        )
        self.sockets = SocketDoor(self._workspace)
        self._door = EitherDoor(http, self.sockets, request_url)
        self._platform = build_platform(
            workspace=self._workspace,
            installation=self.installation,
            door=self._door,
            sockets=self.sockets,
            public_url=public_url or DEFAULT_PUBLIC_URL,
        )
        self._api = WebApi(
            platform=self._platform,
            faults=faults,
            bot_token=bot_token,
            app_token=app_token,
            learn_url=public_url is None,
        )
        replies = Replies(platform=self._platform, faults=faults)
        self._interactions = Interactions(platform=self._platform, door=self._door, replies=replies)
        names = self._platform.messages.visible_name
        self._hands = Hands(platform=self._platform, interactions=self._interactions)
        self._drawing = Drawing(self._workspace, names)
        self._moves = Moves(platform=self._platform, interactions=self._interactions)
        self.app = Starlette(routes=self._routes(replies))

    def _routes(self, replies: Replies) -> list[Route | WebSocketRoute]:
        uploads = Uploads(platform=self._platform)
        return [
            Route("/api/{method:path}", self._api),
            Route("/files/{file_id}", uploads.receive, methods=["POST", "PUT"]),
            Route("/response/{token}", replies.receive, methods=["POST"]),
            WebSocketRoute("/socket", self.sockets.serve),
        ]

    # The app's side

    @property
    def request_url(self) -> str | None:
        """Where the app takes events, interactivity, commands and options."""
        return self._door.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self._door.request_url = url

    @property
    def public_url(self) -> str:
        """Where the emulator itself is reached, without a slash at the end."""
        return self._platform.public_url

    @public_url.setter
    def public_url(self, url: str) -> None:
        self._platform.public_url = url.rstrip("/")
        self._api.learn_url = False

    @property
    def record(self) -> list[Call]:
        """Everything the app sent, oldest first, refusals included."""
        return self._platform.record

    @property
    def unemulated(self) -> list[str]:
        """Methods the app called that Slack may have and the emulator has not."""
        return self._api.unemulated

    @property
    def events(self) -> Events:
        """The event queue: `.plan` and `.deliveries`."""
        return self._platform.events

    @property
    def event_plan(self) -> EventPlan:
        """How events misbehave: duplicates, another order."""
        return self._platform.events.plan

    @property
    def one_message_per_second(self) -> bool:
        """Whether a second message to a channel within a second gets 429."""
        return self._api.one_message_per_second

    @one_message_per_second.setter
    def one_message_per_second(self, on: bool) -> None:
        self._api.one_message_per_second = on

    @property
    def bot_user_id(self) -> str:
        """The app's own user id."""
        return self._workspace.bot.id

    def install(
        self,
        *,
        scopes: Iterable[str],
        events: Iterable[str] = (),
        commands: Iterable[str | Mapping[str, Any]] = (),
        shortcuts: Iterable[Shortcut | Mapping[str, Any]] = (),
        home_tab: bool = True,
    ) -> None:
        """Install the app with what its manifest declares.

        Raises:
            ValueError: the manifest contradicts itself, such as an event without its scope.
        """
        read = Installation(
            list(scopes), list(events), read_commands(commands), read_shortcuts(shortcuts), home_tab
        )
        check_scopes(read)
        self.installation.scopes[:] = read.scopes
        self.installation.events[:] = read.events
        self.installation.commands[:] = read.commands
        self.installation.shortcuts[:] = read.shortcuts
        self.installation.home_tab = home_tab

    async def verify_request_url(self) -> bool:
        """Send the challenge with which Slack checks a request URL; whether it came back."""
        challenge = self._workspace.make_id("")
        payload = {
            "type": "url_verification",
            "challenge": challenge,
            "token": self._workspace.verification_token,
        }
        answer = await self._door.knock("event", payload)
        body = answer.body
        given = body.get("challenge") if isinstance(body, dict) else body
        return answer.failure is None and given == challenge

    # The workspace

    def add_channel(
        self,
        name: str,
        *,
        members: Iterable[str] = (),
        private: bool = False,
        with_bot: bool = True,
        ext_shared: bool = False,
    ) -> str:
        """Make a channel (`name` without `#`, members by name); gives its id."""
        ids = [self.people.get(m).id for m in members]
        made = self._workspace.add_conversation(
            kind="private" if private else "public",
            name=name.removeprefix("#"),
            members=[self._workspace.bot.id, *ids] if with_bot else ids,
            ext_shared=ext_shared,
        )
        return made.id

    def add_usergroup(self, handle: str, *, name: str, members: Iterable[str] = ()) -> str:
        """Make a user group (`@handle`, members by name); gives its id."""
        users = [self.people.get(m).id for m in members]
        group = Usergroup(self._workspace.make_id("S"), handle, name, users)
        self._workspace.usergroups[group.id] = group
        return group.id

    def set_usergroup(self, handle: str, *, members: Iterable[str]) -> None:
        """Change who is in a user group; the app hears of it."""
        users = [self.people.get(m).id for m in members]
        group = next(g for g in self._workspace.usergroups.values() if g.handle == handle)
        before, group.users = group.users, users
        event = {
            "type": "subteam_members_changed",
            "subteam_id": group.id,
            "team_id": self._workspace.team_id,
            "added_users": [u for u in users if u not in before],
            "removed_users": [u for u in before if u not in users],
        }
        self._platform.events.emit(event)

    def uninstall(self) -> None:
        """Take the app out of the workspace: its tokens die, and it is told."""
        self._api.revoke()
        tokens = {"oauth": [], "bot": [self._workspace.bot.id]}
        self._platform.events.emit({"type": "tokens_revoked", "tokens": tokens})
        self._platform.events.emit({"type": "app_uninstalled"})

    def do_not_disturb(self, user: str, *, until: datetime | None) -> None:
        """Silence someone's phone until then; None ends it."""
        self.people.get(user).dnd_until = None if until is None else until.timestamp()

    # The people's side

    def screen(self, user: str) -> WorkspaceScreen:
        """What this user (by name or id) sees."""
        return self._drawing.screen(self.people.get(user))

    async def click(self, user: str, label: str, where: str | None = None) -> None:
        """Press the last visible button of that label.

        `where` is a text of the card or section that holds it. The label may also be an option
        of a menu, a modal's own submit or close, or a link. Confirmation dialogs are accepted.

        Raises:
            NotPossible: nothing visible has that label.
        """
        await self._hands.click(self.people.get(user), label, where=where)

    async def choose(self, user: str, label: str, value: Any, where: str | None = None) -> None:
        """Put a value into a menu or field; a modal is not sent by it."""
        await self._hands.choose(self.people.get(user), label, value, where=where)

    async def fill(self, user: str, values: Mapping[str, Any]) -> None:
        """Fill in several fields, by label."""
        await self._hands.fill(self.people.get(user), values)

    async def submit(
        self, user: str, values: Mapping[str, Any] | None = None, press: str | None = None
    ) -> None:
        """Fill in the modal in front (`{label: value}`) and send it, or press `press` instead."""
        await self._hands.submit(self.people.get(user), values or {}, press=press)

    async def close(self, user: str) -> None:
        """Leave the modal in front."""
        await self._hands.close(self.people.get(user))

    async def options(self, user: str, label: str, query: str) -> list[str]:
        """What a menu offers for a typed text."""
        return await self._hands.options(self.people.get(user), label, query)

    async def command(
        self, user: str, command: str, text: str = "", where: str | None = None
    ) -> None:
        """Use a slash command in a channel (`where`), or where the user is."""
        await self._moves.command(self.people.get(user), command, text=text, where=where)

    async def shortcut(self, user: str, name: str, message: str | None = None) -> None:
        """Use a shortcut by its visible name or callback id.

        With `message` it is a message shortcut, used on the last visible message that says so.
        """
        await self._moves.shortcut(self.people.get(user), name, message=message)

    async def open(self, user: str, what: str) -> None:
        """Go to `home`, to the `dm` with the app, to a `#channel`, or follow a link by label."""
        person = self.people.get(user)
        if what in ("home", "dm") or what.startswith("#"):
            self._moves.open(person, what)
        else:
            await self._hands.click(person, what, where=None)

    async def say(self, user: str, text: str, where: str = "dm") -> None:
        """Write a message, to the app (`dm`) or into a `#channel`."""
        self._moves.say(self.people.get(user), text, where=where)

    # Rest

    async def settle(self) -> None:
        """Wait until no event is queued or in flight; retries planned for later do not count."""
        await self._platform.events.settle()

    async def run_due(self) -> None:
        """Do what is due by the practice clock: event retries, scheduled messages."""
        self._platform.post_scheduled()
        self._platform.events.run_due()

    def next_due(self) -> datetime | None:
        """When something is due next by the practice clock."""
        waiting = (self._platform.events.next_due(), self._platform.next_scheduled())
        return min((at for at in waiting if at is not None), default=None)

    async def aclose(self) -> None:
        """Stop deliveries and give back connections."""
        await self._platform.events.aclose()
        await self._door.aclose()
