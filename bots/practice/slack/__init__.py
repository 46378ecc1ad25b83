"""An emulated Slack workspace: strict, with people who use it by what they see."""

from bots.practice.slack.emulator import SlackEmulator
from bots.practice.slack.events import EventPlan
from bots.practice.slack.installation import Shortcut
from bots.practice.slack.model import Call, Person
from bots.practice.slack.screen import WorkspaceScreen

__all__ = ["Call", "EventPlan", "Person", "Shortcut", "SlackEmulator", "WorkspaceScreen"]
