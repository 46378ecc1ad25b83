"""The Home tab: what waits, in a fixed order, and why it is fine when nothing does."""

from collections.abc import Mapping, Sequence
from typing import Final

from bots.i18n.catalogue import day, quota_line, say, word
from bots.slack import blocks as b
from bots.slack.approvals import READ
from bots.slack.blocks import Json
from bots.slack.contacts import OPEN as OPEN_CONTACT
from bots.slack.glass import glass_block
from bots.slack.letter_buttons import OPEN_REWRITE
from bots.slack.letters import OPEN_WRITE
from bots.slack.means import Means
from bots.slack.replies import open_case_button, open_town_button
from core.cases import Case
from core.inbound import KeptEvent
from core.letters import Letter
from core.linking import RECEPTION
from core.municipal_profiles.duties import answer_due
from core.ports import DeskCase
from core.reminders import Reminder
from core.usecases.desk.show_desk import DeskView

MORE: Final = "home_more"
STEP: Final = 10
# Shown only when there is something in them.
QUIET: Final = frozenset({"sent_back", "tray", "glass", "reminders"})
# 100 blocks at most; headings, buttons and the foot need about 20.
ROWS_MOST: Final = 72


def home_view(desk: DeskView, means: Means, *, shown: Mapping[str, int], locale: str) -> Json:
    """The Home tab of this colleague.

    Args:
        shown: how many rows of each section to show, where more than the usual ten.
    """
    rows = {
        "to_approve": [
            _to_approve(letter, case, desk, means, locale) for letter, case in desk.to_approve
        ],
        "glass": [glass_block(seen, means, locale=locale) for seen in desk.glass],
        "reminders": [_reminder(one, desk, locale) for one in desk.reminders],
        "sent_back": [
            _sent_back(letter, case, desk, means, locale) for letter, case in desk.sent_back
        ],
        "answered": [_answered(case, count, desk, locale) for case, count in desk.answered],
        "today": [_today(letter, case, desk, means, locale) for letter, case in desk.today],
        "tray": [_in_tray(event, means, locale) for event in desk.tray],
        "cases": [_case(item, desk, means, locale) for item in desk.cases],
    }
    blocks = [_doing(locale), *_month(desk, locale), *_quota(desk, locale)]
    left = ROWS_MOST
    for name, listed in rows.items():
        if name in QUIET and not listed:
            continue
        some = listed[: min(shown.get(name, STEP), left)]
        left -= len(some)
        blocks += _section(name, some, count=len(listed), locale=locale)
    at = means.moment(means.clock.now(), locale=locale, zoned=True)
    blocks.append(b.context(say("home.updated", locale=locale, at=at)))
    return b.home(blocks)


def stranger_view(text: str) -> Json:
    """For somebody who is not on the roll: a friendly word."""
    return b.home([b.section(b.escape(text))])


def _doing(locale: str) -> Json:
    return b.actions(
        b.button(say("home.write", locale=locale), OPEN_WRITE, style="primary"),
        b.button(say("home.log", locale=locale), OPEN_CONTACT),
        open_town_button(locale=locale),
    )


def _month(desk: DeskView, locale: str) -> list[Json]:
    """That a month's figures are there; which figures, the town's own page says."""
    if desk.month is None:
        return []
    facts = {"month": desk.month.month.month, "revision": desk.month.revision}
    return [b.context(say("home.month_told", locale=locale, **facts))]


def _quota(desk: DeskView, locale: str) -> list[Json]:
    if desk.quota is None:
        return []
    said = quota_line(desk.quota, locale=locale)
    return [b.context(say("quota.home", locale=locale, said=said))]


def _section(name: str, rows: Sequence[Json], *, count: int, locale: str) -> list[Json]:
    made = [b.header(say(f"home.{name}", locale=locale, count=count)), *rows]
    if not rows and name not in QUIET:
        made.append(b.context(say(f"home.{name}_none", locale=locale)))
    if count > len(rows):
        more = b.button(say("common.more", locale=locale), MORE, value=f"{name}:{len(rows) + STEP}")
        made.append(b.actions(more, block_id=f"more_{name}"))
    return made


def _in_tray(event: KeptEvent, means: Means, locale: str) -> Json:
    """Of what kind it is and when it came; what it says is read elsewhere."""
    at = means.moment(event.received_at, locale=locale)
    if event.kind == RECEPTION:
        reads, due = answer_due(
            means.settings.hours,
            event.received_at,
            tz=means.tz,
            closed_days=means.holidays(event.received_at),
        )
        said = {
            "reads": means.moment(reads, locale=locale),
            "due": means.moment(due, locale=locale),
        }
        return b.context(say("home.tray_reception", locale=locale, at=at, **said))
    kind = b.escape(event.kind or "?")
    return b.context(say("home.tray_row", locale=locale, kind=kind, at=at))


def _area(case: Case, desk: DeskView, locale: str) -> str:
    area = desk.areas.get(case.area_id, "") if case.area_id else ""
    return b.escape(area or say("common.no_area", locale=locale))


def _letter_row(
    key: str, letter: Letter, case: Case, desk: DeskView, means: Means, locale: str
) -> str:
    return say(
        key,
        locale=locale,
        alias=b.escape(case.alias),
        area=_area(case, desk, locale),
        kind=word(letter.kind, locale=locale),
        state=word(letter.state, locale=locale),
        window=means.moment(letter.opens_at, locale=locale),
    )


def _read_button(letter: Letter, case: Case, locale: str) -> Json:
    return b.button(
        say("home.read", locale=locale),
        READ,
        value=letter.id,
        label=say("home.read_label", locale=locale, alias=case.alias),
    )


def _to_approve(letter: Letter, case: Case, desk: DeskView, means: Means, locale: str) -> Json:
    return b.section(
        _letter_row("home.letter_row", letter, case, desk, means, locale),
        accessory=_read_button(letter, case, locale),
    )


def _sent_back(letter: Letter, case: Case, desk: DeskView, means: Means, locale: str) -> Json:
    return b.section(
        _letter_row("home.letter_row", letter, case, desk, means, locale),
        accessory=b.button(
            say("approvals.rewrite", locale=locale),
            OPEN_REWRITE,
            value=letter.id,
            label=say("approvals.rewrite_label", locale=locale, alias=case.alias),
        ),
    )


def _reminder(one: Reminder, desk: DeskView, locale: str) -> Json:
    """What is owed, on which case, and since when or until when."""
    due = "" if one.due_on is None else day(one.due_on, locale=locale)
    return b.section(
        say(
            "home.reminder_row" if due else "home.reminder_row_plain",
            locale=locale,
            alias=b.escape(one.case.alias),
            area=_area(one.case, desk, locale),
            what=word(one.kind, locale=locale),
            due=due,
        ),
        accessory=open_case_button(case_id=one.case.id, alias=one.case.alias, locale=locale),
    )


def _answered(case: Case, count: int, desk: DeskView, locale: str) -> Json:
    return b.section(
        say(
            "home.answered_row",
            locale=locale,
            alias=b.escape(case.alias),
            area=_area(case, desk, locale),
            count=count,
        ),
        accessory=open_case_button(case_id=case.id, alias=case.alias, locale=locale),
    )


def _today(letter: Letter, case: Case, desk: DeskView, means: Means, locale: str) -> Json:
    """From here everybody on the case reads the letter, and can still call it off."""
    return b.section(
        _letter_row("home.today_row", letter, case, desk, means, locale),
        accessory=_read_button(letter, case, locale),
    )


def _case(item: DeskCase, desk: DeskView, means: Means, locale: str) -> Json:
    case = item.case
    if item.last_contact_at is None:
        contact = say("home.not_yet_met", locale=locale)
    else:
        on = item.last_contact_at.astimezone(means.tz).date()
        contact = say("home.last_contact", locale=locale, day=day(on, locale=locale))
    return b.section(
        say(
            "home.case_row",
            locale=locale,
            alias=b.escape(case.alias),
            area=_area(case, desk, locale),
            state=word(case.state, locale=locale),
            contact=contact,
        ),
        accessory=open_case_button(
            case_id=case.id, alias=case.alias, locale=locale, text=say("home.open", locale=locale)
        ),
    )
