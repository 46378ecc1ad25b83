"""The card that calls for people: which case, how sure, who has taken it; no word of anybody."""

from typing import Final

from bots.i18n.catalogue import day, say
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.means import Means
from bots.slack.replies import open_case_button, open_town_button
from core.crisis.alerts import OPEN, AlertState
from core.crisis_access import AlertSeen

TAKE: Final = "crisis_take"
ANSWERED: Final = "crisis_answered"
FALSE_ALARM: Final = "crisis_false_alarm"
EMERGENCY: Final = "crisis_emergency"
BY_HAND: Final = "crisis_by_hand"


def crisis_face(seen: AlertSeen, means: Means, *, locale: str) -> Face:
    """It rings until somebody takes it, once more with further words, and tells how it went on."""
    alias = _named(seen, locale)
    standing = "open" if seen.state in OPEN else "over"
    where = "" if seen.case_id else "stranger_"
    lines = [line for line in _lines(seen, means, locale) if line]
    return Face(
        text=say(f"cards.crisis_{standing}", locale=locale, alias=alias),
        blocks=(
            b.header(say(f"crisis.heading_{standing}", locale=locale, alias=alias)),
            b.section(b.escape("\n".join(lines))),
            *_rows(seen, locale),
            b.context(say(f"crisis.foot_{where}{standing}", locale=locale)),
        ),
        attention=f"{seen.alert_id}:{seen.signs}:{seen.rounds}" if seen.state in OPEN else "",
    )


def _named(seen: AlertSeen, locale: str) -> str:
    return seen.alias or say("crisis.stranger", locale=locale)


def by_hand_button(*, case_id: str, alias: str, locale: str) -> Json:
    """急いで人を呼ぶ, on a case where the words did not show it."""
    return b.button(
        say("crisis.by_hand", locale=locale),
        BY_HAND,
        value=case_id,
        label=say("crisis.by_hand_label", locale=locale, alias=alias),
        confirm=b.confirm(
            title=say("crisis.by_hand", locale=locale),
            text=say("crisis.by_hand_text", locale=locale, alias=alias),
            yes=say("crisis.by_hand_yes", locale=locale),
            no=say("crisis.not_now", locale=locale),
        ),
    )


def _lines(seen: AlertSeen, means: Means, locale: str) -> list[str]:
    how = {True: "clear", False: "maybe", None: "colleague"}[seen.clear]
    lines = [say(f"crisis.{how}", locale=locale, at=means.moment(seen.raised_at, locale=locale))]
    if seen.signs > 1:
        lines.append(say("crisis.again", locale=locale))
    if seen.rounds and seen.state is AlertState.RAISED:
        lines.append(say("crisis.nobody_yet", locale=locale))
    if seen.taken_at is not None:
        at = means.moment(seen.taken_at, locale=locale)
        lines.append(say("crisis.taken", locale=locale, by=seen.taken_by, at=at))
    if seen.settled_at is not None:
        key = "false_alarm" if seen.false_alarm else "answered"
        at = means.moment(seen.settled_at, locale=locale)
        lines.append(say(f"crisis.{key}", locale=locale, by=seen.settled_by, at=at))
    if seen.review_due_on is not None and seen.state is not AlertState.REVIEWED:
        due = day(seen.review_due_on, locale=locale)
        lines.append(say("crisis.review_due", locale=locale, day=due))
    return lines


def _rows(seen: AlertSeen, locale: str) -> list[Json]:
    """What to do about the call, then where to look and what to begin."""
    first: list[Json] = []
    if seen.state is AlertState.RAISED:
        first.append(_button(seen, TAKE, "take", locale) | {"style": "primary"})
    elif seen.state is AlertState.ACKNOWLEDGED:
        first.append(_button(seen, ANSWERED, "did_answer", locale) | {"style": "primary"})
        first.append(_button(seen, FALSE_ALARM, "no_hurry", locale))
    if seen.case_id is None:
        second = [open_town_button(locale=locale)]
    else:
        second = [open_case_button(case_id=seen.case_id, alias=seen.alias, locale=locale)]
        if seen.state in OPEN:
            second.append(_emergency(seen, locale))
    return [b.actions(*row) for row in (first, second) if row]


def _button(seen: AlertSeen, action: str, key: str, locale: str) -> Json:
    return b.button(
        say(f"crisis.{key}", locale=locale),
        action,
        value=seen.alert_id,
        label=say(f"crisis.{key}_label", locale=locale, alias=_named(seen, locale)),
    )


def _emergency(seen: AlertSeen, locale: str) -> Json:
    return b.button(
        say("crisis.emergency", locale=locale),
        EMERGENCY,
        value=str(seen.case_id),
        style="danger",
        label=say("crisis.emergency_label", locale=locale, alias=_named(seen, locale)),
        confirm=b.confirm(
            title=say("crisis.emergency", locale=locale),
            text=say("crisis.emergency_text", locale=locale),
            yes=say("crisis.emergency_yes", locale=locale),
            no=say("crisis.not_now", locale=locale),
        ),
    )
