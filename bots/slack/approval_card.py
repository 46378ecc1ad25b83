"""The card of a letter: before the decision everything that it needs, afterwards who and when."""

from typing import Final

from bots.i18n.catalogue import findings_lines, say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.letter_buttons import author_row, decision_row
from bots.slack.letter_standing import held_notice, standing
from bots.slack.means import Means
from core.contacts import Contact, Met
from core.letters import Letter, LetterState, Reason
from core.replies import Press
from core.usecases.letters.show_letter import LetterView

# Of one kind of findings; whoever has more of them rewrites anyway.
LINES_MOST: Final = 6


def approval_face(view: LetterView, means: Means, *, locale: str) -> Face:
    """The card for somebody who may approve."""
    letter, alias = view.letter, view.case.alias
    deciding = view.may_decide
    heading = say("approvals.heading", locale=locale, alias=alias)
    blocks = [
        b.header(heading),
        *_facts(view, means, locale=locale),
        *(held_notice(view, means, locale=locale) if deciding else []),
        *_words(view, locale=locale),
        *(_background(view, means, locale=locale) if deciding else []),
        *standing(view, means, locale=locale),
        *decision_row(view, locale=locale),
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
        *(held_notice(view, means, locale=locale) if letter.state is LetterState.HELD else []),
        *_words(view, locale=locale, preview=False),
        *note,
        *standing(view, means, locale=locale),
        *author_row(view, locale=locale),
    ]
    text = (
        say("cards.sent_back", locale=locale, alias=alias)
        if came_back
        else say("cards.letter", locale=locale, alias=alias, state=state)
    )
    attention = f"{letter.id}:{letter.version}" if _author_should_look(letter) else ""
    return Face(text=text, blocks=tuple(blocks), attention=attention)


def _author_should_look(letter: Letter) -> bool:
    looked_at = {LetterState.DRAFT, LetterState.FAILED, LetterState.UNREACHABLE}
    return letter.state in looked_at or letter.reason is Reason.NOT_CONFIRMED


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
            lines = "\n".join(findings_lines(found, locale=locale)[:LINES_MOST])
            told = say(key, locale=locale, warnings=f"\n{lines}")
            made.append(b.context(b.escape(told)))
    return made
