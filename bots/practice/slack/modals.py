"""Views: the modal stack of each user, the Home tab, and the rules on both."""

import json
from typing import Any

from bots.practice.slack.block_kit import Problem, check_home, check_modal, named_blocks
from bots.practice.slack.elements import state_of
from bots.practice.slack.model import Json, SlackRefused, View
from bots.practice.slack.triggers import Triggers
from bots.practice.slack.workspace import Workspace

VIEW_BYTES = 250 * 1024
STACK = 3


def refuse_problems(error: str, problems: list[Problem]) -> None:
    """Refuse with Slack's lines about each problem; do nothing when there are none.

    Raises:
        SlackRefused: `error`, with the findings and their JSON pointers.
    """
    if problems:
        lines = [p.line() for p in problems]
        raise SlackRefused(error, messages=lines, more={"errors": lines})


class Modals:
    """Opens, replaces and closes views."""

    def __init__(self, *, workspace: Workspace, triggers: Triggers) -> None:
        self._workspace = workspace
        self._triggers = triggers

    def open(self, trigger_id: str, *, raw: Any) -> View:
        """`views.open`: a new stack for the user of the trigger."""
        definition = self._checked(raw)
        trigger = self._triggers.look(trigger_id)
        self._unique(definition, but=None)
        trigger.used = True
        view = self._made(trigger.user, definition)
        view.origin = trigger.channel
        self._workspace.desks[trigger.user].stack = [view]
        return view

    def push(self, trigger_id: str, *, raw: Any) -> View:
        """`views.push`: one more view on the stack the trigger came from, three at most."""
        definition = self._checked(raw)
        trigger = self._triggers.look(trigger_id)
        stack = self._workspace.desks[trigger.user].stack
        if trigger.view_id is None or all(v.id != trigger.view_id for v in stack):
            raise SlackRefused("not_found")
        self._room(stack)
        self._unique(definition, but=None)
        trigger.used = True
        return self._put_on(trigger.user, definition)

    def update(self, *, view_id: str | None, external_id: str | None, raw: Any, hash: Any) -> View:
        """`views.update`: replace a view that is still open, keeping what was typed.

        Raises:
            SlackRefused: `not_found` when it is closed, `hash_conflict` when someone was faster.
        """
        view = self.find(view_id=view_id, external_id=external_id)
        if view is None:
            raise SlackRefused("not_found")
        if hash and hash != view.hash:
            raise SlackRefused("hash_conflict")
        is_home = view.definition["type"] == "home"
        definition = self._checked_home(raw) if is_home else self._checked(raw)
        self._unique(definition, but=view)
        self.replace(view, definition=definition)
        return view

    def publish(self, *, user: str, raw: Any, hash: Any) -> View:
        """`views.publish`: the user's Home tab."""
        definition = self._checked_home(raw)
        desk = self._workspace.desks[user]
        if hash and (desk.home is None or hash != desk.home.hash):
            raise SlackRefused("hash_conflict")
        self._unique(definition, but=desk.home)
        if desk.home is None:
            desk.home = self._made(user, definition)
        else:
            self.replace(desk.home, definition=definition)
        return desk.home

    def replace(self, view: View, *, definition: Json) -> None:
        """Put a new definition (checked already) into a view."""
        kept = view.values if view.definition["type"] == "modal" else None
        view.definition = definition
        view.values = state_of(definition["blocks"], kept=kept)
        view.hash = self._workspace.make_hash()
        view.errors = {}

    def after_submit(self, view: View, *, body: Json) -> None:
        """Do what the ack of a `view_submission` asks (`response_action`).

        Raises:
            SlackRefused: it asks for what Slack does not do; the user sees the connection error.
        """
        stack = self._workspace.desks[view.user].stack
        action = body.get("response_action")
        if all(v.id != view.id for v in stack):
            raise SlackRefused("not_found")
        if action == "clear":
            stack.clear()
        elif action == "errors":
            view.errors = self._errors(view, body.get("errors"))
        elif action == "update":
            definition = self._checked(body.get("view"))
            self._unique(definition, but=view)
            self.replace(view, definition=definition)
        elif action == "push":
            self._room(stack)
            definition = self._checked(body.get("view"))
            self._unique(definition, but=None)
            self._put_on(view.user, definition)
        else:
            raise SlackRefused("invalid_response_action")

    def close(self, view: View) -> None:
        """Take a view off its stack; the one below is seen again."""
        stack = self._workspace.desks[view.user].stack
        stack[:] = [v for v in stack if v.id != view.id]

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> View | None:
        """An open view by its id, or by the app's own id for it."""
        for view in self._all():
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        return None

    def _all(self) -> list[View]:
        desks = self._workspace.desks.values()
        homes = [desk.home for desk in desks if desk.home is not None]
        return homes + [view for desk in desks for view in desk.stack]

    def _made(self, user: str, definition: Json) -> View:
        values: Any = state_of(definition["blocks"])
        return self._workspace.new_view(user=user, definition=definition, values=values)

    def _put_on(self, user: str, definition: Json) -> View:
        stack = self._workspace.desks[user].stack
        view = self._made(user, definition)
        view.root_id, view.previous_id = stack[0].root_id, stack[-1].id
        view.origin = stack[-1].origin
        stack.append(view)
        return view

    def _room(self, stack: list[View]) -> None:
        if len(stack) >= STACK:
            raise SlackRefused("push_limit_reached")

    def _unique(self, definition: Json, *, but: View | None) -> None:
        name = definition.get("external_id")
        if name and any(v.external_id == name and v is not but for v in self._all()):
            raise SlackRefused("duplicate_external_id")

    def _errors(self, view: View, errors: Any) -> dict[str, str]:
        inputs = {b["block_id"] for b in view.definition["blocks"] if b["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
            raise SlackRefused("invalid_errors")
        if not all(isinstance(text, str) and text for text in errors.values()):
            raise SlackRefused("invalid_errors")
        return dict(errors)

    def _checked(self, raw: Any) -> Json:
        _size(raw)
        refuse_problems("invalid_arguments", check_modal(raw))
        return self._stored(raw)

    def _checked_home(self, raw: Any) -> Json:
        _size(raw)
        refuse_problems("invalid_arguments", check_home(raw))
        return self._stored(raw)

    def _stored(self, raw: Json) -> Json:
        blocks = named_blocks(raw["blocks"], name=self._workspace.short_name)
        stored = {**raw, "blocks": blocks}
        for name in ("title", "submit", "close"):
            if stored.get(name):
                stored[name] = {"emoji": True, **stored[name]}
        return stored


def _size(raw: Any) -> None:
    if len(json.dumps(raw, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackRefused("view_too_large")
