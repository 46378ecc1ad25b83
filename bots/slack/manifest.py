"""The app manifest for a town: exactly the commands, shortcuts, scopes and events in use."""

from typing import Any, Final

from bots.i18n.catalogue import say
from bots.slack import cases, contacts, letters

SCOPES: Final = ("chat:write", "commands", "im:history", "im:write")
"""Posting cards; commands and shortcuts; finding our own card in a DM; opening that DM."""

EVENTS: Final = ("app_home_opened",)
COMMANDS: Final = (
    (contacts.COMMAND, "renraku"),
    (letters.COMMAND, "otayori"),
    (cases.COMMAND, "case"),
)
SHORTCUTS: Final = (
    (contacts.SHORTCUT, "global"),
    (letters.SHORTCUT, "global"),
    (cases.SHORTCUT, "global"),
    (contacts.MESSAGE_SHORTCUT, "message"),
)
PATH: Final = "/slack/events"


def manifest(public_url: str, *, locale: str = "ja", socket_mode: bool = False) -> dict[str, Any]:
    """What is pasted into Slack's "create an app from a manifest" page.

    Args:
        public_url: where Slack reaches this town's installation.
    """
    url = public_url.rstrip("/") + PATH
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": say("manifest.name", locale=locale),
            "description": say("manifest.description", locale=locale),
            "long_description": say("manifest.long_description", locale=locale),
            "background_color": "#2F5D62",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "yorisoi", "always_online": True},
            "shortcuts": [_shortcut(name, kind, locale) for name, kind in SHORTCUTS],
            "slash_commands": [_command(name, key, url, locale) for name, key in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"request_url": url, "bot_events": list(EVENTS)},
            "interactivity": {
                "is_enabled": True,
                "request_url": url,
                "message_menu_options_url": url,
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


def _command(name: str, key: str, url: str, locale: str) -> dict[str, Any]:
    return {
        "command": name,
        "description": say(f"manifest.{key}", locale=locale),
        "usage_hint": say(f"manifest.{key}_hint", locale=locale),
        "should_escape": False,
        "url": url,
    }


def _shortcut(name: str, kind: str, locale: str) -> dict[str, Any]:
    return {
        "name": say(f"manifest.{name}", locale=locale),
        "type": kind,
        "callback_id": name,
        "description": say(f"manifest.{name}_description", locale=locale),
    }
