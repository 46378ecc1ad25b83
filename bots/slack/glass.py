"""The card about a read past the usual door, for whoever looks back on it; no word of the case."""

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.means import Means
from bots.slack.replies import open_town_button
from core.reading_steps import GlassSeen


def glass_face(seen: GlassSeen, means: Means, *, locale: str) -> Face:
    """理由を書いて開かれた案件: which, by whom, until when, and the way to the review."""
    waiting = seen.glass.reviewed_at is None
    foot = (
        b.actions(open_town_button(locale=locale))
        if waiting
        else b.context(say("glass.reviewed", locale=locale))
    )
    return Face(
        text=say("cards.glass", locale=locale, alias=seen.alias),
        blocks=(
            b.header(say("glass.heading", locale=locale, alias=seen.alias)),
            b.section(glass_row(seen, means, locale=locale)),
            foot,
        ),
        attention=seen.glass.id if waiting else "",
    )


def glass_row(seen: GlassSeen, means: Means, *, locale: str) -> str:
    """One line: case, colleague, time."""
    return say(
        "glass.row",
        locale=locale,
        alias=b.escape(seen.alias),
        by=b.escape(seen.by),
        at=means.moment(seen.glass.opened_at, locale=locale),
    )


def glass_block(seen: GlassSeen, means: Means, *, locale: str) -> Json:
    """The line as a block of the Home tab."""
    return b.section(glass_row(seen, means, locale=locale))
