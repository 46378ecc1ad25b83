"""Deciding on a notice to many: approve the text as it was shown, or stop it (R-087)."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bots.slack.deciding import decide
from bots.slack.means import Means
from bots.slack.notice_card import APPROVE_NOTICE, STOP_NOTICE, read_notice
from core.agencies import Staff
from core.usecases.notices.approve_notice import approve_notice
from core.usecases.notices.stop_notice import stop_notice


class NoticeDesk:
    """Notices, from Slack. They are written on the town's desk."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def register(self, app: AsyncApp) -> None:
        """Listen for decisions."""
        app.action(APPROVE_NOTICE)(self.approve)
        app.action(STOP_NOTICE)(self.stop)

    async def approve(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """この文を承認する."""
        notice_id, version = read_notice(str(body["actions"][0]["value"]))
        means = self._means

        async def deciding(staff: Staff) -> str:
            now = means.clock.now()
            await approve_notice(
                means.uow,
                notice_id=notice_id,
                version=version,
                by=staff.id,
                at=now,
                tz=means.tz,
                press=means.press,
                proof=means.proof,
                closed_days=means.holidays(now),
            )
            return ""

        await decide(means, ack, body, deciding, what="notice.approve")

    async def stop(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """とめる."""
        notice_id, version = read_notice(str(body["actions"][0]["value"]))
        means = self._means

        async def deciding(staff: Staff) -> str:
            await stop_notice(
                means.uow,
                notice_id=notice_id,
                version=version,
                by=staff.id,
                at=means.clock.now(),
            )
            return ""

        await decide(means, ack, body, deciding, what="notice.stop")
