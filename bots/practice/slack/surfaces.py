"""What a user has in view, and the controls on it, in the order in which they are seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bots.practice.slack.elements import elements_of, state_of, value_member
from bots.practice.slack.interactions import Spot
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
    """

    spot: Spot
    block: Json
    element: Json
    label: str
    around: str

    @property
    def kind(self) -> str:
        """Its Block Kit type."""
        return str(self.element["type"])


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
            Spot(conversation=c, message=m)
            for c in self.conversations(person)
            for m in self.messages(person, c)
        ]
        said.sort(key=lambda s: float(s.message.ts) if s.message else 0.0)
        if desk.focus == "home":
            return said + home
        focused = [s for s in said if s.conversation and s.conversation.id == desk.focus]
        return home + [s for s in said if s not in focused] + focused

    def controls(self, person: Person, *, where: str | None = None) -> list[Control]:
        """Every control in view, the one to be used first last."""
        found = [c for spot in self.spots(person) for c in self.of(spot)]
        return found if where is None else [c for c in found if where in c.around]

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
            values[person.id] = state_of(spot.message.blocks)
        return values[person.id]

    def of(self, spot: Spot) -> Iterator[Control]:
        """The controls at one spot, in reading order."""
        blocks = blocks_of(spot)
        whole = " ".join(self._texts(blocks)) if spot.message is not None else None
        for position, outer in enumerate(blocks):
            for block, element in elements_of([outer]):
                around = whole if whole is not None else self._card(blocks, position)
                yield Control(spot, block, element, self._label(block, element), around)

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
    return spot.message.blocks


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
