"""Reading what was filled in, and opening forms that first have to look something up."""

from collections.abc import Callable, Coroutine, Mapping
from datetime import date, datetime, time, tzinfo
from typing import Any, Final

from bots.i18n.catalogue import say
from bots.slack.acking import Done, outcome_of
from bots.slack.blocks import Json, escape, notice, section
from bots.slack.means import Means
from bots.slack.telling import waiting_id

TROUBLE: Final = "trouble"


def values(view: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a view's inputs, by block id, as text; "" where nothing was given."""
    found: dict[str, str] = {}
    for block_id, elements in (view.get("state") or {}).get("values", {}).items():
        for state in elements.values():
            found[block_id] = _value(state)
    return found


def _value(state: Mapping[str, Any]) -> str:
    chosen = state.get("selected_option")
    if isinstance(chosen, Mapping):
        return str(chosen["value"])
    for name in ("value", "selected_date", "selected_time"):
        if state.get(name):
            return str(state[name])
    return ""


def local(day: str, clock: str, *, tz: tzinfo) -> datetime:
    """`2026-11-21` and `10:30` as an aware time.

    Raises:
        ValueError: one of them is missing or is none.
    """
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=tz)


def open_form(
    means: Means,
    body: Mapping[str, Any],
    build: Callable[[], Coroutine[Any, Any, Json]],
    *,
    what: str,
) -> None:
    """Open a loading view at once, before anything is looked up, then put the form there.

    Slack's trigger lives for three seconds, the database may take longer (SLACK §5). Returns at
    once; the interaction is acknowledged already.

    Args:
        build: looks up what the form needs; its refusals are shown in the view.
    """
    means.acking.keep(outcome_of(_open_form(means, body, build, what=what), what=what))


async def _open_form(
    means: Means,
    body: Mapping[str, Any],
    build: Callable[[], Coroutine[Any, Any, Json]],
    *,
    what: str,
) -> None:
    locale = means.locale(body)
    view_id = await means.telling.open(body, loading(locale))
    if view_id is None:
        await means.telling.quietly(body, say("common.trouble", locale=locale))
        return
    outcome = await outcome_of(build(), what=what)
    if isinstance(outcome, Done):
        view = outcome.value
    else:
        locale = means.locale(body)
        view = notice(
            say("common.refused_view", locale=locale),
            means.why(outcome, locale=locale),
            close=say("common.close", locale=locale),
        )
    await means.telling.redraw(view_id, view)


def again(view: Mapping[str, Any], trouble: str) -> Json:
    """The form as it was sent, filled as it was, with what stands against it above.

    Nothing is looked up for it, so that it cannot fail, and nothing typed is lost.
    """
    states = (view.get("state") or {}).get("values", {})
    blocks = [section(escape(trouble), block_id=TROUBLE)]
    for block in view["blocks"]:
        if block.get("block_id") == TROUBLE:
            continue
        if block["type"] == "input":
            element = block["element"]
            state = states.get(block["block_id"], {}).get(element["action_id"], {})
            block = block | {"element": element | _initial(state)}
        blocks.append(block)
    kept = ("callback_id", "title", "submit", "close", "private_metadata")
    return {"type": "modal", "blocks": blocks} | {
        name: view[name] for name in kept if view.get(name)
    }


_INITIALS: Final = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
}


def _initial(state: Mapping[str, Any]) -> Json:
    return {initial: state[name] for name, initial in _INITIALS.items() if state.get(name)}


def loading(locale: str) -> Json:
    """What stands there while something is looked up."""
    return notice(
        say("common.loading_title", locale=locale),
        say("common.loading", locale=locale),
        close=say("common.close", locale=locale),
    )


def saving(body: Mapping[str, Any], locale: str, *, words: Json | None = None) -> Json:
    """What stands in place of the submitted view while it is saved (`Telling.follow_up`)."""
    view = notice(
        say("common.loading_title", locale=locale),
        say("common.saving", locale=locale),
        close=say("common.close", locale=locale),
        more=[] if words is None else [words],
    )
    return view | {"external_id": waiting_id(str(body["view"]["id"]))}


def done(title: str, text: str, locale: str) -> Json:
    """What stands there when it worked."""
    return notice(title, text, close=say("common.close", locale=locale))
