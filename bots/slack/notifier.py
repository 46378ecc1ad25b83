"""Draws the cards of the outbox in Slack: `core.ports.TeamNotifier`."""

from datetime import timedelta
from typing import Final

import structlog
from slack_sdk.errors import SlackApiError

from bots.i18n.catalogue import say
from bots.slack import blocks as b
from bots.slack.answer_card import answer_late_face
from bots.slack.approval_card import approval_face, author_face
from bots.slack.crisis_card import crisis_face
from bots.slack.emergencies import emergency_face
from bots.slack.face import Face
from bots.slack.field_card import field_face
from bots.slack.glass import glass_face
from bots.slack.home import Home
from bots.slack.link_card import link_face
from bots.slack.means import Means, locale_of
from bots.slack.meeting_card import meeting_face
from bots.slack.notice_card import notice_face
from bots.slack.pacing import Pacing
from bots.slack.posting import Posting
from bots.slack.replies import channel_face, reception_face, reply_face, stopped_face
from bots.slack.send_day_card import send_day_face
from bots.slack.series_card import series_face
from bots.slack.telling import UNREACHED, error_name, status_of
from core.access import NotActive, NotYours
from core.agencies import Staff
from core.errors import NotFound
from core.ids import AlertId, CaseId, LetterId, LinkId, NoticeId, SeriesId
from core.letters import NotByTheMunicipality
from core.meetings.ids import MeetingId
from core.outbox import Card, CardKind, CardOutcome, Drawn, NotDrawn
from core.usecases.cases.glance_case import glance_case
from core.usecases.cases.glance_field import glance_field
from core.usecases.courses.show_emergency import show_emergency
from core.usecases.crisis.show_alert import show_alert
from core.usecases.letters.show_letter import show_letter
from core.usecases.letters.show_send_day import show_send_day
from core.usecases.linking.glance_link import glance_link
from core.usecases.meetings.glance_meeting import glance_meeting
from core.usecases.notices.show_notice import show_notice
from core.usecases.reading.show_glass import show_glass
from core.usecases.reception.glance_visitor import glance_visitor
from core.usecases.replies.glance_answers import glance_answers
from core.usecases.series.show_series import show_series
from core.usecases.staff.show_staff import show_staff

log = structlog.get_logger("slack")
PERMANENT: Final = frozenset(
    {
        "access_denied",
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "ekm_access_denied",
        "invalid_arguments",
        "invalid_auth",
        "invalid_blocks",
        "is_archived",
        "missing_scope",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_enabled",
        "org_login_required",
        "restricted_action",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "users_not_found",
        "view_too_large",
    }
)
"""Errors that no second try mends (Slack's method pages); looked at again once a day."""
_GONE: Final = (NotYours, NotFound, NotActive, NotByTheMunicipality)


class SlackNotifier:
    """Loads the record as it is now, renders it, and puts it where the card stands."""

    def __init__(self, means: Means, home: Home) -> None:
        self._means = means
        self._home = home
        self._pacing = Pacing(gap_s=means.settings.post_gap_s)
        self._posting = Posting(means.client, self._pacing)
        self._hashes: dict[str, str] = {}

    async def draw(self, card: Card) -> CardOutcome:
        """Draw the card; Slack's refusals come back as `NotDrawn`."""
        try:
            staff = await show_staff(self._means.uow, staff_id=card.staff_id)
        except NotFound:
            return NotDrawn(detail="no such colleague", permanent=True)
        if staff.slack_user_id is None or not staff.active:
            return NotDrawn(detail="no Slack account in service", permanent=True)
        method = "views.publish" if card.kind is CardKind.HOME else "chat"
        resting = self._pacing.resting(method)
        if resting is not None:
            return NotDrawn(detail="Slack asked for quiet", permanent=False, retry_after=resting)
        try:
            if card.kind is CardKind.HOME:
                return await self._publish(staff, staff.slack_user_id)
            return await self._message(card, staff, staff.slack_user_id)
        except UNREACHED as error:
            return self._not_drawn(error, method)

    async def _message(self, card: Card, staff: Staff, user_id: str) -> CardOutcome:
        locale = locale_of(staff)
        try:
            face = await self._face(card, staff, locale)
        except _GONE as refusal:
            log.info("card.not_for_them", card=card.id, refusal=refusal.code)
            if card.ts is None:
                return NotDrawn(detail=refusal.code, permanent=True)
            face = _neutral(locale)
        return await self._posting.put(card, face, user_id=user_id)

    async def _face(self, card: Card, staff: Staff, locale: str) -> Face:
        means = self._means
        match card.kind:
            case CardKind.APPROVAL | CardKind.AUTHOR | CardKind.SEND_DAY:
                return await self._letter_face(card, staff, locale)
            case CardKind.SERIES:
                series = await show_series(
                    means.uow, series_id=SeriesId(card.subject_id), viewer=staff.id
                )
                return series_face(series, means, locale=locale)
            case CardKind.NOTICE:
                notice = await show_notice(
                    means.uow,
                    notice_id=NoticeId(card.subject_id),
                    viewer=staff.id,
                    press=means.press,
                )
                return notice_face(notice, means, locale=locale)
            case CardKind.CHANNEL:
                return channel_face(card.subject_id, locale=locale)
            case CardKind.GLASS:
                seen = await show_glass(means.uow, glass_id=card.subject_id, viewer=staff.id)
                return glass_face(seen, means, locale=locale)
            case CardKind.EMERGENCY:
                alarm = await show_emergency(
                    means.uow, case_id=CaseId(card.subject_id), viewer=staff.id
                )
                return emergency_face(alarm, means, locale=locale)
            case CardKind.FIELD:
                case_id = CaseId(card.subject_id)
                touched = await glance_field(means.uow, case_id=case_id, viewer=staff.id)
                return field_face(touched, locale=locale)
            case CardKind.MEETING:
                sitting = await glance_meeting(
                    means.uow,
                    meeting_id=MeetingId(card.subject_id),
                    viewer=staff.id,
                    at=means.clock.now(),
                    tz=means.tz,
                )
                return meeting_face(sitting, means, locale=locale)
            case CardKind.HOME:
                raise AssertionError("a Home page is published, not posted")
            case _:
                return await self._person_face(card, staff, locale)

    async def _person_face(self, card: Card, staff: Staff, locale: str) -> Face:
        """What a person, or somebody nobody knows yet, has done."""
        means = self._means
        match card.kind:
            case CardKind.REPLY | CardKind.STOPPED:
                glance = await glance_case(
                    means.uow, case_id=CaseId(card.subject_id), viewer=staff.id
                )
                if card.kind is CardKind.REPLY:
                    return reply_face(glance, locale=locale)
                return stopped_face(glance, tz=means.tz, locale=locale)
            case CardKind.RECEPTION:
                visitor = await glance_visitor(
                    means.uow, link_id=LinkId(card.subject_id), viewer=staff.id
                )
                return reception_face(visitor, means, locale=locale)
            case CardKind.LINK:
                asked = await glance_link(
                    means.uow,
                    link_id=LinkId(card.subject_id),
                    case_id=CaseId(card.case_id or ""),
                    viewer=staff.id,
                )
                return link_face(asked, locale=locale)
            case CardKind.CRISIS:
                call = await show_alert(
                    means.uow, alert_id=AlertId(card.subject_id), viewer=staff.id
                )
                return crisis_face(call, means, locale=locale)
            case CardKind.ANSWER_LATE:
                case_id = CaseId(card.subject_id)
                late = await glance_answers(means.uow, case_id=case_id, viewer=staff.id)
                return answer_late_face(late, locale=locale)
            case _:
                raise AssertionError(f"{card.kind} is about nobody at home")

    async def _letter_face(self, card: Card, staff: Staff, locale: str) -> Face:
        means, now = self._means, self._means.clock.now()
        letter_id = LetterId(card.subject_id)
        if card.kind is CardKind.SEND_DAY:
            today = await show_send_day(
                means.uow,
                letter_id=letter_id,
                viewer=staff.id,
                at=now,
                tz=means.tz,
                hours=means.settings.hours,
                closed_days=means.holidays(now),
            )
            return send_day_face(today, means, locale=locale)
        letter = await show_letter(
            means.uow,
            letter_id=letter_id,
            viewer=staff.id,
            at=now,
            proof=means.proof,
            press=means.press,
        )
        make = approval_face if card.kind is CardKind.APPROVAL else author_face
        return make(letter, means, locale=locale)

    async def _publish(self, staff: Staff, user_id: str) -> CardOutcome:
        """Publish the Home page; on a conflict another process was faster: read again, once."""
        known = self._hashes.get(user_id)
        for hash_ in (known, None):
            view = await self._home.view(staff)
            try:
                answer = await self._means.client.views_publish(
                    user_id=user_id, view=view, hash=hash_
                )
            except SlackApiError as error:
                if hash_ is None or error_name(error) != "hash_conflict":
                    raise
                continue
            self._hashes[user_id] = str(answer["view"].get("hash") or "") or ""
            break
        return Drawn(channel=None, ts=None)

    def _not_drawn(self, error: BaseException, method: str) -> NotDrawn:
        name = error_name(error)
        wait: timedelta | None = None
        if isinstance(error, SlackApiError) and status_of(error) == 429:
            wait = timedelta(seconds=float(error.response.headers.get("Retry-After") or 1))
            self._pacing.rest(method, wait)
        log.warning("card.not_drawn", error=name, method=method)
        return NotDrawn(detail=name, permanent=name in PERMANENT, retry_after=wait)


def _neutral(locale: str) -> Face:
    """For somebody who has left the case: nothing of it stays on the card."""
    text = say("common.no_longer_yours", locale=locale)
    return Face(text=text, blocks=(b.section(b.escape(text)),))
