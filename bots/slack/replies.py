"""Cards that tell of something from outside: an answer, a stranger, a rest, LINE's own trouble.

None of them holds a word of what a person said.
"""

from datetime import tzinfo
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import day, say
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.forms import open_form
from bots.slack.means import Means, locale_of
from core.ids import CaseId
from core.people import LinkState
from core.usecases.cases.glance_case import CaseGlance

OPEN_CASE: Final = "case_page"
PAGE_LINK: Final = "case_page_link"
CHANNEL_CAUSES: Final = frozenset({"TOKEN", "QUOTA"})


class Replies:
    """The way from a card to the case's page."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for the wish to open a case's page."""
        app.action(OPEN_CASE)(self.open_case)
        app.action(PAGE_LINK)(self.followed)

    async def open_case(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """案件を開く: a fresh link, since each is good for one use within ten minutes."""
        await ack()
        case_id, _, alias = str(body["actions"][0]["value"]).partition(":")
        open_form(
            self._means,
            body,
            lambda: self._link_view(body, CaseId(case_id), alias),
            what="case.link",
        )

    async def followed(self, ack: AsyncAck) -> None:
        """Slack has opened the page itself."""
        await ack()

    async def _link_view(self, body: dict[str, Any], case_id: CaseId, alias: str) -> Json:
        means = self._means
        staff = await means.staff(body)
        locale = locale_of(staff)
        # Without a case it is the town's own desk.
        title = "common.open_case" if alias else "common.open_town"
        link = b.button(
            say("common.page" if alias else "common.town_page", locale=locale),
            PAGE_LINK,
            url=means.staff_link(staff.id, case_id or None),
            style="primary",
            label=say("common.open_case_for", locale=locale, alias=alias) if alias else None,
        )
        return b.notice(
            say(title, locale=locale),
            say("common.page_note" if alias else "common.town_note", locale=locale, alias=alias),
            close=say("common.close", locale=locale),
            more=[b.actions(link)],
        )


def open_case_button(*, case_id: CaseId, alias: str, locale: str, text: str | None = None) -> Json:
    """The button that leads to a case's page."""
    return b.button(
        text or say("common.open_case", locale=locale),
        OPEN_CASE,
        value=f"{case_id}:{alias}",
        label=say("common.open_case_for", locale=locale, alias=alias),
    )


def open_town_button(*, locale: str) -> Json:
    """The button that leads to the town's own desk."""
    said = say("common.open_town", locale=locale)
    return b.button(said, OPEN_CASE, value=":", label=said)


def reply_face(glance: CaseGlance, *, locale: str) -> Face:
    """返事が届いています: that there is an answer, and the way to it."""
    alias = glance.case.alias
    waiting = glance.waiting > 0
    heading = say(
        "replies.heading" if waiting else "replies.read_heading", locale=locale, alias=alias
    )
    text = (
        say("replies.waiting", locale=locale, count=glance.waiting)
        if waiting
        else say("replies.read", locale=locale)
    )
    blocks = (
        b.header(heading),
        b.section(f"{_place(glance, locale)}\n{b.escape(text)}"),
        b.actions(open_case_button(case_id=glance.case.id, alias=alias, locale=locale)),
    )
    return Face(
        text=say("cards.reply" if waiting else "cards.reply_read", locale=locale, alias=alias),
        blocks=blocks,
        attention=glance.first_waiting or "",
    )


def stopped_face(glance: CaseGlance, *, tz: tzinfo, locale: str) -> Face:
    """A rest, a stop, a block, or a link: neutrally (G-14)."""
    alias, state = glance.case.alias, glance.link_state
    until = ""
    if glance.paused_until is not None:
        until = day(glance.paused_until.astimezone(tz).date(), locale=locale)
    text = say(f"stopped.{state.value}", locale=locale, until=until)
    resting = state is LinkState.PAUSED
    return Face(
        text=say("cards.stopped", locale=locale, alias=alias),
        blocks=(
            b.header(say("stopped.heading", locale=locale, alias=alias)),
            b.section(f"{_place(glance, locale)}\n{b.escape(text)}"),
            b.actions(open_case_button(case_id=glance.case.id, alias=alias, locale=locale)),
        ),
        attention=f"{state.value}:{until}" if resting else state.value,
    )


def reception_face(subject_id: str, *, locale: str) -> Face:
    """名前のわからない方から連絡."""
    return Face(
        text=say("cards.reception", locale=locale),
        blocks=(
            b.header(say("reception.heading", locale=locale)),
            b.section(b.escape(say("reception.body", locale=locale))),
        ),
        attention=subject_id,
    )


def channel_face(subject_id: str, *, locale: str) -> Face:
    """LINE takes nothing from us: why, and what to do. `subject_id` is `TOKEN:2026-11-21`."""
    cause = subject_id.partition(":")[0]
    text = say(f"channel.{cause if cause in CHANNEL_CAUSES else 'other'}", locale=locale)
    return Face(
        text=say("cards.channel", locale=locale),
        blocks=(
            b.header(say("channel.heading", locale=locale)),
            b.section(b.escape(text)),
            b.context(say("channel.next", locale=locale)),
        ),
        attention=subject_id,
    )


def _place(glance: CaseGlance, locale: str) -> str:
    area = glance.area or say("common.no_area", locale=locale)
    return f"*{b.escape(glance.case.alias)}* · {b.escape(area)}"
