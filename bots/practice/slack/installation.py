"""What the app's manifest declares: scopes, events, commands, shortcuts, Home tab."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A declared shortcut; `kind` says whether it stands in the lightning menu or on messages."""

    name: str
    callback_id: str
    kind: Literal["global", "message"] = "global"


@dataclass(slots=True)
class Installation:
    """The app as installed; what is not declared here cannot be used."""

    scopes: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    shortcuts: list[Shortcut] = field(default_factory=list)
    home_tab: bool = True

    def shortcut(self, word: str, *, kind: Literal["global", "message"]) -> Shortcut | None:
        """The declared shortcut with this visible name or callback id."""
        return next(
            (s for s in self.shortcuts if s.kind == kind and word in (s.name, s.callback_id)), None
        )


def read_shortcuts(given: Iterable[Shortcut | Mapping[str, Any]]) -> list[Shortcut]:
    """Shortcuts as `Shortcut` or as the manifest writes them (`name`, `type`, `callback_id`)."""
    read = []
    for entry in given:
        if isinstance(entry, Shortcut):
            read.append(entry)
        else:
            kind = entry.get("type", "global")
            if kind not in ("global", "message"):
                raise ValueError(f"a shortcut is global or message, not {kind}")
            read.append(Shortcut(str(entry["name"]), str(entry["callback_id"]), kind))
    if len(read) > 10:
        raise ValueError("an app has at most 10 shortcuts")
    return read


def read_commands(given: Iterable[str | Mapping[str, Any]]) -> list[str]:
    """Slash commands as strings or as the manifest writes them (`command`)."""
    names = [entry if isinstance(entry, str) else str(entry["command"]) for entry in given]
    for name in names:
        if not name.startswith("/") or len(name) > 32 or name != name.lower() or " " in name:
            raise ValueError(f"{name} is no slash command: a slash, lower case, 32 characters")
    return names


_EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_mention": ("app_mentions:read",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "message.groups": ("groups:history",),
    "message.channels": ("channels:history",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_shared": ("channels:read", "groups:read"),
    "channel_unshared": ("channels:read", "groups:read"),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    "subteam_created": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "subteam_members_changed": ("usergroups:read",),
    "dnd_updated_user": ("dnd:read",),
}
"""The scope each event needs, one of them (Slack's event pages)."""


def check_scopes(installation: Installation) -> None:
    """Refuse a manifest that contradicts itself, as Slack's own check does.

    Raises:
        ValueError: an event or a command is declared without the scope it needs.
    """
    granted = set(installation.scopes)
    for event in installation.events:
        needed = _EVENT_SCOPES.get(event, ())
        if needed and not granted & set(needed):
            raise ValueError(f"the event {event} needs the scope {' or '.join(needed)}")
    if (installation.commands or installation.shortcuts) and "commands" not in granted:
        raise ValueError("slash commands and shortcuts need the scope commands")
