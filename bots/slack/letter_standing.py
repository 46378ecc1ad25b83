"""Where a letter is, why, and who brought it there: the foot of its cards."""

from collections.abc import Iterable
from datetime import timedelta

from bots.i18n.catalogue import day, say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.means import Means
from core.contacts import Contact, ContactChannel
from core.excuses import listed
from core.letters import LetterState, Reason
from core.steps import WAITING_FOR_APPROVAL
from core.usecases.letters.show_letter import LetterView


def held_notice(view: LetterView, means: Means, *, locale: str) -> list[Json]:
    letter = view.letter
    if letter.state is not LetterState.HELD:
        return []
    if letter.reason is Reason.NEW_FACT and view.news:
        newest = view.news[0]
        text = say(
            "approvals.held",
            locale=locale,
            when=_when(newest, means, locale=locale),
            what=_what(newest, locale=locale),
        )
    else:
        reason = letter.reason or Reason.NEW_FACT
        text = say("approvals.held_other", locale=locale, what=word(reason, locale=locale))
    return [b.section(f"*{word(letter.state, locale=locale)}*\n{b.escape(text)}")]


def _when(contact: Contact, means: Means, *, locale: str) -> str:
    on = contact.at.astimezone(means.tz).date()
    if on == means.today():
        return say("approvals.today", locale=locale)
    if on == means.today() - timedelta(days=1):
        return say("approvals.yesterday", locale=locale)
    return say("approvals.on_day", locale=locale, day=day(on, locale=locale))


def _what(contact: Contact, *, locale: str) -> str:
    if contact.channel is ContactChannel.LINE_IN:
        return say("approvals.fact_line_in", locale=locale)
    channel = word(contact.channel, locale=locale)
    return say("approvals.fact_contact", locale=locale, channel=channel)


def standing(view: LetterView, means: Means, *, locale: str) -> list[Json]:
    """Where the letter is, why, and who brought it there."""
    letter = view.letter
    state = f"*{say('approvals.state', locale=locale, state=word(letter.state, locale=locale))}*"
    small = list(_history(view, means, locale=locale))
    return [b.section(state), *([b.context(*map(b.escape, small))] if small else [])]


def _history(view: LetterView, means: Means, *, locale: str) -> Iterable[str]:
    letter = view.letter
    if letter.approved_at is not None and letter.state not in WAITING_FOR_APPROVAL:
        at = means.moment(letter.approved_at, locale=locale)
        if letter.self_approved_reason is None:
            yield say("approvals.approved_by", locale=locale, name=view.approver, at=at)
        else:
            why = letter.self_approved_reason
            yield say("approvals.own_by", locale=locale, name=view.approver, at=at, reason=why)
        if letter.excused:
            codes = listed(letter.excused)
            yield say("approvals.excused_by", locale=locale, codes=codes, reason=letter.excuse)
    if letter.decided_at is not None and view.decider:
        at = means.moment(letter.decided_at, locale=locale)
        if letter.state is LetterState.DRAFT:
            yield say("approvals.returned_by", locale=locale, name=view.decider, at=at)
        elif letter.reason in (Reason.WITHDRAWN_BY_STAFF, Reason.LEFT_OUT):
            yield say("approvals.stopped_by", locale=locale, name=view.decider, at=at)
    if letter.sent_at is not None:
        at = means.moment(letter.sent_at, locale=locale, zoned=True)
        yield say("approvals.sent_at", locale=locale, at=at)
    if letter.reason is not None and letter.state is not LetterState.HELD:
        reason = word(letter.reason, locale=locale)
        yield say("approvals.why", locale=locale, reason=reason)
