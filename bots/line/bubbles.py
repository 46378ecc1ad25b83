"""Letters as LINE takes them: built once with the official SDK, frozen, and sent as they are."""

import json
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from core.errors import CaseworkError
from core.ports import Rendering
from core.replies import Press

if TYPE_CHECKING:
    from linebot.v3.messaging.models.flex_message import FlexMessage
    from linebot.v3.messaging.models.quick_reply import QuickReply
    from linebot.v3.messaging.models.text_message import TextMessage

# LINE.md §3.5, in UTF-16 code units. A bubble may also weigh 30 KB at most, which 5,000 units
# cannot reach: the heaviest, control characters, take six bytes each.
LONGEST_TEXT: Final = 5000
LONGEST_ALT_TEXT: Final = 1500

LEAFLET_BUTTON: Final = "ちらしを見る"
"""Under the words of a letter that carries a leaflet; it opens the leaflet's page."""
PAGE_BUTTON: Final = "ページをひらく"
"""Under the neutral text that brings the link to the person's own page."""

BUTTONS: Final[dict[Press, str]] = {
    Press.KEEP: "そのまま",
    Press.REST: "少し休む",
    Press.STOP: "やめる",
    Press.TALK: "人と話したい",
}
"""The buttons under every letter, in the order in which they stand (G-13)."""


class WordsMissing(CaseworkError):
    """A letter without a word cannot be sent."""

    rule = "S1"


class WordsTooLong(CaseworkError):
    """LINE does not take that much. Facts: `part` (body or alt_text), `most`, `has`."""

    rule = "S1"


class WordsUnwritable(CaseworkError):
    """The words hold half a character (a lone surrogate), which no phone can show."""

    rule = "S1"


def press_data(press: Press) -> str:
    """What a button sends back when it is pressed; it says nothing about the person."""
    return f"press={press.value}"


class LinePress:
    """Builds the exact request of a letter (core.ports.LetterPress)."""

    def __init__(self, *, public_url: str = "") -> None:
        """`public_url`: where leaflets are read; without one no letter carries a leaflet."""
        self._public_url = public_url.rstrip("/")

    def warm_up(self) -> None:
        """Import the official SDK now (seconds, in any thread), not at the first letter."""
        _line()

    def freeze(
        self,
        *,
        to: str,
        body: str,
        alt_text: str,
        with_buttons: bool,
        leaflet: str = "",
        page: str = "",
    ) -> bytes:
        """The body of POST /v2/bot/message/push, UTF-8 JSON.

        Args:
            to: the LINE user id.
            body: the exact words, at most 5,000 UTF-16 code units.
            alt_text: "" sends a text message, which shows itself on the lock screen; else the
                words go in a bubble and the lock screen shows this, at most 1,500 UTF-16 units.
            leaflet: the token of a leaflet's link, for a button below the words. The address
                itself is not shown (DOMAIN §8.7): words in a bubble are not turned into links,
                and nobody should have to read one. Needs an alt text.
            page: the token of a link to the person's own page, for a button in its place.
            with_buttons: put the four answers under the letter. LINE takes them away when a
                newer message arrives or one is tapped; the rich menu has them for good.

        Raises:
            WordsMissing: there is no word in it.
            WordsTooLong: it is longer than LINE takes.
            WordsUnwritable: it is not valid Unicode text.
        """
        _require_sendable(body, alt_text)
        answers = _answers() if with_buttons else None
        way = self._way(alt_text, leaflet=leaflet, page=page)
        message = _bubble(body, alt_text, answers, way) if alt_text else _text(body, answers)
        request = _line().PushMessageRequest(
            to=to, messages=[message], notificationDisabled=False, customAggregationUnits=None
        )
        frozen = json.dumps(request.to_dict(), ensure_ascii=False, separators=(",", ":")).encode()
        _require_intact(frozen, to=to, body=body, alt_text=alt_text)
        return frozen

    def rendering(self, request: bytes) -> Rendering:
        """What the phone shows of a frozen request: read back from the very bytes."""
        messages = json.loads(request)["messages"]
        last = messages[-1]
        answers = (last.get("quickReply") or {}).get("items", [])
        return Rendering(
            bubbles=tuple(_words_of(message) for message in messages),
            links=tuple(label for message in messages for label in _links_of(message)),
            buttons=tuple(item["action"]["label"] for item in answers),
            lock_screen=last.get("altText") or _words_of(last),
        )

    def _way(self, alt_text: str, *, leaflet: str, page: str) -> "tuple[str, str] | None":
        """The button below the words, as its label and its address."""
        if not leaflet and not page:
            return None
        if not (alt_text and self._public_url) or (leaflet and page):
            raise ValueError("a link needs an alt text and a public address, and stands alone")
        if leaflet:
            return LEAFLET_BUTTON, f"{self._public_url}/l/{leaflet}"
        return PAGE_BUTTON, f"{self._public_url}/p/{page}"


def _words_of(message: dict[str, Any]) -> str:
    if message["type"] == "text":
        return str(message["text"])
    return "\n".join(part["text"] for part in _parts(message) if part["type"] == "text")


def _links_of(message: dict[str, Any]) -> list[str]:
    return [part["action"]["label"] for part in _parts(message) if part["type"] == "button"]


def _parts(message: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands in a bubble, from its body to its foot; nothing in a text message."""
    bubble = message.get("contents") or {}
    boxes = (bubble.get(place) or {} for place in ("header", "hero", "body", "footer"))
    return [part for box in boxes for part in box.get("contents", [])]


def utf16_units(text: str) -> int:
    """Length as LINE counts it: a character beyond U+FFFF counts two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _require_sendable(body: str, alt_text: str) -> None:
    if not body.strip() or (alt_text and not alt_text.strip()):
        raise WordsMissing()
    for part, text, most in (
        ("body", body, LONGEST_TEXT),
        ("alt_text", alt_text, LONGEST_ALT_TEXT),
    ):
        if utf16_units(text) > most:
            raise WordsTooLong(part=part, most=str(most), has=str(utf16_units(text)))
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise WordsUnwritable()


def _require_intact(frozen: bytes, *, to: str, body: str, alt_text: str) -> None:
    """The SDK drops what it does not know without a word, so look at what came out.

    Raises:
        AssertionError: the SDK lost something; nothing may be approved then.
    """
    request = json.loads(frozen)
    (message,) = request["messages"]
    words = message["contents"]["body"]["contents"][0]["text"] if alt_text else message["text"]
    shown = message["altText"] if alt_text else ""
    if (request["to"], words, shown) != (to, body, alt_text):
        raise AssertionError("the LINE SDK did not serialise the letter as it was given")


def _text(body: str, answers: "QuickReply | None") -> "TextMessage":
    message: TextMessage = _line().TextMessage(text=body, quickReply=answers)
    return message


def _bubble(
    body: str, alt_text: str, answers: "QuickReply | None", way: tuple[str, str] | None
) -> "FlexMessage":
    line = _line()
    words = line.FlexText(text=body, wrap=True, size="md")
    bubble = line.FlexBubble(body=line.FlexBox(layout="vertical", contents=[words]))
    if way is not None:
        label, uri = way
        action = line.URIAction(label=label, uri=uri)
        button = line.FlexButton(action=action, style="link", height="sm")
        bubble.footer = line.FlexBox(layout="vertical", contents=[button])
    message: FlexMessage = line.FlexMessage(altText=alt_text, contents=bubble, quickReply=answers)
    return message


def _answers() -> "QuickReply":
    line = _line()
    items = [
        line.QuickReplyItem(
            action=line.PostbackAction(label=label, data=press_data(press), displayText=label)
        )
        for press, label in BUTTONS.items()
    ]
    answers: QuickReply = line.QuickReply(items=items)
    return answers


@cache
def _line() -> ModuleType:
    """The official SDK; importing it takes a second or two, so it waits for the first letter."""
    from linebot.v3 import messaging

    return messaging
