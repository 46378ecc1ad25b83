"""そのまま使うわけ: unseen in a letter's form until words were stopped that may stand."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bots.i18n.catalogue import say
from bots.web.desk.deed import View
from bots.web.desk.entries import Entry, Kind
from bots.web.desk.filled import Filled, MoreAsked
from core.lint import WordingBlocked

EXCUSE: Final = "excuse"


def excuse_entries(view: View, *, value: str = "") -> tuple[Entry, ...]:
    """The entry, where the town lets any words stand with a reason."""
    if view.pen is None or not view.pen.proof.excusable:
        return ()
    return (
        Entry(
            name=EXCUSE,
            label=say("letters.excuse"),
            kind=Kind.HELD,
            opens=Kind.LINE,
            required=False,
            help=say("letters.excuse_hint"),
            value=value,
        ),
    )


def excuse_in(filled: Filled) -> str:
    """What was said; "" where nobody asked."""
    return filled.text(EXCUSE) if filled.asks(EXCUSE) else ""


@contextmanager
def asking_why() -> Iterator[None]:
    """The form asks for the reason where one would do.

    Raises:
        MoreAsked: with the refusal.
    """
    try:
        yield
    except WordingBlocked as blocked:
        if blocked.excusable:
            raise MoreAsked(blocked, name=EXCUSE) from blocked
        raise
