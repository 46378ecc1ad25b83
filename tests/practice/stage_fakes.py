"""A tiny LINE and a tiny Slack with screens like the real emulators', for the stage's own tests.

The scenery: 佐藤 has to approve a letter to A-12; once it is approved and the clock moves on, it
arrives on A's phone; what A answers is told to 佐藤 without A's words.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bots.practice.clock import PracticeClock
from bots.practice.durations import TOKYO
from bots.practice.refusals import NotPossible

Json = dict[str, Any]
LETTER = "寒くなってきましたね。\nお変わりありませんか。お返事はいつでも大丈夫です。"


class Shown:
    """A screen that is just its JSON."""

    def __init__(self, fields: Json) -> None:
        self._fields = fields

    def as_json(self) -> Json:
        return self._fields


class FakePhone:
    """One phone with an account that sends letters with quick replies."""

    def __init__(self, name: str, *, clock: PracticeClock) -> None:
        self.name = name
        self.clock = clock
        self.friend = True
        self.blocked = False
        self.heard: list[Json] = []
        self.photos: list[bytes | None] = []
        self._messages: list[Json] = []
        self._quick: list[str] = []
        self._lock: list[str] = []
        self._opened: str | None = None
        self._links_opened = 0

    def screen(self) -> Shown:
        menu = ["そのまま", "少し休む", "やめる", "人と話したい", "おたより"]
        return Shown(
            {
                "name": self.name,
                "account": "みどり市 ひだまり",
                "friend": self.friend,
                "blocked": self.blocked,
                "lock_screen": list(self._lock),
                "messages": [dict(message) for message in self._messages],
                "quick_replies": list(self._quick),
                "rich_menu": menu if self.friend else [],
                "opened_url": self._opened,
                "links_opened": self._links_opened,
            }
        )

    def receive(self, text: str, *, quick: tuple[str, ...] = (), raw: Json | None = None) -> None:
        kind = raw["type"] if raw else "text"
        buttons = [a["label"] for a in (raw or {}).get("template", {}).get("actions", [])]
        self._add("account", kind, text, buttons=buttons, raw=raw)
        self._quick = list(quick)
        self._lock.append(text)

    def open(self) -> None:
        self._lock = []

    async def say(self, text: str) -> None:
        self._must_be_open()
        self._answer("text", text)

    async def tap(self, label: str, message: int | None = None) -> None:
        self._must_be_open()
        if label == "おたより":
            self._opened = "https://tayori.example/p/letters"
            self._links_opened += 1
            return
        shown = self.screen().as_json()
        labels = [*shown["quick_replies"], *shown["rich_menu"]]
        labels += [label for each in shown["messages"] for label in each["buttons"]]
        if label not in labels:
            raise NotPossible(f"「{label}」はいまの画面にありません。", labels=tuple(labels))
        self._answer("text", label)

    async def sticker(
        self,
        package_id: str = "446",
        sticker_id: str = "1988",
        keywords: list[str] | None = None,
    ) -> None:
        raw = {"type": "sticker", "packageId": package_id, "stickerId": sticker_id}
        self._answer("sticker", "スタンプ", raw={**raw, "keywords": keywords or []})

    async def photo(self, picture: bytes | None = None) -> None:
        self.photos.append(picture)
        self._answer("image", "写真")

    async def unsend(self, index: int = -1) -> None:
        own = [
            each for each in self._messages if each["from"] == "person" and not each["withdrawn"]
        ]
        if not -len(own) <= index < len(own):
            raise NotPossible("取り消せるメッセージがありません。")
        own[index]["withdrawn"] = True

    async def block(self) -> None:
        self.blocked = True

    async def unblock(self) -> None:
        self.blocked = False

    async def follow(self) -> None:
        self.friend = True

    def _must_be_open(self) -> None:
        if self.blocked:
            raise NotPossible("ブロックしているので送れません。", labels=("解除する",))

    def _answer(self, kind: str, text: str, *, raw: Json | None = None) -> None:
        self._add("person", kind, text, raw=raw)
        self._quick, self._lock = [], []
        self.heard.append({"kind": kind, "text": text})

    def _add(
        self, who: str, kind: str, text: str, *, buttons: list[str] | None = None, raw: Json | None
    ) -> None:
        message: Json = {"from": who, "at": now_in_tokyo(self.clock), "kind": kind, "text": text}
        message |= {"buttons": buttons or [], "withdrawn": False}
        self._messages.append(message | ({"raw": raw} if raw else {}))


class FakePhones:
    """The phones by name."""

    def __init__(self, names: tuple[str, ...], *, clock: PracticeClock) -> None:
        self._phones = {name: FakePhone(name, clock=clock) for name in names}

    def names(self) -> tuple[str, ...]:
        return tuple(self._phones)

    def get(self, name: str) -> FakePhone:
        return self._phones[name]


class FakeLine:
    """What the stage sees of the LINE emulator."""

    def __init__(self, *, clock: PracticeClock, names: tuple[str, ...] = ("A", "B")) -> None:
        self.phones = FakePhones(names, clock=clock)


class FakeStaff:
    """The members of the workspace."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def names(self) -> tuple[str, ...]:
        return self._names

    def get(self, name: str) -> "FakeMember":
        return FakeMember(id=f"U0{name}")


@dataclass(frozen=True)
class FakeMember:
    """A member, as far as the stage asks."""

    id: str


@dataclass(frozen=True)
class FakeShortcut:
    """A declared shortcut."""

    name: str
    callback_id: str
    kind: str


@dataclass(frozen=True)
class FakeInstallation:
    """What the app declares."""

    commands: tuple[str, ...] = ("/otayori", "/renraku")
    shortcuts: tuple[FakeShortcut, ...] = (
        FakeShortcut("おたよりを書く", "write_letter", "global"),
        FakeShortcut("この投稿を接触記録に", "log_it", "message"),
    )


@dataclass
class Desk:
    """One user's part of the fake Slack."""

    dm: list[Json] = field(default_factory=list)
    notifications: list[str] = field(default_factory=list)
    home: bool = False
    modal: Json | None = None
    banner: str | None = None
    opened_url: str | None = None
    links_opened: int = 0


class FakeSlack:
    """What the stage sees of the Slack emulator: a card to approve and a form to write."""

    def __init__(
        self, *, clock: PracticeClock, names: tuple[str, ...] = ("佐藤", "田中", "鈴木")
    ) -> None:
        self.clock = clock
        self.people = FakeStaff(names)
        self.installation = FakeInstallation()
        self.bot_user_id = "U0BOT"
        self.desks = {name: Desk() for name in names}
        self.acts: list[tuple[Any, ...]] = []
        self.approved = False
        self.withdrawn = False
        self.links: dict[str, str] = {}
        self.desks["佐藤"].dm.append(self._card())
        self.desks["佐藤"].notifications.append("A-12: 承認依頼")

    def screen(self, user: str) -> Shown:
        desk = self.desks[user]
        return Shown(
            {
                "user": user,
                "home": home_view(self.approved) if desk.home else None,
                "dms": [{"with": "Yorisoi", "messages": [dict(m) for m in desk.dm]}],
                "channels": [{"name": "#outreach", "private": True, "messages": []}],
                "modal": desk.modal,
                "notifications": list(desk.notifications),
                "banner": desk.banner,
                "opened_url": desk.opened_url,
                "links_opened": desk.links_opened,
                "places": True,
            }
        )

    async def click(self, user: str, label: str, where: str | None = None) -> None:
        self.acts.append(("click", user, label, where))
        desk = self.desks[user]
        if label == "承認する" and user == "佐藤" and not self.approved:
            self.approved = True
            desk.dm[0] = self._card()
        elif label == "直して返す" and user == "佐藤":
            desk.modal = letter_form()
        elif label == "やめる" and user == "佐藤":
            self.withdrawn = True
            desk.dm[0] = self._card()
        elif label == "こわれたボタン":
            desk.banner = "Yorisoi との接続に問題が発生しています。"
        elif label in self.links:
            desk.opened_url = self.links[label]
            desk.links_opened += 1
        else:
            raise NotPossible(f"「{label}」はいまの画面にありません。")

    async def command(self, user: str, command: str, text: str = "") -> None:
        self.acts.append(("command", user, command, text))
        if command == "/otayori":
            self.desks[user].modal = letter_form()
        elif command == "/renraku":
            words = f"{text or 'A-12'} への接触を記録しました。"
            self.desks[user].dm.append(post(self.clock, "Yorisoi", words, ephemeral=True))
        else:
            raise NotPossible("そのコマンドは使えません。", labels=("/otayori", "/renraku"))

    async def shortcut(self, user: str, name: str, message: str | None = None) -> None:
        self.acts.append(("shortcut", user, name, message))
        self.desks[user].modal = letter_form()

    async def submit(self, user: str, values: Json, press: str | None = None) -> None:
        self.acts.append(("submit", user, values, press))
        desk = self.desks[user]
        if desk.modal is None:
            raise NotPossible("送る画面が開いていません。")
        for each in desk.modal["inputs"]:
            each["value"] = values.get(each["label"], each["value"])
        words = desk.modal["inputs"][1]
        words["error"] = None if words["value"] else "おたよりの言葉を書いてください。"
        # A new object, as a screen is read anew each time.
        desk.modal = dict(desk.modal) if words["error"] else None

    async def close(self, user: str) -> None:
        self.desks[user].modal = None

    async def open(self, user: str, what: str) -> None:
        self.acts.append(("open", user, what))
        if what == "home":
            self.desks[user].home = True

    async def choose(self, user: str, label: str, value: object, where: str | None = None) -> None:
        self.acts.append(("choose", user, label, value, where))

    async def options(self, user: str, label: str, query: str) -> list[str]:
        return [name for name in ("みどり市役所", "ひだまり") if query in name]

    def tell(self, user: str, words: str) -> None:
        self.desks[user].dm.append(post(self.clock, "Yorisoi", words))
        self.desks[user].notifications.append(words)

    def _card(self) -> Json:
        quoted = "\n".join(f">{line}" for line in LETTER.split("\n"))
        state = "予約中 · 11月24日(火) 10:00 に送ります" if self.approved else "承認待ち"
        old = self.desks["佐藤"].dm[0] if self.desks["佐藤"].dm else None
        card = dict(old) if old else post(self.clock, "Yorisoi", "A-12: 承認依頼")
        decided = self.approved or self.withdrawn
        state = "取りやめました" if self.withdrawn else state
        card["edited"] = decided
        card["texts"] = ["A-12 へのおたより", LETTER, state]
        card["buttons"] = [] if decided else ["承認する", "直して返す", "やめる"]
        context = {"type": "mrkdwn", "text": f"{state} · 書いた人 田中 · 北部地区"}
        card["blocks"] = [
            {"type": "header", "block_id": "h", "text": plain("A-12 へのおたより")},
            {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": quoted}},
            {"type": "context", "block_id": "c", "elements": [context]},
        ]
        if not decided:
            sure = {"title": plain("このおたよりをやめますか"), "confirm": plain("取りやめる")}
            sure |= {"text": plain("下書きは残ります。"), "deny": plain("もどる")}
            stop = button("やめる") | {"confirm": sure}
            buttons = [button("承認する", style="primary"), button("直して返す"), stop]
            card["blocks"].append({"type": "actions", "block_id": "a", "elements": buttons})
        return card


def now_in_tokyo(clock: PracticeClock) -> str:
    return clock.now().astimezone(TOKYO).replace(microsecond=0).isoformat()


def post(clock: PracticeClock, who: str, words: str, *, ephemeral: bool = False) -> Json:
    at = now_in_tokyo(clock)
    shown: Json = {"at": at, "ts": f"{clock.now().timestamp():.6f}", "from": who, "text": words}
    shown |= {"texts": [words], "buttons": [], "ephemeral": ephemeral, "edited": False}
    return shown | {"thread": []}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(label: str, *, style: str | None = None) -> Json:
    made: Json = {"type": "button", "action_id": label, "text": plain(label)}
    return made | ({"style": style} if style else {})


def home_view(approved: bool) -> Json:
    waiting = "いまはありません。新しいおたよりができると、ここに並びます。"
    if not approved:
        waiting = "*A-12* へのおたより\n北部地区 · 11月24日(火) 10:00 に届く予定"
    texts = {"type": "section", "block_id": "w", "text": {"type": "mrkdwn", "text": waiting}}
    cases = [
        {
            "type": "section",
            "block_id": f"k{alias}",
            "text": {"type": "mrkdwn", "text": f"*{alias}*\n{words}"},
            "accessory": button("開く") | {"accessibility_label": f"{alias} を開く"},
        }
        for alias, words in (
            ("A-12", "北部地区 · つながり継続"),
            ("B-07", "南部地区 · まだお会いできていません"),
        )
    ]
    return {
        "texts": ["承認待ち", waiting],
        "buttons": ["開く", "開く"],
        "blocks": [
            {"type": "header", "block_id": "h1", "text": plain("承認待ち")},
            texts,
            {"type": "divider", "block_id": "d"},
            {"type": "header", "block_id": "h2", "text": plain("わたしの案件")},
            *cases,
        ],
    }


def letter_form() -> Json:
    def given(label: str, kind: str, **more: Any) -> Json:
        empty: Json = {"label": label, "kind": kind, "value": None, "options": [], "error": None}
        return empty | more

    inputs = [
        given("だれに", "static_select", options=["A-12", "B-07"], value="A-12"),
        given(
            "おたよりの言葉", "plain_text_input", multiline=True, hint="急がせる言葉は使いません。"
        ),
        given("届ける日", "datepicker", value="2026-11-24"),
        given("時刻", "timepicker", value="10:00"),
        given("届け方", "radio_buttons", options=["LINE", "紙の手紙"], value="LINE"),
        given("そえるもの", "checkboxes", options=["居場所カフェの案内", "相談先の一覧"]),
    ]
    blocks = [
        {
            "type": "input",
            "block_id": f"i{position}",
            "label": plain(each["label"]),
            "element": {"type": each["kind"], "action_id": "v"},
        }
        for position, each in enumerate(inputs)
    ]
    return {
        "title": "おたよりを書く",
        "texts": [],
        "inputs": inputs,
        "buttons": [],
        "submit": "承認をお願いする",
        "close": "やめる",
        "depth": 1,
        "blocks": blocks,
    }


class FakeHouse:
    """The product, as far as the stage can tell: settles, and sends the letter when it is due."""

    def __init__(self, *, clock: PracticeClock, line: FakeLine, slack: FakeSlack) -> None:
        self.clock, self.line, self.slack = clock, line, slack
        self.rests = 0
        self.walked_to: list[datetime] = []
        self._sent = False
        self._told = 0

    async def settle(self, until: datetime | None = None) -> None:
        self.rests += 1
        if until is not None:
            self.walked_to.append(until)
            self.clock.move_to(until)
        phone = self.line.phones.get("A")
        if until is not None and self.slack.approved and not self._sent:
            self._sent = True
            phone.receive(LETTER, quick=("ありがとう", "少し休む"))
        if len(phone.heard) > self._told:
            self._told = len(phone.heard)
            self.slack.tell("佐藤", "返事が届いています (A-12)")
