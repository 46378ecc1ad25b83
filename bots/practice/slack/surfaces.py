"""What a user has in view, and the controls on it, in the order in which they are seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bots.practice.slack.elements import elements_of, state_of, value_member
from bots.practice.slack.interactions import Spot
from bots.practice.slack.messages import attached
from bots.practice.slack.model import Conversation, Json, Message, Person, StateValues
from bots.practice.slack.rendering import block_links, block_texts, text_of
from bots.practice.slack.workspace import Workspace

Names = Callable[[str], str]
_ENDS_CARD = frozenset({"divider", "header", "actions"})


@dataclass(frozen=True, slots=True)
class Control:
    """An interactive element in view.

    Attributes:
        label: what names it: a button's text, an input's label, a section's text, a placeholder.
        around: the visible words of the card or section it belongs to.
        message: the visible words of the whole message; empty in a view.
    """

    spot: Spot
    block: Json
    element: Json
    label: str
    around: str
    message: str = ""

    @property
    def kind(self) -> str:
        """Its Block Kit type."""
        return str(self.element["type"])

    @property
    def place(self) -> str:
        """Its exact place: `@<ts>/<block_id>`, `@home/<block_id>` or `@modal/<block_id>`."""
        message, view = self.spot.message, self.spot.view
        surface = message.ts if message is not None else view.definition["type"] if view else ""
        return f"@{surface}/{self.block['block_id']}"


class Sight:
    """Looks at the workspace as one user."""

    def __init__(self, workspace: Workspace, names: Names) -> None:
        self._workspace = workspace
        self._names = names

    def conversations(self, person: Person) -> list[Conversation]:
        """The conversations this person is in; direct messages with the app first."""
        mine = [c for c in self._workspace.conversations.values() if person.id in c.members]
        return sorted(mine, key=lambda c: c.kind not in ("im", "mpim"))

    def messages(self, person: Person, conversation: Conversation) -> list[Message]:
        """What this person sees of a conversation, oldest first."""
        return [m for m in conversation.messages if m.ephemeral_to in (None, person.id)]

    def spots(self, person: Person) -> list[Spot]:
        """Where controls may be: the modal in front, or else Home and every message.

        What was opened last comes last, so that it is used first.
        """
        desk = self._workspace.desks[person.id]
        if desk.stack:
            return [Spot(view=desk.stack[-1])]
        home = [Spot(view=desk.home)] if desk.home is not None else []
        said = [
            spot
            for c in self.conversations(person)
            for m in self.messages(person, c)
            for spot in spots_of(c, m)
        ]
        said.sort(key=lambda s: float(s.message.ts) if s.message else 0.0)
        if desk.focus == "home":
            return said + home
        here = [s for s in said if s.conversation and s.conversation.id == desk.focus]
        elsewhere = [s for s in said if s.conversation and s.conversation.id != desk.focus]
        return home + elsewhere + here

    def controls(self, person: Person, *, where: str | None = None) -> list[Control]:
        """Every control in view, the one to be used first last.

        `where` is an exact place (`Control.place`), or looked for in the section or card first,
        then in the whole message.
        """
        found = [c for spot in self.spots(person) for c in self.of(spot)]
        if where is None:
            return found
        exact = [c for c in found if c.place == where] if where.startswith("@") else []
        if exact:
            return exact
        near = [c for c in found if where in c.around]
        return near or [c for c in found if where in c.message]

    def links(self, person: Person) -> list[tuple[str, str]]:
        """Every link in view: (visible label, URL)."""
        found = []
        for spot in self.spots(person):
            for block in blocks_of(spot):
                found += list(block_links(block))
        return found

    def states(self, person: Person, spot: Spot) -> StateValues:
        """The stored values of the elements of a spot; for a message each person has their own."""
        if spot.view is not None:
            return spot.view.values
        assert spot.message is not None
        values = spot.message.values
        if person.id not in values:
            parts = (spot.message.blocks, *attached(spot.message))
            values[person.id] = state_of([block for part in parts for block in part])
        return values[person.id]

    def of(self, spot: Spot) -> Iterator[Control]:
        """The controls at one spot, in reading order."""
        blocks = blocks_of(spot)
        whole = self._words(spot.message) if spot.message is not None else ""
        for position, outer in enumerate(blocks):
            for block, element in elements_of([outer]):
                label, around = self._label(block, element), self._card(blocks, position)
                yield Control(spot, block, element, label, around, whole)

    def _card(self, blocks: list[Json], position: int) -> str:
        start = position
        while start > 0 and blocks[start - 1]["type"] not in _ENDS_CARD:
            start -= 1
        if start > 0 and blocks[start - 1]["type"] == "header":
            start -= 1
        own = blocks[position]
        if own["type"] == "section":
            return " ".join(self._texts([own]))
        return " ".join(self._texts(blocks[start : position + 1]))

    def _words(self, message: Message) -> str:
        shown = [t for part in (message.blocks, *attached(message)) for t in self._texts(part)]
        return " ".join(shown)

    def _texts(self, blocks: list[Json]) -> list[str]:
        return [t for block in blocks for t in block_texts(block, names=self._names)]

    def _label(self, block: Json, element: Json) -> str:
        if element["type"] in ("button", "workflow_button"):
            return text_of(element["text"], names=self._names)
        if block["type"] == "input":
            return text_of(block["label"], names=self._names)
        if element.get("placeholder"):
            return text_of(element["placeholder"], names=self._names)
        texts = block_texts(block, names=self._names)
        return texts[0] if texts else ""


def blocks_of(spot: Spot) -> list[Json]:
    """The blocks at a spot, in reading order."""
    if spot.view is not None:
        blocks: list[Json] = spot.view.definition["blocks"]
        return blocks
    assert spot.message is not None
    if spot.attachment_id is not None:
        return attached(spot.message)[spot.attachment_id - 1]
    return spot.message.blocks


def spots_of(conversation: Conversation, message: Message) -> list[Spot]:
    """The message itself, then each attachment that holds blocks."""
    return [
        Spot(conversation=conversation, message=message),
        *(
            Spot(conversation=conversation, message=message, attachment_id=a["id"])
            for a in message.attachments
            if a["blocks"]
        ),
    ]


def is_stateful(control: Control) -> bool:
    """Whether the control keeps a value."""
    return value_member(control.kind) is not None


def named(control: Control, label: str) -> bool:
    """Whether a person would call the control by this label."""
    if control.label == label:
        return True
    if control.block["type"] == "section":
        text = control.block.get("text") or {}
        return bool(text.get("text") == label)
    return False
