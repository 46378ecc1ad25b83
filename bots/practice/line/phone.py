"""One person's phone, driven by what stands on its screen."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from bots.practice.refusals import NotPossible

from .contents import SAMPLE_PHOTO, Contents
from .events import Events
from .ids import Clock, IdMaker
from .people import Person
from .screen import PhoneScreen, draw
from .thread import Button, Entry, buttons_of, pictures_of
from .webhooks import Webhooks

Where = Literal["quick_reply", "message", "rich_menu"]

STICKER_KEYWORDS = ("ありがとう",)


class Menus(Protocol):
    """What a phone needs of the rich menus."""

    def buttons(self, person: Person) -> tuple[Button, ...]:
        """The areas of the menu this person sees."""
        ...

    def switch(self, person: Person, alias: str) -> bool:
        """Show the menu behind an alias; False when there is none."""
        ...


class Phone:
    """The driver of one phone: every call is something a person does with a finger."""

    def __init__(
        self,
        person: Person,
        *,
        account: Callable[[], str],
        clock: Clock,
        ids: IdMaker,
        events: Events,
        webhooks: Webhooks,
        contents: Contents,
        menus: Menus,
        link: Callable[[Person, str], Awaitable[None]],
    ) -> None:
        self.person = person
        self._account = account
        self._clock = clock
        self._ids = ids
        self._events = events
        self._webhooks = webhooks
        self._contents = contents
        self._menus = menus
        self._link = link

    @property
    def user_id(self) -> str:
        """The LINE user id."""
        return self.person.user_id

    def screen(self) -> PhoneScreen:
        """What shows now; looking at it through this call leaves the lock screen as it is."""
        rich_menu = self._menus.buttons(self.person)
        return draw(self.person, account=self._account(), rich_menu=rich_menu)

    def open(self) -> None:
        """Open the talk: the notifications are gone."""
        self.person.thread.open()

    def pictures(self) -> tuple[str, ...]:
        """What the phone would fetch now to show the talk: weeks later as well as at once."""
        entries = self.person.thread.entries
        return tuple(
            url
            for entry in entries
            if entry.sender == "account"
            for url in pictures_of(entry.message)
        )

    async def say(self, text: str) -> None:
        """Write a text."""
        if not text:
            raise NotPossible("何も書かずに送ることはできません。")
        await self._send({"type": "text", "text": text, "quoteToken": self._ids.token()})

    async def sticker(
        self,
        package_id: str = "446",
        *,
        sticker_id: str = "1988",
        keywords: list[str] | None = None,
    ) -> None:
        """Send a sticker; keywords are at most 15 and may be missing (LINE.md §3.2)."""
        words = list(STICKER_KEYWORDS) if keywords is None else keywords[:15]
        message: dict[str, Any] = {
            "type": "sticker",
            "packageId": package_id,
            "stickerId": sticker_id,
            "stickerResourceType": "STATIC",
            "quoteToken": self._ids.token(),
        }
        if words:
            message["keywords"] = words
        await self._send(message)

    async def photo(self, image: bytes | None = None) -> None:
        """Send a photo; the product fetches it from the content endpoint."""
        message = {
            "type": "image",
            "quoteToken": self._ids.token(),
            "contentProvider": {"type": "line"},
        }
        await self._send(message, content=image or SAMPLE_PHOTO, content_type="image/jpeg")

    async def photos(self, *images: bytes) -> None:
        """Choose several photos and send them together: one message each, in one set."""
        together = {"id": self._ids.token(), "total": len(images)}
        for index, image in enumerate(images, 1):
            message = {
                "type": "image",
                "quoteToken": self._ids.token(),
                "contentProvider": {"type": "line"},
                "imageSet": {**together, "index": index},
            }
            await self._send(message, content=image, content_type="image/jpeg")

    async def media(
        self,
        kind: Literal["video", "audio", "file"],
        content: bytes,
        *,
        ready_after: timedelta = timedelta(0),
    ) -> None:
        """Send a video, a voice message or a file; until `ready_after` the content answers 202."""
        message: dict[str, Any] = {"type": kind, "contentProvider": {"type": "line"}}
        types = {"video": "video/mp4", "audio": "audio/m4a", "file": "application/pdf"}
        if kind == "file":
            message = {"type": kind, "fileName": "file.pdf", "fileSize": len(content)}
        else:
            message["duration"] = 5000
        if kind == "video":
            message["quoteToken"] = self._ids.token()
        await self._send(
            message, content=content, content_type=types[kind], ready_after=ready_after
        )

    async def location(self, *, title: str = "", address: str = "") -> None:
        """Send where one is; the coordinates are fixed and fictional."""
        message: dict[str, Any] = {"type": "location", "latitude": 33.8834, "longitude": 130.8752}
        message.update({k: v for k, v in (("title", title), ("address", address)) if v})
        await self._send(message)

    async def unsend(self, index: int = -1) -> None:
        """Take one of one's own messages back; -1 is the last one not yet taken back."""
        own = [e for e in self.person.thread.entries if e.sender == "person" and not e.withdrawn]
        try:
            entry = own[index]
        except IndexError:
            raise NotPossible("取り消せるメッセージがありません。") from None
        entry.withdrawn = True
        self._contents.withdraw(entry.message_id)
        event = self._events.unsend(self.person, message_id=entry.message_id)
        await self._webhooks.emit(event)

    async def follow(self) -> None:
        """Add the account as a friend."""
        if self.person.friend:
            raise NotPossible("すでに友だちです。")
        self.person.friend = True
        await self._webhooks.emit(self._events.follow(self.person, unblocked=False))

    async def block(self) -> None:
        """Block the account: nothing reaches this phone any more."""
        if self.person.blocked or not self.person.friend:
            raise NotPossible("友だちではないか、すでにブロックしています。")
        self.person.blocked = True
        self.person.ever_blocked = True
        await self._webhooks.emit(self._events.unfollow(self.person))

    async def unblock(self) -> None:
        """Take the block back; LINE tells it as a follow with `isUnblocked`."""
        if not self.person.blocked:
            raise NotPossible("ブロックしていません。")
        self.person.blocked = False
        await self._webhooks.emit(self._events.follow(self.person, unblocked=True))

    def delete_account(self) -> None:
        """Leave LINE; the platform tells nobody."""
        self.person.deleted = True

    async def open_url(self, url: str) -> None:
        """Open a link; LINE's account link dialog does its work, anything else just opens."""
        self.person.opened_url = url
        self.person.links_opened += 1
        await self._link(self.person, url)

    async def tap(
        self,
        label: str,
        *,
        where: Where | None = None,
        picked: str | None = None,
        message: int | None = None,
    ) -> None:
        """Press the last visible thing that reads `label`.

        Quick replies come before message buttons, newest first, and these before the rich menu;
        `where` looks in one of the three only, and `message` (its place on the screen) in one
        message only. `picked` is what a date picker returns.

        Raises:
            NotPossible: nothing on the screen reads so.
        """
        self._refuse_when_unable()
        places = self._visible(where) if message is None else self._on(message)
        button = next((found for found in places if found.label == label), None)
        if button is None:
            labels = tuple(dict.fromkeys(found.label for found in places))
            raise NotPossible(f"「{label}」は画面にありません。", labels=labels)
        self.person.thread.open()
        self.person.thread.quick_replies = ()
        await self._act(button.action, picked=picked)

    def _visible(self, where: Where | None) -> list[Button]:
        found: list[Button] = []
        if where in (None, "quick_reply"):
            found += self.person.thread.quick_replies
        if where in (None, "message"):
            for entry in reversed(self.person.thread.entries):
                found += reversed(buttons_of(entry.message))
        if where in (None, "rich_menu"):
            found += self._menus.buttons(self.person)
        return found

    def _on(self, message: int) -> list[Button]:
        try:
            entry = self.person.thread.entries[message]
        except IndexError:
            raise NotPossible("そのメッセージは画面にありません。") from None
        return [] if entry.withdrawn else list(reversed(buttons_of(entry.message)))

    async def _act(self, action: Mapping[str, Any], *, picked: str | None) -> None:
        kind = action["type"]
        if kind == "message":
            await self.say(action["text"])
        elif kind == "uri":
            await self.open_url(action["uri"])
        elif kind == "clipboard":
            self.person.clipboard = action["clipboardText"]
        elif kind in ("camera", "cameraRoll"):
            await self.photo()
        elif kind == "location":
            await self.location()
        else:
            await self._post_back(action, picked=picked)

    async def _post_back(self, action: Mapping[str, Any], *, picked: str | None) -> None:
        params: dict[str, str] | None = None
        if action["type"] == "datetimepicker":
            value = picked or action.get("initial")
            if value is None:
                raise NotPossible("日時を選んでください。")
            params = {action["mode"]: value}
        elif action["type"] == "richmenuswitch":
            alias = action["richMenuAliasId"]
            found = self._menus.switch(self.person, alias)
            status = "SUCCESS" if found else "RICHMENU_ALIAS_ID_NOTFOUND"
            params = {"newRichMenuAliasId": alias, "status": status}
        shown = action.get("displayText") or action.get("text")
        self.person.last_wrote = self._clock.now()
        if shown:
            self._put({"type": "text", "text": shown}, at=self._clock.now())
        event = self._events.postback(self.person, data=action["data"], params=params)
        await self._webhooks.emit(event)

    def _refuse_when_unable(self) -> None:
        if self.person.deleted:
            raise NotPossible("このアカウントは削除されています。")
        if self.person.blocked:
            raise NotPossible("ブロック中は送れません。先にブロックを解除してください。")

    def _put(self, message: dict[str, Any], *, at: datetime) -> str:
        message_id = self._ids.message_id()
        self.person.thread.open()
        self.person.thread.add(
            Entry(message_id=message_id, sender="person", at=at, message=message)
        )
        return message_id

    async def _send(
        self,
        message: dict[str, Any],
        *,
        content: bytes | None = None,
        content_type: str = "",
        ready_after: timedelta = timedelta(0),
    ) -> None:
        self._refuse_when_unable()
        now = self._clock.now()
        message_id = self._put(message, at=now)
        self.person.last_wrote = now
        if content is not None:
            self._contents.keep(
                message_id,
                kind=message["type"],
                content=content,
                content_type=content_type,
                ready_at=now + ready_after,
            )
        event = self._events.message(self.person, {"id": message_id, **message}, at=now)
        await self._webhooks.emit(event)
