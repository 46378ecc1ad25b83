"""The Web API methods, by name."""

from bots.practice.slack.methods import chat, conversations, files, marks, users, views
from bots.practice.slack.methods.calling import Method

METHODS: dict[str, Method] = {
    **users.METHODS,
    **chat.METHODS,
    **views.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **marks.METHODS,
}
"""Every emulated method; whatever is not here fails loudly."""

__all__ = ["METHODS", "Method"]
