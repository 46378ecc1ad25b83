"""The card for somebody who was called to a meeting: aliases, when, and how; no name, no topic."""

from typing import Final

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.face import Face
from bots.slack.means import Means
from bots.slack.replies import open_case_button
from core.usecases.meetings.glance_meeting import Call, MeetingGlance

MOST_BUTTONS: Final = 5


def meeting_face(seen: MeetingGlance, means: Means, *, locale: str) -> Face:
    """会議のご案内: called, moved, cancelled or held."""
    call = f"meeting_card.{seen.call.value}"
    aliases = say("meeting_card.and", locale=locale).join(alias for _, alias in seen.aliases)
    heading = say(f"{call}.heading", locale=locale, aliases=aliases)
    called = seen.call is Call.CALLED
    when = "" if seen.begins_at is None else means.moment(seen.begins_at, locale=locale)
    lines = [say(f"{call}.row", locale=locale)]
    if called and when:
        how = say(f"MeetingMode.{seen.mode.value}", locale=locale)
        lines.append(say("meeting_card.when", locale=locale, at=when, how=how))
    if called and seen.has_papers:
        lines.append(say("meeting_card.papers", locale=locale))
    buttons = [
        open_case_button(
            case_id=case_id,
            alias=alias,
            locale=locale,
            text=say("meeting_card.open", locale=locale, alias=alias),
        )
        for case_id, alias in seen.aliases[:MOST_BUTTONS]
    ]
    open_page = (b.actions(*buttons),) if buttons and seen.call is not Call.CANCELLED else ()
    return Face(
        text=say("cards.meeting", locale=locale),
        blocks=(b.header(heading), b.section(b.escape("\n".join(lines))), *open_page),
        attention="" if seen.call is Call.HELD else f"{seen.call.value} {when}",
    )
