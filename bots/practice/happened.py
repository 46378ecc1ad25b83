"""What happened last: who did what, and what appeared on the screens because of it."""

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bots.practice.durations import TOKYO, spoken
from bots.practice.guide import Deed


@dataclass(kw_only=True, slots=True)
class Happening:
    """One line of the strip.

    Attributes:
        at: practice time, aware.
        said: what was done; None when something appeared by itself.
        seen: what appeared, one Japanese sentence each.
        quiet: a look around, no news unless something appeared.
    """

    at: datetime
    said: str | None
    seen: list[str]
    quiet: bool = False

    def as_json(self) -> dict[str, Any]:
        """`{"at", "label", "said", "seen"}`."""
        local = self.at.astimezone(TOKYO).replace(microsecond=0)
        return {
            "at": local.isoformat(),
            "label": spoken(self.at),
            "said": self.said,
            "seen": list(self.seen),
        }


class Happenings:
    """The last of them, newest first.

    A deed is noted when it is done; what it brings is added when all has come to rest, so that
    deeds that overlap stay in their order.
    """

    def __init__(self, *, kept: int = 40) -> None:
        self._kept: deque[Happening] = deque(maxlen=kept)

    def note(self, *, at: datetime, deed: Deed) -> Happening:
        """Keep what was done."""
        said = f"{called(deed.who)}が{deed.said}" if deed.who else deed.said
        quiet = deed.verb in ("open", "close")
        happening = Happening(at=at, said=said, seen=[], quiet=quiet)
        self._kept.appendleft(happening)
        return happening

    def appeared(self, *, at: datetime, seen: tuple[str, ...], of: Happening | None) -> None:
        """Keep what was seen: as the outcome `of` a deed, or as something of its own."""
        if of is not None:
            of.seen.extend(seen)
        elif seen:
            self._kept.appendleft(Happening(at=at, said=None, seen=list(seen)))

    def as_json(self) -> list[dict[str, Any]]:
        """Newest first; a look around that showed nothing new is left out."""
        return [each.as_json() for each in self._kept if each.seen or not each.quiet]


class Lookout:
    """Compares all screens with how they looked a moment ago."""

    def __init__(self) -> None:
        self._lines: dict[str, Counter[str]] = {}
        self._cards: dict[str, dict[str, str]] = {}

    def look(
        self, *, phones: Mapping[str, Mapping[str, Any]], desks: Mapping[str, Mapping[str, Any]]
    ) -> tuple[str, ...]:
        """What is new on phones (`PhoneScreen`) and in Slack (`WorkspaceScreen`) since last time.

        A screen seen for the first time is only remembered.
        """
        seen: list[str] = []
        redrawn: dict[str, None] = {}
        for name, screen in phones.items():
            arrived = self._new(f"phone/{name}", _arrived_on_phone(screen))
            seen += [f"{called(name)}の電話に届きました「{_short(line)}」" for line in arrived]
        for name, screen in desks.items():
            arrived = self._new(f"slack/{name}", screen.get("notifications", ()))
            seen += [f"{called(name)}の Slack に通知「{_short(line)}」" for line in arrived]
            # A card in a channel is on several screens and is one card.
            redrawn.update(dict.fromkeys(self._redrawn(name, _cards(screen))))
        seen += [f"Slack の表示が変わりました「{_short(text)}」" for text in redrawn]
        return tuple(seen)

    def _new(self, where: str, lines: Iterable[str]) -> list[str]:
        now = Counter(lines)
        before = self._lines.get(where)
        self._lines[where] = now
        return [] if before is None else list((now - before).elements())

    def _redrawn(self, name: str, cards: dict[str, str]) -> list[str]:
        before = self._cards.get(name, {})
        self._cards[name] = cards
        changed = [text for key, text in cards.items() if before.get(key, text) != text]
        return [text for text in changed if text]


def called(name: str) -> str:
    """The name as one speaks of somebody: 佐藤さん."""
    return name if name.endswith(("さん", "様")) else f"{name}さん"


def _short(text: str, *, longest: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _arrived_on_phone(screen: Mapping[str, Any]) -> list[str]:
    return [
        str(message.get("text") or message.get("kind"))
        for message in screen.get("messages", ())
        if message.get("from") == "account"
    ]


def _cards(screen: Mapping[str, Any]) -> dict[str, str]:
    """Each Slack message by its place, as the fallback text and what its blocks say."""
    rooms = [(f"dm/{room.get('with')}", room) for room in screen.get("dms", ())]
    rooms += [(f"channel/{room.get('name')}", room) for room in screen.get("channels", ())]
    return {
        f"{place}/{message.get('ts') or position}": _last_words(message)
        for place, room in rooms
        for position, message in enumerate(room.get("messages", ()))
        if not message.get("ephemeral")
    }


def _last_words(message: Mapping[str, Any]) -> str:
    texts = [str(text) for text in message.get("texts", ())]
    return texts[-1] if texts else str(message.get("text") or "")
