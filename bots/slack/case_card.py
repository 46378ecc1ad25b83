"""How a case stands, as Slack may show it: alias, area, states and dates."""

import enum
from collections.abc import Iterable
from datetime import date
from typing import Final

from bots.i18n.catalogue import day, say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.crisis_card import by_hand_button
from bots.slack.means import Means
from bots.slack.replies import open_case_button
from core.access import Action
from core.cases import Case, Urgency
from core.contacts import Contact, Met
from core.people import LinkState
from core.permissions import Manner
from core.programmes import Programme
from core.replies import ReplyState
from core.usecases.cases.show_case import CaseStory

ISSUE_CODE: Final = "link_code_issue"
SHOWN: Final = 5
HELP: Final = (
    (Action.WRITE_LETTER, "cases.help_letter"),
    (Action.LOG_CONTACT, "cases.help_contact"),
    (Action.READ_CASE, "cases.help_case"),
    (Action.APPROVE_LETTER, "cases.help_approve"),
    (Action.ISSUE_LINK_CODE, "cases.help_code"),
    (Action.READ_RECEPTION, "cases.help_reception"),
    (Action.READ_AUDIT, "cases.help_audit"),
)


def case_card(
    story: CaseStory, means: Means, *, rights: frozenset[Action], locale: str
) -> list[Json]:
    """The summary of a case; for a community supporter only the way to what they were told."""
    case = story.case
    row = [open_case_button(case_id=case.id, alias=case.alias, locale=locale)]
    if story.reader.manner is Manner.SHARED_ONLY:
        told = word(story.reader.manner, locale=locale)
        return [b.header(case.alias), b.section(told), b.actions(*row)]
    if Action.LOG_CONTACT in rights:
        row.append(by_hand_button(case_id=case.id, alias=case.alias, locale=locale))
    if Action.ISSUE_LINK_CODE in rights:
        row.append(_code_button(case, locale=locale))
    return [
        b.header(case.alias),
        b.section("\n".join(_standing(story, means, locale=locale))),
        b.section(_part("cases.consents", _consents(story, means, locale), "no_consents", locale)),
        b.section(_part("cases.letters", _letters(story, means, locale), "no_letters", locale)),
        b.section(
            _part(
                "approvals.contacts",
                [_contact(contact, means, locale) for contact in story.contacts[:SHOWN]],
                "no_consents",
                locale,
            )
        ),
        b.actions(*row),
    ]


def help_blocks(rights: frozenset[Action], *, locale: str) -> list[Json]:
    """What this colleague may do, and nothing else."""
    lines = [say(key, locale=locale) for action, key in HELP if action in rights]
    lines = [*lines, say("cases.help_help", locale=locale)] if lines else []
    text = "\n".join(f"• {line}" for line in lines) or say("cases.help_nothing", locale=locale)
    return [b.header(say("cases.help_title", locale=locale)), b.section(text)]


def code_blocks(code: str, *, alias: str, until: date, locale: str) -> list[Json]:
    """A one-time code in two groups, as it is printed."""
    half = len(code) // 2
    return [
        b.section(b.escape(say("cases.code", locale=locale, alias=alias))),
        b.header(f"{code[:half]}-{code[half:]}"),
        b.context(say("cases.code_until", locale=locale, day=day(until, locale=locale))),
    ]


def _standing(story: CaseStory, means: Means, *, locale: str) -> Iterable[str]:
    case, link = story.case, story.link
    yield say("cases.state", locale=locale, state=word(case.state, locale=locale))
    if case.urgency is not Urgency.NORMAL:
        yield say("cases.urgency", locale=locale, urgency=word(case.urgency, locale=locale))
    yield from _courses(story, means, locale=locale)
    state = LinkState.UNLINKED if link is None else link.state
    shown = word(state, locale=locale)
    if link is not None and state is LinkState.PAUSED and link.paused_until is not None:
        until = day(link.paused_until.astimezone(means.tz).date(), locale=locale)
        yield say("cases.line_paused", locale=locale, state=shown, until=until)
    else:
        yield say("cases.line", locale=locale, state=shown)
    waiting = sum(reply.state is ReplyState.KEPT for reply in story.replies)
    if waiting:
        yield say("cases.replies", locale=locale, count=waiting)


def _courses(story: CaseStory, means: Means, *, locale: str) -> Iterable[str]:
    """Which course stands where, by the town's own names."""
    standing: tuple[tuple[Programme, enum.Enum | None], ...] = (
        (Programme.OUTREACH, None if story.outreach is None else story.outreach.state),
        (
            Programme.PARTICIPATION,
            None if story.participation is None else story.participation.state,
        ),
        (Programme.MULTI_AGENCY, None if story.multi_agency is None else story.multi_agency.state),
    )
    for programme, state in standing:
        if state is not None:
            name = means.settings.names.programme(programme, locale=locale)
            yield say(
                "cases.course", locale=locale, name=b.escape(name), state=word(state, locale=locale)
            )


def _part(title: str, lines: list[str], empty: str, locale: str) -> str:
    shown = [f"• {line}" for line in lines] or [say(f"cases.{empty}", locale=locale)]
    return f"*{say(title, locale=locale)}*\n" + "\n".join(shown)


def _consents(story: CaseStory, means: Means, locale: str) -> list[str]:
    return [
        say(
            "cases.consent",
            locale=locale,
            type=word(consent.type, locale=locale),
            state=word(consent.state, locale=locale),
            day=day(consent.since.astimezone(means.tz).date(), locale=locale),
        )
        for consent in story.consents[:SHOWN]
        if consent.since is not None
    ]


def _letters(story: CaseStory, means: Means, locale: str) -> list[str]:
    return [
        say(
            "cases.letter",
            locale=locale,
            at=means.moment(letter.sent_at or letter.opens_at, locale=locale),
            kind=word(letter.kind, locale=locale),
            state=word(letter.state, locale=locale),
        )
        for letter in story.letters[:SHOWN]
    ]


def _contact(contact: Contact, means: Means, locale: str) -> str:
    return say(
        "approvals.contact_bare" if contact.met is Met.NOT_APPLICABLE else "approvals.contact",
        locale=locale,
        at=means.moment(contact.at, locale=locale),
        channel=word(contact.channel, locale=locale),
        met=word(contact.met, locale=locale),
    )


def _code_button(case: Case, *, locale: str) -> Json:
    return b.button(
        say("cases.issue_code", locale=locale),
        ISSUE_CODE,
        value=f"{case.id}:{case.alias}",
        label=say("cases.issue_code_label", locale=locale, alias=case.alias),
        confirm=b.confirm(
            title=say("cases.issue_title", locale=locale),
            text=say("cases.issue_text", locale=locale),
            yes=say("cases.issue_confirm", locale=locale),
            no=say("cases.issue_deny", locale=locale),
        ),
    )
