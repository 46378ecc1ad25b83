"""The card that says once that the hour for an answer to a person has passed (G-15)."""

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.face import Face
from bots.slack.replies import open_case_button
from core.usecases.replies.glance_answers import AnswersGlance


def answer_late_face(seen: AnswersGlance, *, locale: str) -> Face:
    """お返事の時刻を過ぎました: which case, and what would be kind now."""
    stands = "waiting" if seen.waiting else "answered"
    return Face(
        text=say("cards.answer_late", locale=locale, alias=seen.alias),
        blocks=(
            b.header(say(f"answer_late.{stands}.heading", locale=locale, alias=seen.alias)),
            b.section(b.escape(say(f"answer_late.{stands}.row", locale=locale))),
            b.actions(open_case_button(case_id=seen.case_id, alias=seen.alias, locale=locale)),
        ),
        attention=seen.newest or "",
    )
