"""Hands on the workspace: what a person can do there, by visible label."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bots.practice.refusals import NotPossible
from bots.practice.slack.block_kit.objects import offered
from bots.practice.slack.elements import picked, value_member
from bots.practice.slack.entry import mistakes
from bots.practice.slack.interactions import Interactions
from bots.practice.slack.model import Json, Person
from bots.practice.slack.platform import Platform
from bots.practice.slack.screen import DEFAULT_CLOSE
from bots.practice.slack.surfaces import Control, Sight, is_stateful, named

_APPEARS_S = 2.0
_GLANCE_S = 0.02
_PRESSED = frozenset({"button", "workflow_button"})


class Hands:
    """Presses, chooses, fills in and sends as one person at a time."""

    def __init__(self, *, platform: Platform, interactions: Interactions) -> None:
        self._platform = platform
        self._workspace = platform.workspace
        self._interactions = interactions
        self._sight = Sight(platform.workspace, platform.messages.visible_name)

    async def click(self, person: Person, label: str, *, where: str | None) -> None:
        """Press the last visible button of that label, or what else bears it."""
        controls = self._sight.controls(person, where=where)
        buttons = [c for c in controls if c.kind in _PRESSED and c.label == label]
        if buttons:
            await self._press(person, buttons[-1])
            return
        if await self._press_frame(person, label):
            return
        for control in reversed(controls):
            if any(o["text"]["text"] == label for o in offered(control.element)):
                await self._pick_option(person, control, label)
                return
        link = next((u for text, u in reversed(self._sight.links(person)) if text == label), None)
        if link is None or where is not None:
            raise self._unseen(person, label)
        self._workspace.desks[person.id].follow(link)

    async def choose(self, person: Person, label: str, value: Any, *, where: str | None) -> None:
        """Put a value into one menu or field, and no more."""
        control = await self._field(person, label, where=where)
        await self._set(person, control, value)

    async def fill(self, person: Person, values: Mapping[str, Any]) -> None:
        """Fill in the fields of the modal in front."""
        for label, value in values.items():
            await self.choose(person, label, value, where=None)

    async def submit(self, person: Person, values: Mapping[str, Any], *, press: str | None) -> None:
        """Fill in the modal and send it, or press another button of it."""
        desk = self._workspace.desks[person.id]
        await self._modal_appears(person)
        await self.fill(person, values)
        if not desk.stack:
            raise NotPossible("入力している間に画面が閉じました。")
        view = desk.stack[-1]
        submit = view.definition.get("submit")
        if press is not None and (submit is None or press != submit["text"]):
            await self.click(person, press, where=None)
            return
        if submit is None:
            raise NotPossible("この画面に送信ボタンはありません。", labels=self._labels(person))
        if view.definition.get("submit_disabled"):
            raise NotPossible("送信ボタンはまだ押せません。")
        view.errors = mistakes(view.definition["blocks"], view.values)
        if not view.errors:
            await self._interactions.submit(person, view)

    async def close(self, person: Person) -> None:
        """Leave the modal in front."""
        stack = self._workspace.desks[person.id].stack
        if not stack:
            raise NotPossible("閉じる画面がありません。")
        await self._interactions.close(person, stack[-1])

    async def options(self, person: Person, label: str, query: str) -> list[str]:
        """What a menu offers for what was typed so far."""
        control = await self._field(person, label, where=None)
        found = await self._offered(person, control, query)
        return [o["text"]["text"] for o in found]

    async def _press(self, person: Person, control: Control) -> None:
        element = control.element
        action = {
            "action_id": element["action_id"],
            "block_id": control.block["block_id"],
            "text": element["text"],
            "type": element["type"],
        }
        action |= {n: element[n] for n in ("value", "style") if element.get(n) is not None}
        if element.get("url"):
            self._workspace.desks[person.id].follow(element["url"])
        await self._interactions.act(person, control.spot, action=action)

    async def _press_frame(self, person: Person, label: str) -> bool:
        stack = self._workspace.desks[person.id].stack
        if not stack:
            return False
        given = stack[-1].definition
        if given.get("submit") and given["submit"]["text"] == label:
            await self.submit(person, {}, press=None)
            return True
        close = given["close"]["text"] if given.get("close") else DEFAULT_CLOSE
        if close == label:
            await self.close(person)
            return True
        return False

    async def _pick_option(self, person: Person, control: Control, label: str) -> None:
        member = value_member(control.kind)
        if member != "selected_options":
            await self._set(person, control, label)
            return
        states = self._sight.states(person, control.spot)
        now = states[control.block["block_id"]][control.element["action_id"]]
        chosen = [o["text"]["text"] for o in now["selected_options"]]
        chosen = [c for c in chosen if c != label] if label in chosen else [*chosen, label]
        await self._set(person, control, chosen)

    async def _set(self, person: Person, control: Control, value: Any) -> None:
        element, block = control.element, control.block
        action: Json = {"action_id": element["action_id"], "block_id": block["block_id"]}
        if not is_stateful(control):
            option = picked({**element, "type": "static_select"}, value)["selected_option"]
            action |= {"type": control.kind, "selected_option": option}
            if option.get("url"):
                self._workspace.desks[person.id].follow(option["url"])
            await self._interactions.act(person, control.spot, action=action)
            return
        state = await self._picked(person, control, value)
        states = self._sight.states(person, control.spot)
        states.setdefault(block["block_id"], {})[element["action_id"]] = state
        if control.spot.view is not None:
            control.spot.view.errors.pop(block["block_id"], None)
        if block["type"] != "input" or block.get("dispatch_action"):
            await self._interactions.act(person, control.spot, action=action | state)

    async def _picked(self, person: Person, control: Control, value: Any) -> Json:
        kind = control.kind
        if "users_select" in kind:
            value = _each(value, self._user_id)
        elif "conversations_select" in kind or "channels_select" in kind:
            value = _each(value, self._channel_id)
        options = None
        if "external_select" in kind and value is not None:
            options = []
            for wanted in value if isinstance(value, list | tuple) else [value]:
                options += await self._offered(person, control, str(wanted))
        return picked(control.element, value, options=options)

    async def _offered(self, person: Person, control: Control, query: str) -> list[Json]:
        element = control.element
        if "external_select" not in control.kind:
            return [o for o in offered(element) if query in o["text"]["text"]]
        if len(query) < int(element.get("min_query_length", 3)):
            return []
        return await self._interactions.suggest(
            person, control.spot, block=control.block, element=element, query=query
        )

    async def _field(self, person: Person, label: str, *, where: str | None) -> Control:
        """The last visible field of that label; one that is about to appear is waited for."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _APPEARS_S
        while True:
            controls = self._sight.controls(person, where=where)
            found = [c for c in controls if c.kind not in _PRESSED and named(c, label)]
            if found:
                return found[-1]
            if loop.time() > until or not self._workspace.desks[person.id].stack:
                raise self._unseen(person, label)
            await asyncio.sleep(_GLANCE_S)

    async def _modal_appears(self, person: Person) -> None:
        """Wait a moment for a modal: an app may open it after its ack."""
        loop = asyncio.get_running_loop()
        until = loop.time() + _APPEARS_S
        desk = self._workspace.desks[person.id]
        while not desk.stack:
            if loop.time() > until:
                raise NotPossible("送信する画面が開いていません。")
            await asyncio.sleep(_GLANCE_S)

    def _user_id(self, word: str) -> str:
        for person in self._workspace.people.values():
            if word in (person.id, person.name):
                return person.id
        raise NotPossible(f"「{word}」さんは一覧にいません。")

    def _channel_id(self, word: str) -> str:
        for conversation in self._workspace.conversations.values():
            if word in (conversation.id, f"#{conversation.name}", conversation.name):
                return conversation.id
        raise NotPossible(f"「{word}」というチャンネルは一覧にありません。")

    def _labels(self, person: Person) -> tuple[str, ...]:
        found = [c.label for c in self._sight.controls(person)]
        for control in self._sight.controls(person):
            found += [o["text"]["text"] for o in offered(control.element)]
        return tuple(dict.fromkeys(found))

    def _unseen(self, person: Person, label: str) -> NotPossible:
        return NotPossible(f"「{label}」は画面にありません。", labels=self._labels(person))


def _each(value: Any, name: Any) -> Any:
    if value is None:
        return None
    return [name(v) for v in value] if isinstance(value, list | tuple) else name(value)
