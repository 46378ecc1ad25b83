"""The card of a letter: before the decision everything that it needs, afterwards who and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bots.i18n.catalogue import day, findings_text, say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.means import Means
from core.contacts import Contact, ContactChannel, Met
from core.ids import LetterId
from core.letters import UNSENT, LetterState, Reason
from core.replies import Press
from core.steps import WAITING_FOR_APPROVAL
from core.usecases.letters.show_letter import LetterView

APPROVE: Final = "letter_approve"
RETURN: Final = "letter_return"
STOP: Final = "letter_stop"
OPEN_REWRITE: Final = "letter_open_rewrite"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What a button carries: the letter as its presser saw it."""

    letter_id: LetterId
    version: int
    facts: int

    @property
    def value(self) -> str:
        """As a button's value."""
        return f"{self.letter_id}:{self.version}:{self.facts}"


def read_shown(value: str) -> Shown:
    """Read a button's value back.

    Raises:
        ValueError: it is none of ours.
    """
    letter_id, version, facts = value.rsplit(":", 2)
    return Shown(letter_id=LetterId(letter_id), version=int(version), facts=int(facts))


def approval_face(view: LetterView, means: Means, *, locale: str) -> Face:
    """The card for somebody who may approve."""
    letter, alias = view.letter, view.case.alias
    deciding = view.may_decide
    heading = say("approvals.heading", locale=locale, alias=alias)
    blocks = [
        b.header(heading),
        *_facts(view, means, locale=locale),
        *(_held(view, means, locale=locale) if deciding else []),
        *_words(view, locale=locale),
        *(_background(view, means, locale=locale) if deciding else []),
        *_standing(view, means, locale=locale),
        *_decision_row(view, locale=locale),
    ]
    if deciding:
        text = say(_ask_key(letter.state), locale=locale, alias=alias)
    else:
        state = word(letter.state, locale=locale)
        text = say("cards.letter", locale=locale, alias=alias, state=state)
    attention = f"{letter.id}:{letter.version}" if deciding else ""
    return Face(text=text, blocks=tuple(blocks), attention=attention)


def author_face(view: LetterView, means: Means, *, locale: str) -> Face:
    """The card for the letter's author."""
    letter, alias = view.letter, view.case.alias
    came_back = letter.state is LetterState.DRAFT
    state = word(letter.state, locale=locale)
    note = (
        [
            b.section(
                b.escape(
                    say("letters.note_from", locale=locale, name=view.decider, note=letter.note)
                )
            )
        ]
        if came_back and letter.note
        else []
    )
    blocks = [
        b.header(say("approvals.author_heading", locale=locale, alias=alias)),
        *_facts(view, means, locale=locale),
        *(_held(view, means, locale=locale) if letter.state is LetterState.HELD else []),
        *_words(view, locale=locale, preview=False),
        *note,
        *_standing(view, means, locale=locale),
        *_author_row(view, locale=locale),
    ]
    text = (
        say("cards.sent_back", locale=locale, alias=alias)
        if came_back
        else say("cards.letter", locale=locale, alias=alias, state=state)
    )
    attention = f"{letter.id}:{letter.version}" if _author_should_look(letter.state) else ""
    return Face(text=text, blocks=tuple(blocks), attention=attention)


def _author_should_look(state: LetterState) -> bool:
    return state in {LetterState.DRAFT, LetterState.FAILED, LetterState.UNREACHABLE}


def _ask_key(state: LetterState) -> str:
    return "cards.held" if state is LetterState.HELD else "cards.approval"


def _facts(view: LetterView, means: Means, *, locale: str) -> list[Json]:
    letter = view.letter
    area = view.area or say("common.no_area", locale=locale)
    opens = means.moment(letter.opens_at, locale=locale)
    closes = means.moment(letter.closes_at, locale=locale, zoned=True)
    return [
        b.section(
            say(
                "approvals.facts",
                locale=locale,
                alias=b.escape(view.case.alias),
                area=b.escape(area),
                kind=word(letter.kind, locale=locale),
            )
            + "\n"
            + say("approvals.window", locale=locale, opens=opens, closes=closes)
            + "\n"
            + b.escape(say("approvals.author", locale=locale, author=view.author))
        )
    ]


def _held(view: LetterView, means: Means, *, locale: str) -> list[Json]:
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


def _words(view: LetterView, *, locale: str, preview: bool = True) -> list[Json]:
    letter = view.letter
    made = [
        b.section(f"*{say('approvals.words', locale=locale)}*"),
        *b.exact(letter.body),
    ]
    if not preview:
        return made
    line = say(
        "approvals.lock_screen_line",
        locale=locale,
        account=view.account,
        text=letter.lock_screen,
    )
    buttons = " · ".join(word(press, locale=locale) for press in Press)
    return [
        *made,
        b.section(f"*{say('approvals.lock_screen', locale=locale)}*"),
        *b.exact(line),
        b.context(say("approvals.buttons", locale=locale, buttons=buttons)),
    ]


def _background(view: LetterView, means: Means, *, locale: str) -> list[Json]:
    lines = [
        _contact_line(contact, means, new=contact in view.news, locale=locale)
        for contact in view.contacts
    ] or [say("approvals.no_contacts", locale=locale)]
    news = (
        [b.context(say("approvals.news", locale=locale, count=len(view.news)))] if view.news else []
    )
    return [
        b.section(f"*{say('approvals.contacts', locale=locale)}*\n" + "\n".join(lines)),
        *news,
        *_lint(view, locale=locale),
    ]


def _contact_line(contact: Contact, means: Means, *, new: bool, locale: str) -> str:
    """Channel and result with the date; never the note."""
    bare = contact.met is Met.NOT_APPLICABLE
    line = say(
        "approvals.contact_bare" if bare else "approvals.contact",
        locale=locale,
        at=means.moment(contact.at, locale=locale),
        channel=word(contact.channel, locale=locale),
        met=word(contact.met, locale=locale),
    )
    mark = say("approvals.new_mark", locale=locale) if new else ""
    return f"• {mark}{line}"


def _lint(view: LetterView, *, locale: str) -> list[Json]:
    made = []
    levels = (("block", "approvals.blocked"), ("warn", "approvals.warnings"))
    for level, key in levels:
        found = [finding for finding in view.findings if finding.level == level]
        if found:
            warnings = findings_text(found, locale=locale)
            made.append(b.context(b.escape(say(key, locale=locale, warnings=warnings))))
    return made


def _standing(view: LetterView, means: Means, *, locale: str) -> list[Json]:
    """Where the letter is, why, and who brought it there."""
    letter = view.letter
    state = f"*{say('approvals.state', locale=locale, state=word(letter.state, locale=locale))}*"
    small = list(_history(view, means, locale=locale))
    return [b.section(state), *([b.context(*map(b.escape, small))] if small else [])]


def _history(view: LetterView, means: Means, *, locale: str) -> Iterable[str]:
    letter = view.letter
    if letter.approved_at is not None and letter.state not in WAITING_FOR_APPROVAL:
        at = means.moment(letter.approved_at, locale=locale)
        yield say("approvals.approved_by", locale=locale, name=view.approver, at=at)
    if letter.decided_at is not None and view.decider:
        at = means.moment(letter.decided_at, locale=locale)
        if letter.state is LetterState.DRAFT:
            yield say("approvals.returned_by", locale=locale, name=view.decider, at=at)
        elif letter.reason is Reason.WITHDRAWN_BY_STAFF:
            yield say("approvals.stopped_by", locale=locale, name=view.decider, at=at)
    if letter.sent_at is not None:
        at = means.moment(letter.sent_at, locale=locale, zoned=True)
        yield say("approvals.sent_at", locale=locale, at=at)
    if letter.reason is not None and letter.state is not LetterState.HELD:
        reason = word(letter.reason, locale=locale)
        yield say("approvals.why", locale=locale, reason=reason)


def _decision_row(view: LetterView, *, locale: str) -> list[Json]:
    """Approving, returning, calling off. Blocked words leave only the last two."""
    alias = view.case.alias
    value = _shown(view).value
    row = []
    blocked = any(finding.level == "block" for finding in view.findings)
    if view.may_decide and not blocked:
        row.append(
            b.button(
                say("approvals.approve", locale=locale),
                APPROVE,
                value=value,
                style="primary",
                label=say("approvals.approve_label", locale=locale, alias=alias),
            )
        )
    if view.may_decide:
        row.append(
            b.button(
                say("approvals.return", locale=locale),
                RETURN,
                value=value,
                label=say("approvals.return_label", locale=locale, alias=alias),
            )
        )
        row += _stop_button(view, locale=locale)
    return [b.actions(*row)] if row else []


def _author_row(view: LetterView, *, locale: str) -> list[Json]:
    row = []
    if view.letter.state is LetterState.DRAFT:
        row.append(
            b.button(
                say("approvals.rewrite", locale=locale),
                OPEN_REWRITE,
                value=_shown(view).value,
                style="primary",
                label=say("approvals.rewrite_label", locale=locale, alias=view.case.alias),
            )
        )
    row += _stop_button(view, locale=locale)
    return [b.actions(*row)] if row else []


def _stop_button(view: LetterView, *, locale: str) -> list[Json]:
    if not view.may_stop or view.letter.state not in UNSENT:
        return []
    return [
        b.button(
            say("approvals.stop", locale=locale),
            STOP,
            value=_shown(view).value,
            label=say("approvals.stop_label", locale=locale, alias=view.case.alias),
            confirm=b.confirm(
                title=say("approvals.stop_title", locale=locale),
                text=say("approvals.stop_text", locale=locale),
                yes=say("approvals.stop_confirm", locale=locale),
                no=say("approvals.stop_deny", locale=locale),
            ),
        )
    ]


def _shown(view: LetterView) -> Shown:
    return Shown(letter_id=view.letter.id, version=view.letter.version, facts=view.case.facts)
