"""What a person sees on the phone, and nothing else."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from .people import Person
from .quota import JST
from .thread import Button, Entry, buttons_of, visible_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Bubble:
    """One message as it shows. `at` is ISO 8601 in Japan time; `raw` is None once withdrawn."""

    id: str
    sender: Literal["account", "person"]
    at: str
    kind: str
    text: str
    buttons: tuple[str, ...]
    withdrawn: bool
    raw: Mapping[str, Any] | None

    def as_json(self) -> dict[str, Any]:
        """As the practice page and the scripts read it."""
        return {
            "id": self.id,
            "from": self.sender,
            "at": self.at,
            "kind": self.kind,
            "text": self.text,
            "buttons": list(self.buttons),
            "withdrawn": self.withdrawn,
            "raw": self.raw,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class PhoneScreen:
    """A phone with the talk open; `lock_screen` is what it showed before anyone looked.

    `links_opened` counts how often a link was opened, so that the same one opens again.
    """

    name: str
    account: str
    friend: bool
    blocked: bool
    lock_screen: tuple[str, ...]
    messages: tuple[Bubble, ...]
    quick_replies: tuple[str, ...]
    rich_menu: tuple[str, ...]
    opened_url: str | None
    links_opened: int

    def as_json(self) -> dict[str, Any]:
        """The shape of INTERFACES §4, GET /practice/phones/{name}."""
        shown = asdict(self)
        shown["messages"] = [bubble.as_json() for bubble in self.messages]
        for name in ("lock_screen", "quick_replies", "rich_menu"):
            shown[name] = list(shown[name])
        return shown


def draw(person: Person, *, account: str, rich_menu: tuple[Button, ...]) -> PhoneScreen:
    """The screen of one person as it is now."""
    thread = person.thread
    return PhoneScreen(
        name=person.name,
        account=account,
        friend=person.friend,
        blocked=person.blocked,
        lock_screen=tuple(thread.lock_screen()),
        messages=tuple(_bubble(entry) for entry in thread.entries),
        quick_replies=tuple(button.label for button in thread.quick_replies),
        rich_menu=tuple(button.label for button in rich_menu),
        opened_url=person.opened_url,
        links_opened=person.links_opened,
    )


def _bubble(entry: Entry) -> Bubble:
    withdrawn = entry.withdrawn
    return Bubble(
        id=entry.message_id,
        sender=entry.sender,
        at=entry.at.astimezone(JST).isoformat(timespec="seconds"),
        kind=entry.kind,
        text="" if withdrawn else visible_text(entry.message),
        buttons=() if withdrawn else tuple(b.label for b in buttons_of(entry.message)),
        withdrawn=withdrawn,
        raw=None if withdrawn else entry.message,
    )
