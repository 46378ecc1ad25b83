"""views.*: modals and the Home tab."""

from bots.practice.slack.carriage import Arguments, missing
from bots.practice.slack.methods.calling import Method
from bots.practice.slack.model import Json, SlackRefused
from bots.practice.slack.platform import Platform
from bots.practice.slack.wire import view_wire


def _open(platform: Platform, arguments: Arguments) -> Json:
    trigger = arguments.word("trigger_id") or arguments.word("interactivity_pointer")
    if trigger is None:
        raise missing("trigger_id")
    view = platform.modals.open(trigger, raw=arguments.given["view"])
    return {"view": view_wire(platform.workspace, view)}


def _push(platform: Platform, arguments: Arguments) -> Json:
    trigger = arguments.word("trigger_id") or arguments.word("interactivity_pointer")
    if trigger is None:
        raise missing("trigger_id")
    view = platform.modals.push(trigger, raw=arguments.given["view"])
    return {"view": view_wire(platform.workspace, view)}


def _update(platform: Platform, arguments: Arguments) -> Json:
    view_id, external_id = arguments.word("view_id"), arguments.word("external_id")
    if view_id is None and external_id is None:
        raise missing("view_id")
    view = platform.modals.update(
        view_id=view_id,
        external_id=external_id,
        raw=arguments.given["view"],
        hash=arguments.word("hash"),
    )
    return {"view": view_wire(platform.workspace, view)}


def _publish(platform: Platform, arguments: Arguments) -> Json:
    user = platform.workspace.person(arguments.need("user_id"))
    if not platform.installation.home_tab:
        raise SlackRefused("not_enabled")
    view = platform.modals.publish(
        user=user.id, raw=arguments.given["view"], hash=arguments.word("hash")
    )
    return {"view": view_wire(platform.workspace, view)}


METHODS = {
    "views.open": Method(_open, required=("view",)),
    "views.push": Method(_push, required=("view",)),
    "views.update": Method(_update, required=("view",)),
    "views.publish": Method(_publish, required=("user_id", "view")),
}
