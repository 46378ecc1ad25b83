"""Where a person goes in the workspace and what they start there."""

from bots.practice.refusals import NotPossible
from bots.practice.slack.interactions import Interactions, Spot
from bots.practice.slack.messages import Content
from bots.practice.slack.model import Conversation, Desk, Json, Person
from bots.practice.slack.platform import Platform
from bots.practice.slack.surfaces import Sight
from bots.practice.slack.wire import view_wire


class Moves:
    """Slash commands, shortcuts, going somewhere, writing a message."""

    def __init__(self, *, platform: Platform, interactions: Interactions) -> None:
        self._platform = platform
        self._workspace = platform.workspace
        self._interactions = interactions
        self._sight = Sight(platform.workspace, platform.messages.visible_name)

    async def command(self, person: Person, command: str, *, text: str, where: str | None) -> None:
        """Use a declared slash command."""
        self._free(person)
        declared = self._platform.installation.commands
        if command not in declared:
            raise NotPossible(f"{command} というコマンドはありません。", labels=tuple(declared))
        place = self._place(person, where)
        await self._interactions.command(person, place, name=command, text=text)

    async def shortcut(self, person: Person, name: str, *, message: str | None) -> None:
        """Use a declared shortcut, on a message when one is named."""
        self._free(person)
        installation = self._platform.installation
        found = installation.shortcut(name, kind="global" if message is None else "message")
        if found is None:
            names = tuple(s.name for s in installation.shortcuts)
            raise NotPossible(f"「{name}」というショートカットはありません。", labels=names)
        if message is None:
            await self._interactions.shortcut(person, found.callback_id)
        else:
            spot = self._saying(person, message)
            await self._interactions.message_action(person, spot, found.callback_id)

    def open(self, person: Person, what: str) -> None:
        """Go to `home`, `dm` or a `#channel`."""
        desk = self._free(person)
        if what == "home":
            if not self._platform.installation.home_tab:
                raise NotPossible("このアプリにホームはありません。")
            desk.focus = "home"
            self._home_opened(person, tab="home")
        elif what == "dm":
            self._go(person, self._workspace.direct(person.id))
            self._home_opened(person, tab="messages")
        else:
            self._go(person, self._place(person, what))

    def say(self, person: Person, text: str, *, where: str) -> None:
        """Write a message; `@` and the app's name mention it."""
        self._free(person)
        place = self._place(person, where)
        if place.archived:
            raise NotPossible("このチャンネルは閉じられています。")
        bot = self._workspace.bot
        content = Content(text.replace(f"@{bot.name}", f"<@{bot.id}>"), [], [])
        self._platform.messages.post(place, content, author=person.id, by_app=False)

    def _free(self, person: Person) -> Desk:
        desk = self._workspace.desks[person.id]
        if desk.stack:
            raise NotPossible("先に、開いている画面を閉じてください。")
        return desk

    def _place(self, person: Person, where: str | None) -> Conversation:
        focus = self._workspace.desks[person.id].focus or ""
        if where is None and focus in self._workspace.conversations:
            return self._workspace.conversations[focus]
        if where in (None, "dm", self._workspace.bot.name):
            return self._workspace.direct(person.id)
        mine = self._sight.conversations(person)
        for conversation in mine:
            if where in (f"#{conversation.name}", conversation.id):
                return conversation
        shown = tuple(f"#{c.name}" for c in mine if c.kind in ("private", "public"))
        raise NotPossible(f"「{where}」には入っていません。", labels=shown)

    def _saying(self, person: Person, words: str) -> Spot:
        for spot in reversed(self._sight.spots(person)):
            message = spot.message
            if message is None or message.ephemeral_to is not None:
                continue
            shown = self._platform.messages.everything(message)
            if words in shown:
                return spot
        raise NotPossible(f"「{words}」と書かれたメッセージは見えません。")

    def _go(self, person: Person, conversation: Conversation) -> None:
        desk = self._workspace.desks[person.id]
        desk.focus = conversation.id
        desk.notifications = [n for n in desk.notifications if n[0] != conversation.id]

    def _home_opened(self, person: Person, *, tab: str) -> None:
        desk = self._workspace.desks[person.id]
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self._workspace.direct(person.id).id,
            "tab": tab,
        }
        if tab == "home" and desk.home is not None:
            event["view"] = view_wire(self._workspace, desk.home)
        self._platform.events.emit(event)
