"""The driver: acts on a practice screen by what a person sees there, by name and by label."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bots.practice.asking import Asked, Wrong
from bots.practice.guide import Deed
from bots.practice.phone_pages import PhonePages
from bots.practice.screens import LineScreens, SlackScreens

Act = Callable[[str, Asked], Awaitable[Deed]]


class PhoneDriver:
    """Acts on the phones of the LINE emulator."""

    def __init__(self, line: LineScreens, pages: PhonePages) -> None:
        self._phones = line.phones
        self._pages = pages
        self.verbs: Mapping[str, Act] = {
            "say": self._say,
            "tap": self._tap,
            "sticker": self._sticker,
            "unsend": self._unsend,
            "block": self._block,
            "unblock": self._unblock,
            "follow": self._follow,
            "open": self._open,
            "press": self._press,
            "leave": self._leave,
        }

    def names(self) -> tuple[str, ...]:
        """Whose phones there are."""
        return tuple(self._phones.names())

    def screen(self, name: str) -> dict[str, Any]:
        """The phone's screen, oldest message first; `page` is what lies over the talk, or None."""
        shown = dict(self._phones.get(name).screen().as_json())
        return {**shown, "page": self._pages.screen(name)}

    async def photo(self, name: str, *, picture: bytes | None) -> Deed:
        """Send a photo; None sends the emulator's own small picture."""
        await self._phones.get(name).photo(picture)
        return Deed(verb="photo", said="写真を送りました", who=name, on="phone")

    async def _say(self, name: str, asked: Asked) -> Deed:
        asked.only("text")
        text = asked.text("text")
        await self._phones.get(name).say(text)
        return Deed(
            verb="say", said=f"「{text[:40]}」と書きました", who=name, on="phone", label=text
        )

    async def _tap(self, name: str, asked: Asked) -> Deed:
        asked.only("label", "message", "picked")
        label, picked = asked.text("label"), asked.maybe_text("picked", longest=30)
        message = asked.whole("message", default=None, least=0, most=1_000_000)
        given = {"message": message, "picked": picked}
        extras = {key: value for key, value in given.items() if value is not None}
        await _call(self._pages.tap, name, label, **extras)
        return Deed(verb="tap", said=f"「{label}」を押しました", who=name, on="phone", label=label)

    async def _press(self, name: str, asked: Asked) -> Deed:
        asked.only("label", "where", "fill")
        label, given = asked.text("label"), asked.fields.get("fill")
        values = None if given is None else values_of(given)
        await self._pages.press(name, label, values=values, where=asked.maybe_text("where"))
        said = f"ページで「{label}」を押しました"
        return Deed(verb="press", said=said, who=name, on="phone", label=label)

    async def _leave(self, name: str, asked: Asked) -> Deed:
        asked.only()
        self._pages.leave(name)
        return Deed(verb="leave", said="ページを閉じました", who=name, on="phone")

    async def _sticker(self, name: str, asked: Asked) -> Deed:
        asked.only("package_id", "sticker_id", "keywords")
        given = {key: asked.maybe_text(key, longest=30) for key in ("package_id", "sticker_id")}
        keywords = asked.fields.get("keywords")
        if keywords is not None and not _are_texts(keywords):
            raise Wrong(422, "「keywords」は文字の並びです。", labels=("keywords",))
        await _call(self._phones.get(name).sticker, **given, keywords=keywords)
        return Deed(verb="sticker", said="スタンプを送りました", who=name, on="phone")

    async def _unsend(self, name: str, asked: Asked) -> Deed:
        asked.only("index")
        index = asked.whole("index", default=-1, least=-1_000_000, most=1_000_000)
        await self._phones.get(name).unsend(index)
        return Deed(verb="unsend", said="送信を取り消しました", who=name, on="phone")

    async def _block(self, name: str, asked: Asked) -> Deed:
        asked.only()
        await self._phones.get(name).block()
        return Deed(verb="block", said="アカウントをブロックしました", who=name, on="phone")

    async def _unblock(self, name: str, asked: Asked) -> Deed:
        asked.only()
        await self._phones.get(name).unblock()
        return Deed(verb="unblock", said="ブロックを解除しました", who=name, on="phone")

    async def _follow(self, name: str, asked: Asked) -> Deed:
        asked.only()
        await self._phones.get(name).follow()
        return Deed(verb="follow", said="友だちに追加しました", who=name, on="phone")

    async def _open(self, name: str, asked: Asked) -> Deed:
        asked.only()
        self._phones.get(name).open()
        return Deed(verb="open", said="トークを開きました", who=name, on="phone")


class SlackDriver:
    """Acts in the practice workspace."""

    def __init__(self, slack: SlackScreens) -> None:
        self._slack = slack
        self.verbs: Mapping[str, Act] = {
            "click": self._click,
            "command": self._command,
            "shortcut": self._shortcut,
            "submit": self._submit,
            "close": self._close,
            "open": self._open,
            "choose": self._choose,
        }
        if hasattr(slack, "say"):
            self.verbs = {**self.verbs, "say": self._say}

    def names(self) -> tuple[str, ...]:
        """Who is in the workspace."""
        return tuple(self._slack.people.names())

    def screen(self, user: str) -> dict[str, Any]:
        """What this user's Slack shows."""
        return dict(self._slack.screen(user).as_json())

    def offers(self) -> dict[str, Any]:
        """What Slack itself offers everybody: `commands`, `shortcuts`, `names` by user id."""
        installed, people = self._slack.installation, self._slack.people
        return {
            "commands": list(installed.commands),
            "shortcuts": [
                {"name": each.name, "callback_id": each.callback_id, "type": each.kind}
                for each in installed.shortcuts
            ],
            "names": {people.get(name).id: name for name in people.names()},
            "bot": self._slack.bot_user_id,
        }

    async def options(self, user: str, *, label: str, query: str) -> list[str]:
        """What an external select offers for the typed text; empty where there is none."""
        ask = getattr(self._slack, "options", None)
        return [] if ask is None else [str(text) for text in await ask(user, label, query)]

    async def _click(self, user: str, asked: Asked) -> Deed:
        asked.only("label", "where", "values")
        label, where = asked.text("label"), asked.maybe_text("where")
        if asked.fields.get("values") is not None:
            await self._fill(user, values_of(asked.fields["values"]))
        await _call(self._slack.click, user, label, where=where)
        return Deed(
            verb="click", said=f"「{label}」を押しました", who=user, on="slack", label=label
        )

    async def _command(self, user: str, asked: Asked) -> Deed:
        asked.only("command", "text")
        command, text = asked.text("command"), asked.maybe_text("text") or ""
        if not command.startswith("/"):
            raise Wrong(422, "コマンドは / で始めてください。", labels=("/",))
        await self._slack.command(user, command, text)
        said = f"「{command}」を使いました"
        return Deed(verb="command", said=said, who=user, on="slack", label=f"{command} {text}")

    async def _shortcut(self, user: str, asked: Asked) -> Deed:
        asked.only("name", "message")
        name, message = asked.text("name"), asked.maybe_text("message")
        await _call(self._slack.shortcut, user, name, message=message)
        said = f"ショートカット「{name}」を使いました"
        return Deed(verb="shortcut", said=said, who=user, on="slack", label=name)

    async def _submit(self, user: str, asked: Asked) -> Deed:
        press: str | None = None
        fields: object = asked.fields
        if isinstance(asked.fields.get("values"), dict):
            asked.only("values", "press")
            fields, press = asked.fields["values"], asked.maybe_text("press")
        modal = self.screen(user).get("modal") or {}
        await _call(self._slack.submit, user, values_of(fields), press=press)
        label = str(press or modal.get("submit") or "送信")
        title = modal.get("title") or label
        said = f"「{title}」を送りました"
        if _has_errors(self.screen(user).get("modal")):
            said = f"「{title}」を送ろうとしました(直すところがあります)"
        return Deed(verb="submit", said=said, who=user, on="slack", label=label)

    async def _close(self, user: str, asked: Asked) -> Deed:
        asked.only()
        await self._slack.close(user)
        return Deed(verb="close", said="画面を閉じました", who=user, on="slack")

    async def _open(self, user: str, asked: Asked) -> Deed:
        asked.only("what")
        what = asked.text("what")
        await self._slack.open(user, what)
        shown = {"home": "ホーム", "dm": "ダイレクトメッセージ"}.get(what, what)
        return Deed(verb="open", said=f"{shown}を開きました", who=user, on="slack", label=what)

    async def _choose(self, user: str, asked: Asked) -> Deed:
        asked.only("label", "value", "where")
        label, where = asked.maybe_text("label") or "", asked.maybe_text("where")
        value = values_of({label: asked.fields.get("value")})[label]
        await _call(self._slack.choose, user, label, value, where=where)
        said = f"「{label}」を選びました" if label else "選びました"
        return Deed(verb="choose", said=said, who=user, on="slack", label=label)

    async def _say(self, user: str, asked: Asked) -> Deed:
        asked.only("text", "where")
        text, where = asked.text("text"), asked.text("where")
        say: Callable[..., Awaitable[Any]] = self._slack.say  # type: ignore[attr-defined]
        await say(user, text, where)
        said = "ダイレクトメッセージに書きました" if where == "dm" else f"{where} に書きました"
        return Deed(verb="say", said=said, who=user, on="slack", label=text)

    async def _fill(self, user: str, values: dict[str, Any]) -> None:
        fill = getattr(self._slack, "fill", None)
        if fill is not None and values:
            await fill(user, values)


def labels_on(screen: Mapping[str, Any]) -> tuple[str, ...]:
    """Every label that can be pressed on this screen (phone or workspace), each once."""
    found: list[str] = []
    _gather(screen, into=found)
    return tuple(dict.fromkeys(found))


def _gather(part: object, *, into: list[str]) -> None:
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key in ("buttons", "quick_replies", "rich_menu") and isinstance(value, Sequence):
                into.extend(str(label) for label in value)
            elif key in ("submit", "close") and isinstance(value, str):
                into.append(value)
            elif key not in ("raw", "blocks", "rich_menu_raw"):
                _gather(value, into=into)
    elif isinstance(part, list | tuple):
        for each in part:
            _gather(each, into=into)


def _has_errors(modal: Mapping[str, Any] | None) -> bool:
    return any(each.get("error") for each in (modal or {}).get("inputs", ()))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def values_of(given: object) -> dict[str, Any]:
    """`{label: text | [texts] | null}`, as a modal's or a page's inputs take it.

    Raises:
        Wrong: 422, it has another form.
    """
    if not isinstance(given, Mapping):
        raise Wrong(422, "入力は {見出し: 値} の形で書いてください。")
    for label, value in given.items():
        plain = value is None or isinstance(value, str | int | float | bool)
        if not plain and not _are_texts(value):
            raise Wrong(422, f"「{label}」の値は文字か、文字の並びで書いてください。")
    return {
        label: value if value is None or isinstance(value, str | list) else str(value)
        for label, value in given.items()
    }


async def _call(act: Callable[..., Awaitable[Any]], *args: Any, **extras: Any) -> None:
    """Call with those extras that were given.

    An extra the emulator does not know is refused rather than dropped.
    """
    given = {name: value for name, value in extras.items() if value is not None}
    known = inspect.signature(act).parameters
    for name in given:
        if name not in known and not any(p.kind is p.VAR_KEYWORD for p in known.values()):
            raise Wrong(422, f"「{name}」はここでは使えません。", labels=tuple(known))
    await act(*args, **given)
