"""What the author changed in a letter, before and after."""

from collections.abc import Iterable

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.blocks import Json
from core.letter_changes import Change
from core.usecases.letters.show_letter import LetterView


def changed_words(view: LetterView, *, locale: str) -> list[Json]:
    """Each changed place, first as it was and then as it is; nothing where nothing changed."""
    made = []
    for key, changes in (
        ("approvals.changed", view.changes),
        ("approvals.changed_alt", view.alt_changes),
    ):
        if changes:
            made.append(b.section(f"*{say(key, locale=locale)}*"))
            made += b.exact("\n".join(_lines(changes, locale=locale)))
    if not made and view.letter.former_body is not None:
        made.append(b.context(say("approvals.unchanged", locale=locale)))
    return made


def _lines(changes: Iterable[Change], *, locale: str) -> Iterable[str]:
    nothing = say("approvals.nothing", locale=locale)
    for change in changes:
        yield say("approvals.was", locale=locale, text=change.was.strip() or nothing)
        yield say("approvals.now", locale=locale, text=change.now.strip() or nothing)
