"""Deciding on a series: approve what was shown, leave one out, end it."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.i18n.catalogue import refusal, say
from bots.slack.deciding import decide
from bots.slack.means import Means, locale_of
from bots.slack.series_card import APPROVE_ALL, SKIP, STOP, Bundle, read_bundle
from core.agencies import Staff
from core.errors import CaseworkError
from core.ids import SeriesId
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.series.skip_step import skip_step
from core.usecases.series.stop_series import stop_series


class SeriesDesk:
    """Series, from Slack."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for decisions."""
        app.action(APPROVE_ALL)(self.approve)
        app.action(SKIP)(self.skip)
        app.action(STOP)(self.stop)

    async def approve(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """見た N 通を承認する: one decision for each letter; what does not fit any more stays."""
        bundle = read_bundle(str(body["actions"][0]["value"]))

        async def deciding(staff: Staff) -> str:
            return await self._approve_all(bundle, staff)

        await decide(self._means, ack, body, deciding, what="series.approve")

    async def skip(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """次の1通は送らない."""
        series_id, key = str(body["actions"][0]["value"]).split("|")
        means = self._means

        async def deciding(staff: Staff) -> str:
            await skip_step(
                means.uow,
                series_id=SeriesId(series_id),
                key=key,
                by=staff.id,
                at=means.clock.now(),
            )
            return ""

        await decide(self._means, ack, body, deciding, what="series.skip")

    async def stop(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """ここまでにする."""
        series_id = SeriesId(str(body["actions"][0]["value"]))
        means = self._means

        async def deciding(staff: Staff) -> str:
            await stop_series(means.uow, series_id=series_id, by=staff.id, at=means.clock.now())
            return ""

        await decide(self._means, ack, body, deciding, what="series.stop")

    async def _approve_all(self, bundle: Bundle, staff: Staff) -> str:
        """Each letter is approved by itself, under the version that was shown."""
        means, locale = self._means, locale_of(staff)
        approved, reasons = 0, []
        for shown in bundle.letters:
            try:
                await approve_letter(
                    means.uow,
                    letter_id=shown.letter_id,
                    version=shown.version,
                    facts=shown.facts,
                    by=staff.id,
                    at=means.clock.now(),
                    press=means.press,
                    proof=means.proof,
                    closed_days=means.holidays(means.clock.now()),
                )
            except CaseworkError as error:
                reasons.append(refusal(error, locale=locale, tz=means.tz).sentence)
            else:
                approved += 1
        if not reasons:
            return say("series.approved", locale=locale, count=approved)
        told = "\n".join(f"• {sentence}" for sentence in dict.fromkeys(reasons))
        if not approved:
            return say("series.none_approved", locale=locale, reasons=told)
        return say(
            "series.approved_but", locale=locale, count=approved, left=len(reasons), reasons=told
        )
