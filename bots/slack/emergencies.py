"""The card about an emergency: which case and since when; nobody's name, no word of it."""

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.face import Face
from bots.slack.means import Means
from core.emergency import EmergencySeen


def emergency_face(seen: EmergencySeen, means: Means, *, locale: str) -> Face:
    """緊急の対応: it runs since then, or it is over."""
    runs = seen.ended_at is None
    foot = "emergency.runs" if runs else "emergency.over"
    return Face(
        text=say("cards.emergency", locale=locale, alias=seen.alias),
        blocks=(
            b.header(say("emergency.heading", locale=locale, alias=seen.alias)),
            b.section(
                say(
                    "emergency.row",
                    locale=locale,
                    alias=b.escape(seen.alias),
                    at=means.moment(seen.raised_at, locale=locale),
                )
            ),
            b.context(say(foot, locale=locale)),
        ),
        attention=f"{seen.case_id} {seen.raised_at.isoformat()}" if runs else "",
    )
