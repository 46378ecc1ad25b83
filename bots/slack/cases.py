"""Cases: /case, the shortcut, and LINE codes to hand over on paper."""

from collections.abc import Mapping
from typing import Any, Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.acking import Done, Outcome
from bots.slack.blocks import Json
from bots.slack.case_card import ISSUE_CODE, case_card, code_blocks, help_blocks
from bots.slack.forms import done, open_form, saving, values
from bots.slack.letter_form import case_option
from bots.slack.means import Means, locale_of
from core.access import Action
from core.agencies import Staff
from core.ids import CaseId
from core.usecases.cases.find_case import find_case
from core.usecases.cases.offer_cases import offer_cases
from core.usecases.cases.show_case import show_case
from core.usecases.linking.issue_link_code import issue_link_code
from core.usecases.staff.list_rights import list_rights

COMMAND: Final = "/case"
SHORTCUT: Final = "open_case"
FORM: Final = "case_form"
HELP_WORDS: Final = frozenset({"HELP", "ヘルプ", "?"})


class Cases:
    """Looking at cases."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for what concerns cases."""
        app.command(COMMAND)(self.command)
        app.shortcut(SHORTCUT)(self.choose)
        app.view(FORM)(self.chosen)
        app.action(ISSUE_CODE)(self.issue_code)

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """`/case A-12`, `/case help`, or `/case` for both the list and the help."""
        means = self._means

        async def in_time(outcome: Outcome[list[Json]]) -> None:
            text, blocks = self._answer(body, outcome)
            if blocks is None:
                await ack(text=text, response_type="ephemeral")
            else:
                await ack(text=text, blocks=blocks, response_type="ephemeral")

        async def late(outcome: Outcome[list[Json]]) -> None:
            text, blocks = self._answer(body, outcome)
            await means.telling.quietly(body, text, blocks=blocks)

        await means.acking.answer(
            self._look(body), what="case.command", in_time=in_time, not_yet=ack, late=late
        )

    async def choose(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The shortcut has no text: choose the case in a view."""
        await ack()
        open_form(self._means, body, lambda: self._choice(body), what="case.choose")

    async def chosen(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Show the case that was chosen, in the same view."""
        means = self._means
        case_id = CaseId(values(body["view"])["case"])

        async def in_time(outcome: Outcome[list[Json]]) -> None:
            await ack(response_action="update", view=self._card_view(body, outcome))

        async def not_yet() -> None:
            await ack(response_action="update", view=saving(body, means.locale(body)))

        async def late(outcome: Outcome[list[Json]]) -> None:
            await means.telling.follow_up(str(body["view"]["id"]), self._card_view(body, outcome))

        await means.acking.answer(
            self._card(body, case_id),
            what="case.chosen",
            in_time=in_time,
            not_yet=not_yet,
            late=late,
        )

    async def issue_code(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """LINEのコードを作る: the code is shown to the presser once, and stored nowhere."""
        means = self._means
        case_id, _, alias = str(body["actions"][0]["value"]).partition(":")

        async def work() -> list[Json]:
            staff = await means.staff(body)
            code = await issue_link_code(
                means.uow, case_id=CaseId(case_id), by=staff.id, at=means.clock.now()
            )
            until = code.expires_at.astimezone(means.tz).date()
            return code_blocks(code.code, alias=alias, until=until, locale=locale_of(staff))

        async def in_time(outcome: Outcome[list[Json]]) -> None:
            await ack()
            await late(outcome)

        async def late(outcome: Outcome[list[Json]]) -> None:
            text, blocks = self._answer(body, outcome)
            view = body.get("view") or {}
            if view.get("type") == "modal":
                await means.telling.redraw(str(view["id"]), self._card_view(body, outcome))
            else:
                await means.telling.quietly(body, text, blocks=blocks)

        await means.acking.answer(
            work(), what="case.issue_code", in_time=in_time, not_yet=ack, late=late
        )

    async def _look(self, body: Mapping[str, Any]) -> list[Json]:
        means = self._means
        staff = await means.staff(body)
        text = str(body.get("text") or "").strip()
        if text and text.upper() not in HELP_WORDS:
            case = await find_case(means.uow, alias=text)
            return await self._case_blocks(staff, case.id)
        rights = await list_rights(means.uow, staff_id=staff.id)
        return help_blocks(rights, locale=locale_of(staff))

    async def _card(self, body: Mapping[str, Any], case_id: CaseId) -> list[Json]:
        return await self._case_blocks(await self._means.staff(body), case_id)

    async def _case_blocks(self, staff: Staff, case_id: CaseId) -> list[Json]:
        means = self._means
        story = await show_case(
            means.uow, case_id=case_id, by=staff.id, at=means.clock.now(), tz=means.tz
        )
        rights = await list_rights(means.uow, staff_id=staff.id, case_id=case_id)
        return case_card(story, means, rights=rights, locale=locale_of(staff))

    async def _choice(self, body: Mapping[str, Any]) -> Json:
        means = self._means
        staff = await means.staff(body)
        locale = locale_of(staff)
        offer = await offer_cases(means.uow, staff_id=staff.id, action=Action.READ_CASE)
        title = say("cases.title", locale=locale)
        if not offer.cases:
            return done(title, say("cases.none", locale=locale), locale)
        options = [case_option(case, area, locale) for case, area in offer.cases]
        return b.modal(
            title,
            [b.field("case", say("common.case", locale=locale), b.select("case", options))],
            callback_id=FORM,
            submit=say("cases.submit", locale=locale),
            close=say("common.close", locale=locale),
        )

    def _answer(
        self, body: Mapping[str, Any], outcome: Outcome[list[Json]]
    ) -> tuple[str, list[Json] | None]:
        """Text and blocks for the one who asked; the text alone where it was refused."""
        locale = self._means.locale(body)
        if isinstance(outcome, Done):
            return say("cases.title", locale=locale), outcome.value
        return self._means.why(outcome, locale=locale), None

    def _card_view(self, body: Mapping[str, Any], outcome: Outcome[list[Json]]) -> Json:
        locale = self._means.locale(body)
        title, close = say("cases.title", locale=locale), say("common.close", locale=locale)
        if isinstance(outcome, Done):
            return b.modal(title, outcome.value, callback_id="case_card", close=close)
        return b.notice(title, self._means.why(outcome, locale=locale), close=close)
