"""The card of a letter's day: 今日の便り、いまも合っていますか."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.letter_buttons import RETURN, Shown
from bots.slack.means import Means
from bots.slack.news import news_line
from core.contacts import Contact, Met
from core.letters import LetterState
from core.usecases.letters.show_send_day import SendDayView

CONFIRM: Final = "letter_confirm"
LEAVE_OUT: Final = "letter_leave_out"
MOST_LINES: Final = 10


def send_day_face(view: SendDayView, means: Means, *, locale: str) -> Face:
    """The question with the last fourteen days, or what became of it."""
    alias, letter = view.case.alias, view.letter
    open_ = view.may_answer or view.wants_approver
    blocks = [
        b.header(say("send_day.heading", locale=locale, alias=alias)),
        _facts(view, means, locale=locale),
        b.section(f"*{say('send_day.words', locale=locale)}*"),
        *b.exact(letter.body),
        *(_fortnight(view, means, locale=locale) if open_ else []),
        _standing(view, means, locale=locale),
        *_buttons(view, locale=locale),
    ]
    if open_:
        text = say("cards.send_day", locale=locale, alias=alias)
    else:
        state = word(letter.state, locale=locale)
        text = say("cards.letter", locale=locale, alias=alias, state=state)
    attention = f"{letter.id}:{letter.asked_at}" if view.may_answer else ""
    return Face(text=text, blocks=tuple(blocks), attention=attention)


def _facts(view: SendDayView, means: Means, *, locale: str) -> Json:
    letter = view.letter
    lines = [
        say(
            "approvals.facts",
            locale=locale,
            alias=b.escape(view.case.alias),
            area=b.escape(view.area or say("common.no_area", locale=locale)),
            kind=word(letter.kind, locale=locale),
        ),
        say(
            "approvals.window",
            locale=locale,
            opens=means.moment(letter.opens_at, locale=locale),
            closes=means.moment(letter.closes_at, locale=locale, zoned=True),
        ),
        b.escape(say("approvals.author", locale=locale, author=view.author)),
    ]
    if letter.approved_at is not None:
        at = means.moment(letter.approved_at, locale=locale)
        lines.append(
            b.escape(say("approvals.approved_by", locale=locale, name=view.approver, at=at))
        )
    return b.section("\n".join(lines))


def _fortnight(view: SendDayView, means: Means, *, locale: str) -> Iterable[Json]:
    contacts = [_contact(one, means, locale=locale) for one in view.contacts[:MOST_LINES]]
    if len(view.contacts) > MOST_LINES:
        rest = len(view.contacts) - MOST_LINES
        contacts.append(say("send_day.more", locale=locale, count=rest))
    news = [news_line(one, means, locale=locale) for one in view.news[:MOST_LINES]]
    if view.wrote_at is None:
        wrote = say("send_day.not_written", locale=locale)
    else:
        at = means.moment(view.wrote_at, locale=locale)
        wrote = say("send_day.wrote", locale=locale, at=at)
    parts = (
        ("send_day.contacts", contacts or [say("send_day.no_contacts", locale=locale)]),
        ("send_day.news", news or [say("send_day.no_news", locale=locale)]),
        ("send_day.person", [wrote]),
    )
    for key, lines in parts:
        yield b.section("\n".join((f"*{say(key, locale=locale)}*", *lines)))


def _contact(contact: Contact, means: Means, *, locale: str) -> str:
    bare = contact.met is Met.NOT_APPLICABLE
    line = say(
        "approvals.contact_bare" if bare else "approvals.contact",
        locale=locale,
        at=means.moment(contact.at, locale=locale),
        channel=word(contact.channel, locale=locale),
        met=word(contact.met, locale=locale),
    )
    return f"• {line}"


def _standing(view: SendDayView, means: Means, *, locale: str) -> Json:
    letter = view.letter
    if view.answered is not None:
        at = means.moment(view.answered, locale=locale)
        return b.section(
            b.escape(say("send_day.answered", locale=locale, name=view.answerer, at=at))
        )
    if view.wants_approver:
        return b.section(say("send_day.wants_approver", locale=locale))
    if letter.state is LetterState.SCHEDULED:
        return b.section(say("send_day.silence", locale=locale))
    state = say("approvals.state", locale=locale, state=word(letter.state, locale=locale))
    if letter.reason is None:
        return b.section(f"*{state}*")
    reason = say("approvals.why", locale=locale, reason=word(letter.reason, locale=locale))
    return b.section(f"*{state}*\n{reason}")


def _buttons(view: SendDayView, *, locale: str) -> list[Json]:
    letter, alias = view.letter, view.case.alias
    value = Shown(letter_id=letter.id, version=letter.version, facts=view.case.facts).value
    row = []
    if view.may_answer:
        row.append(
            b.button(
                say("send_day.confirm", locale=locale),
                CONFIRM,
                value=value,
                style="primary",
                label=say("send_day.confirm_label", locale=locale, alias=alias),
            )
        )
    if view.may_leave_out:
        row.append(
            b.button(
                say("send_day.leave_out", locale=locale),
                LEAVE_OUT,
                value=value,
                label=say("send_day.leave_out_label", locale=locale, alias=alias),
            )
        )
    if view.may_return:
        row.append(
            b.button(
                say("approvals.return", locale=locale),
                RETURN,
                value=value,
                label=say("approvals.return_label", locale=locale, alias=alias),
            )
        )
    return [b.actions(*row)] if row else []
