"""The card of a letter: before the decision everything that it needs, afterwards who and when."""

from typing import Final

from bots.i18n.catalogue import findings_lines, say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.face import Face
from bots.slack.letter_buttons import author_row, decision_row
from bots.slack.letter_standing import held_notice, standing
from bots.slack.means import Means
from bots.slack.news import news_line
from bots.slack.rewriting import changed_words
from core.contacts import Contact, Met
from core.excuses import listed
from core.letters import UNSENT, Letter, LetterState, Reason
from core.ports import Rendering
from core.replies import UNDER_LETTERS
from core.usecases.letters.show_letter import LetterView

# Of one kind of findings; whoever has more of them rewrites anyway.
LINES_MOST: Final = 6
BUBBLES_MOST: Final = 5
NEWS_MOST: Final = 5
OVER: Final = frozenset(LetterState) - UNSENT


def approval_face(view: LetterView, means: Means, *, locale: str) -> Face:
    """The card for somebody who may approve."""
    letter, alias = view.letter, view.case.alias
    deciding = view.may_decide
    heading = say("approvals.heading", locale=locale, alias=alias)
    blocks = [
        b.header(heading),
        *_facts(view, means, locale=locale),
        *(held_notice(view, means, locale=locale) if deciding else []),
        *_ending(view, means, locale=locale),
        *_words(view, locale=locale),
        *(changed_words(view, locale=locale) if deciding else []),
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
            + b.escape(_as_novice(view, locale=locale))
            + "\n"
            + _approval_lasts(view, means, locale=locale)
        ),
        *_made_from(view, locale=locale),
    ]


def _made_from(view: LetterView, *, locale: str) -> list[Json]:
    """The template that it was written from, and the leaflet that goes with it."""
    template, leaflet = view.letter.template, view.leaflet
    lines = [
        *([say("approvals.template", locale=locale, template=template)] if template else []),
        *([say("approvals.leaflet", locale=locale, title=leaflet)] if leaflet else []),
    ]
    return [b.context(*map(b.escape, lines))] if lines else []


def _as_novice(view: LetterView, *, locale: str) -> str:
    return say("approvals.novice", locale=locale) if view.wrote_as_novice else ""


def _approval_lasts(view: LetterView, means: Means, *, locale: str) -> str:
    """承認の期限: until when it may be approved and how long that lasts, or when it ends."""
    letter = view.letter
    if view.ends_at is not None:
        at = means.moment(view.ends_at, locale=locale)
        return say("approvals.ends", locale=locale, at=at)
    if letter.asks_again and letter.state not in OVER:
        return say("approvals.asks_again", locale=locale)
    if letter.state in OVER:
        return say("approvals.over", locale=locale)
    closes = means.moment(letter.closes_at, locale=locale)
    return say("approvals.deadline", locale=locale, at=closes, days=view.approval_days)


def _ending(view: LetterView, means: Means, *, locale: str) -> list[Json]:
    """The approval ends soon: it may be given anew from the same card."""
    if view.letter.state is not LetterState.SCHEDULED or view.ends_at is None:
        return []
    if view.letter.asked_at is None:
        return []
    at = means.moment(view.ends_at, locale=locale)
    return [b.section(say("approvals.ends_soon", locale=locale, at=at))]


def _words(view: LetterView, *, locale: str, preview: bool = True) -> list[Json]:
    letter = view.letter
    made = [
        b.section(f"*{say('approvals.words', locale=locale)}*"),
        *b.exact(letter.body),
    ]
    if not preview:
        return made
    seen = view.rendering
    shown = letter.lock_screen if seen is None else seen.lock_screen
    line = say("approvals.lock_screen_line", locale=locale, account=view.account, text=shown)
    return [
        *(made if seen is None else _on_the_phone(seen, locale=locale)),
        b.section(f"*{say('approvals.lock_screen', locale=locale)}*"),
        *b.exact(line),
        b.context(_buttons_line(seen, locale=locale)),
    ]


def _on_the_phone(seen: Rendering, *, locale: str) -> list[Json]:
    """Bubble by bubble, with the buttons that stand in them."""
    made = [b.section(f"*{say('approvals.words', locale=locale)}*")]
    for number, words in enumerate(seen.bubbles[:BUBBLES_MOST], 1):
        if len(seen.bubbles) > 1:
            made.append(b.context(say("approvals.bubble", locale=locale, number=number)))
        made += b.exact(words)
    if seen.links:
        links = " · ".join(f"[{b.escape(label)}]" for label in seen.links)
        made.append(b.context(say("approvals.links", locale=locale, buttons=links)))
    return made


def _buttons_line(seen: Rendering | None, *, locale: str) -> str:
    if seen is None:
        labels = [word(press, locale=locale) for press in UNDER_LETTERS]
    else:
        labels = [b.escape(label) for label in seen.buttons]
    return say("approvals.buttons", locale=locale, buttons=" · ".join(labels))


def _background(view: LetterView, means: Means, *, locale: str) -> list[Json]:
    lines = [
        _contact_line(contact, means, new=contact in view.news, locale=locale)
        for contact in view.contacts
    ] or [say("approvals.no_contacts", locale=locale)]
    news = (
        [b.context(say("approvals.news", locale=locale, count=len(view.news)))] if view.news else []
    )
    changed = [news_line(one, means, locale=locale) for one in view.case_news[:NEWS_MOST]]
    changes = (
        [b.section(f"*{say('approvals.case_news', locale=locale)}*\n" + "\n".join(changed))]
        if changed
        else []
    )
    return [
        b.section(f"*{say('approvals.contacts', locale=locale)}*\n" + "\n".join(lines)),
        *news,
        *changes,
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
    levels = (("block", "approvals.blocked"), ("warn", "approvals.warnings"))
    made = [*stopped_with_reason(view, locale=locale)]
    for level, key in levels[1:] if view.to_accept else levels:
        lines = _lines(view, level, locale=locale)
        if lines:
            made.append(b.context(b.escape(say(key, locale=locale, warnings=f"\n{lines}"))))
    return made


def stopped_with_reason(view: LetterView, *, locale: str) -> list[Json]:
    """What the check stopped and may stand, with the reason that its author gave."""
    if not view.to_accept:
        return []
    lines = _lines(view, "block", locale=locale)
    codes = listed(view.to_accept)
    stands = say("approvals.stands", locale=locale, codes=codes, warnings=f"\n{lines}")
    reason = say("approvals.excuse", locale=locale, reason=view.letter.excuse)
    return [b.section(b.escape(stands)), b.section(b.escape(reason))]


def _lines(view: LetterView, level: str, *, locale: str) -> str:
    found = [finding for finding in view.findings if finding.level == level]
    return "\n".join(findings_lines(found, locale=locale)[:LINES_MOST])
