"""The card of a notice to many: its exact words for who approves it, and how far it has come."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.means import Means
from bots.slack.replies import open_town_button
from core.ids import NoticeId
from core.usecases.notices.show_notice import NoticeView

APPROVE_NOTICE: Final = "notice_approve"
STOP_NOTICE: Final = "notice_stop"


def read_notice(value: str) -> tuple[NoticeId, int]:
    """Which notice a button is about, and the version that its presser saw.

    Raises:
        ValueError: it is none of ours.
    """
    notice_id, version = value.split("|")
    return NoticeId(notice_id), int(version)


def notice_face(view: NoticeView, means: Means, *, locale: str) -> Face:
    """The notice as it stands, for this colleague; of those it is for, numbers only."""
    notice = view.notice
    state = word(notice.state, locale=locale)
    ask = view.may_approve
    text = say("notice.card_ask" if ask else "notice.card", locale=locale, state=state)
    blocks = (
        b.header(say("notice.heading", locale=locale)),
        b.section(_facts(view, means, locale=locale)),
        b.section(f"*{say('notice.words', locale=locale)}*"),
        *b.exact(notice.body),
        b.context(b.escape(_lock_screen(view, locale=locale))),
        b.section(_counts(view, locale=locale)),
        b.actions(*_buttons(view, locale=locale)),
    )
    return Face(text=text, blocks=blocks, attention=f"{notice.id}:ask" if ask else "")


def _facts(view: NoticeView, means: Means, *, locale: str) -> str:
    notice = view.notice
    everywhere = say("notice.everywhere", locale=locale)
    lines = [
        say(
            "notice.facts",
            locale=locale,
            kind=word(notice.occasion.kind, locale=locale),
            state=word(notice.state, locale=locale),
            author=view.author,
        ),
        say("notice.where", locale=locale, areas="、".join(view.areas) or everywhere),
        say(
            "notice.window",
            locale=locale,
            opens=means.moment(notice.opens_at, locale=locale),
            closes=means.moment(notice.closes_at, locale=locale, zoned=True),
        ),
        word(notice.mode, locale=locale),
    ]
    if view.approver:
        lines.append(say("notice.approved_by", locale=locale, name=view.approver))
    return b.escape("\n".join(lines))


def _lock_screen(view: NoticeView, *, locale: str) -> str:
    seen = view.rendering
    line = view.notice.alt_text or view.notice.body if seen is None else seen.lock_screen
    return say("notice.lock_screen", locale=locale, account=view.account, line=line)


def _counts(view: NoticeView, *, locale: str) -> str:
    counts = view.counts
    far = say(
        "notice.counts",
        locale=locale,
        waiting=counts.waiting,
        scheduled=counts.scheduled,
        sent=counts.sent,
        unread=counts.unread,
    )
    others = (
        say("notice.elsewise", locale=locale, count=counts.elsewise)
        if counts.elsewise
        else say("notice.all_reached", locale=locale)
    )
    return b.escape(f"{far}\n{others}")


def _buttons(view: NoticeView, *, locale: str) -> Iterable[Json]:
    value = f"{view.notice.id}|{view.notice.version}"
    if view.may_approve:
        yield b.button(
            say("notice.approve", locale=locale),
            APPROVE_NOTICE,
            value=value,
            style="primary",
            label=say("notice.approve_label", locale=locale),
            confirm=b.confirm(
                title=say("notice.approve_title", locale=locale),
                text=say("notice.approve_text", locale=locale, count=view.counts.waiting),
                yes=say("notice.approve_confirm", locale=locale),
                no=say("notice.approve_deny", locale=locale),
            ),
        )
    if view.may_stop:
        yield b.button(
            say("notice.stop", locale=locale),
            STOP_NOTICE,
            value=value,
            label=say("notice.stop_label", locale=locale),
            confirm=b.confirm(
                title=say("notice.stop_title", locale=locale),
                text=say("notice.stop_text", locale=locale),
                yes=say("notice.stop_confirm", locale=locale),
                no=say("notice.stop_deny", locale=locale),
            ),
        )
    yield open_town_button(locale=locale)
