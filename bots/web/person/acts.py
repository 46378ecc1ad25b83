"""What the forms of the person's own page do; each is one tap, and none asks why."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar

from bots.web.passes import PassUnusable
from bots.web.person.stickers import STICKERS
from core.ids import ConsentId
from core.page_steps import PageKey, PageMeans
from core.people import LanguageStyle
from core.ports import UnitOfWork
from core.replies import ReplyKind
from core.usecases.pages.change_wishes import change_wishes
from core.usecases.pages.lock_page import lock_page
from core.usecases.pages.press_on_page import PagePress, press_on_page
from core.usecases.pages.say_word import PhotoUnfit, say_word
from core.usecases.pages.take_consent_back import take_consent_back
from core.usecases.pages.take_word_back import take_word_back
from core.wish_choices import AnyDay, At, InWords, Likes, OneOf, TimeOfDay, Wish

_Kind = TypeVar("_Kind", bound=StrEnum)
Form = Mapping[str, list[str]]
PAGES: Final = frozenset({"", "around", "wishes", "about"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What was done, and where it leads back.

    Attributes:
        back: one of the pages, "" for the first.
        said, no: keys of what the page says then.
        pin: what the browser carries from now on for the PIN; "" for none, None for as before.
    """

    back: str = ""
    said: str = ""
    no: str = ""
    pin: str | None = None

    def address(self, base: str) -> str:
        """The page's address."""
        page = f"/{self.back}" if self.back in PAGES - {""} else ""
        told = f"no={self.no}" if self.no else f"ok={self.said or 'nothing'}"
        return f"{base}{page}?{told}"


def one_of(form: Form, name: str) -> str:
    """What stands in a field of a form; "" for nothing."""
    return form.get(name, [""])[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """A form as it came, and what its act needs.

    Attributes:
        once: under which it counts once.
        files: what was chosen, as bytes.
    """

    uow: UnitOfWork
    key: PageKey
    form: Form
    files: Mapping[str, bytes]
    once: str
    at: datetime
    means: PageMeans

    def one(self, name: str) -> str:
        """What stands in a field; "" for nothing."""
        return one_of(self.form, name)


Act = Callable[[Filled], Awaitable[Done]]


async def _say(f: Filled) -> Done:
    sticker = next((one for one in STICKERS if one.name == f.one("sticker")), None)
    text = f.one("words") if sticker is None else sticker.words
    say = partial(
        say_word,
        f.uow,
        f.key,
        text=text,
        kind=ReplyKind.TEXT if sticker is None else ReplyKind.STICKER,
        once=f.once,
        at=f.at,
        means=f.means,
    )
    try:
        await say(photo=b"" if sticker else f.files.get("photo", b""))
    except PhotoUnfit:
        if not text.strip():
            raise
        # The page leads back empty: what was written beside the photo is not to be written again.
        await say()
        return Done(no="PhotoAlone")
    return Done(said="said")


async def _take_back(f: Filled) -> Done:
    await take_word_back(f.uow, f.key, own_key=f.one("own"), at=f.at, means=f.means)
    return Done(said="taken_kept" if f.means.unsend.keeps else "taken")


async def _press(f: Filled) -> Done:
    press = _of(PagePress, f.one("press"))
    done = await press_on_page(f.uow, f.key, press=press, once=f.once, at=f.at, means=f.means)
    return Done(back=f.one("back"), said=press.value if done else "nothing")


async def _wish(f: Filled) -> Done:
    wish = _WISHES.get(f.one("wish"))
    if wish is None:
        raise PassUnusable
    done = await change_wishes(f.uow, f.key, wish=wish(f.one("to")), at=f.at, means=f.means)
    return Done(back="wishes", said="wish" if done else "nothing")


async def _consent(f: Filled) -> Done:
    consent_id = ConsentId(f.one("consent"))
    done = await take_consent_back(f.uow, f.key, consent_id=consent_id, at=f.at, means=f.means)
    return Done(back="about", said="consent" if done else "nothing")


async def _lock(f: Filled) -> Done:
    off = f.one("off") == "yes"
    mark = await lock_page(f.uow, f.key, pin="" if off else f.one("pin") or "?", at=f.at)
    return Done(back="about", said="no_pin" if off else "pin", pin=mark)


ACTS: Final[dict[str, Act]] = {
    "say": _say,
    "take-back": _take_back,
    "press": _press,
    "wish": _wish,
    "consent": _consent,
    "lock": _lock,
}


def _letters(text: str) -> Wish:
    return OneOf(int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0)


_WISHES: Final[dict[str, Callable[[str], Wish]]] = {
    "one_of": _letters,
    "at": lambda text: At(_of(TimeOfDay, text)),
    "any_day": lambda text: AnyDay(text == "yes"),
    "style": lambda text: InWords(_of(LanguageStyle, text)),
    "like": lambda text: Likes(text, still=True),
    "no_more": lambda text: Likes(text, still=False),
}


def _of(kind: type[_Kind], text: str) -> _Kind:
    try:
        return kind(text)
    except ValueError as error:
        raise PassUnusable from error
