"""そのまま使うわけ: one more field of the letter's form, once words were stopped that may stand."""

from collections.abc import Mapping
from typing import Any, Final

from bots.i18n.catalogue import findings_lines, say
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.forms import again
from core.errors import CaseworkError
from core.lint import WordingBlocked

EXCUSE: Final = "excuse"
EXCUSE_MOST: Final = 200


def excuse_field(value: str, *, locale: str) -> Json:
    """The field; it may stay empty, as words that are changed need no reason."""
    return b.field(
        EXCUSE,
        say("letters.excuse", locale=locale),
        b.text_field(EXCUSE, value=value, most=EXCUSE_MOST, multiline=True),
        hint=say("letters.excuse_hint", locale=locale),
        optional=True,
    )


def asks(view: Mapping[str, Any]) -> bool:
    """Whether the form has the field already."""
    return any(block.get("block_id") == EXCUSE for block in view["blocks"])


def asking(view: Mapping[str, Any], error: CaseworkError | None, why: str, *, locale: str) -> Json:
    """The form as it was sent, with everything typed and why not above; with the field, where
    a reason would do."""
    if not isinstance(error, WordingBlocked) or not error.excusable:
        return again(view, why)
    made = again(view, "\n".join([why, *findings_lines(error.findings, locale=locale)]))
    if not asks(view):
        made["blocks"] = [*made["blocks"], excuse_field("", locale=locale)]
    return made
