"""The question after a code was sent: is this the right person (C8)? はい or ちがいます."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.acking import Done, Outcome
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.means import Means
from bots.slack.replies import open_case_button
from core.agencies import Staff
from core.ids import CaseId, LinkId
from core.usecases.linking.confirm_link import confirm_link
from core.usecases.linking.decline_link import decline_link
from core.usecases.linking.glance_link import LinkAsked, LinkGlance

YES: Final = "link_confirm"
NO: Final = "link_decline"
Say = Callable[[Staff, CaseId, LinkId], Awaitable[None]]


class LinkDesk:
    """はい and ちがいます under the question."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for the two answers."""
        app.action(YES)(self.yes)
        app.action(NO)(self.no)

    async def yes(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """はい: letters may go there."""
        means = self._means

        async def said(staff: Staff, case_id: CaseId, link_id: LinkId) -> None:
            await confirm_link(
                means.uow, case_id=case_id, link_id=link_id, by=staff.id, at=means.clock.now()
            )

        await self._answer(ack, body, said, what="link.confirm")

    async def no(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """ちがいます: the link ends."""
        means = self._means

        async def said(staff: Staff, case_id: CaseId, link_id: LinkId) -> None:
            await decline_link(
                means.uow, case_id=case_id, link_id=link_id, by=staff.id, at=means.clock.now()
            )

        await self._answer(ack, body, said, what="link.decline")

    async def _answer(
        self, ack: AsyncAck, body: Mapping[str, Any], said: Say, *, what: str
    ) -> None:
        means = self._means
        case_id, _, link_id = str(body["actions"][0]["value"]).partition(":")

        async def work() -> None:
            await said(await means.staff(body), CaseId(case_id), LinkId(link_id))

        async def in_time(outcome: Outcome[None]) -> None:
            await ack()
            await late(outcome)

        async def late(outcome: Outcome[None]) -> None:
            """The card changes by itself; a refusal is told to whoever pressed."""
            means.wake()
            if not isinstance(outcome, Done):
                why = means.why(outcome, locale=means.locale(body))
                await means.telling.quietly(body, why)

        await means.acking.answer(work(), what=what, in_time=in_time, not_yet=ack, late=late)


def link_face(glance: LinkGlance, *, locale: str) -> Face:
    """The question, or what was answered; nothing of what the account said."""
    asked, alias = glance.asked, glance.alias
    area = glance.area or say("common.no_area", locale=locale)
    place = f"*{b.escape(alias)}* · {b.escape(area)}"
    text = say(f"link.{asked.value}", locale=locale)
    buttons = [open_case_button(case_id=glance.case_id, alias=alias, locale=locale)]
    if asked is LinkAsked.ASKED and glance.may_answer:
        buttons = [*_answers(glance, locale=locale), *buttons]
    return Face(
        text=say(f"cards.link_{asked.value}", locale=locale, alias=alias),
        blocks=(
            b.header(say("link.heading", locale=locale, alias=alias)),
            b.section(f"{place}\n{b.escape(text)}"),
            b.actions(*buttons),
        ),
        attention=f"{glance.link_id}:{asked.value}"
        if asked in {LinkAsked.ASKED, LinkAsked.TAKEN}
        else "",
    )


def _answers(glance: LinkGlance, *, locale: str) -> list[Json]:
    value = f"{glance.case_id}:{glance.link_id}"
    return [
        b.button(
            say("link.yes", locale=locale),
            YES,
            value=value,
            style="primary",
            label=say("link.yes_label", locale=locale, alias=glance.alias),
        ),
        b.button(
            say("link.no", locale=locale),
            NO,
            value=value,
            label=say("link.no_label", locale=locale, alias=glance.alias),
            confirm=b.confirm(
                title=say("link.no_title", locale=locale),
                text=say("link.no_text", locale=locale),
                yes=say("link.no_confirm", locale=locale),
                no=say("link.no_deny", locale=locale),
            ),
        ),
    ]
