"""支援の段階 and 緊急: which course stands where, since when, and what comes next."""

import enum
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from bots.i18n.catalogue import word
from bots.web.chapters.rows import Chapter, Row, Voice, facts, listed
from bots.web.deeds import why
from core.agencies import Role
from core.audit import AuditEntry
from core.closing import PostClosing
from core.courses.multi_agency import MULTI_AGENCY_TABLE
from core.courses.outreach import OUTREACH_TABLE
from core.courses.participation import PARTICIPATION_TABLE
from core.discovery import Discovery
from core.emergency import Emergency
from core.programmes import Programme
from core.transitions import Row as TableRow
from core.transitions import steps_from

S = TypeVar("S", bound=enum.StrEnum)
G = TypeVar("G")
_OVER: Final = frozenset({"CLOSED", "INTERRUPTED", "NO_ACTION", "REFERRED_OUT"})
# The rows of each course carry its letters.
_LETTERS: Final = {
    Programme.OUTREACH: "O",
    Programme.PARTICIPATION: "PT",
    Programme.MULTI_AGENCY: "MK",
}


def courses(voice: Voice) -> Chapter:
    """One row for each course of the case."""
    return Chapter(
        id="courses",
        title="支援の段階",
        rows=tuple(_courses(voice)),
        empty="まだどの事業も始まっていません。知らせを受けたところから、ゆっくり始められます。",
    )


def emergencies(voice: Voice) -> Chapter:
    """Emergencies, the running one first."""
    return Chapter(
        id="emergencies",
        title="緊急の対応",
        rows=tuple(_emergency(one, voice) for one in voice.story.emergencies),
    )


def _courses(voice: Voice) -> Iterator[Row]:
    story = voice.story
    if story.outreach is not None:
        course = story.outreach
        yield Row(
            **_standing(Programme.OUTREACH, course.state, OUTREACH_TABLE, voice),
            facts=facts(
                *_since(Programme.OUTREACH, voice),
                *_next(OUTREACH_TABLE, course.state),
                ("見つかったきっかけ", _found(course.discovery, voice)),
                ("主担当の決め方", _lead(course.lead, voice)),
                ("支援の進め方", "" if course.mode is None else word(course.mode)),
                *_after(course.post_closing, voice),
            ),
        )
    if story.participation is not None:
        joined = story.participation
        yield Row(
            **_standing(Programme.PARTICIPATION, joined.state, PARTICIPATION_TABLE, voice),
            facts=facts(
                *_since(Programme.PARTICIPATION, voice),
                *_next(PARTICIPATION_TABLE, joined.state),
                ("早く始めたわけ", joined.early_start),
                ("落ち着いた日", voice.day(joined.stable_since)),
                *_after(joined.post_closing, voice),
            ),
        )
    if story.multi_agency is not None:
        together = story.multi_agency
        yield Row(
            **_standing(Programme.MULTI_AGENCY, together.state, MULTI_AGENCY_TABLE, voice),
            facts=facts(
                *_since(Programme.MULTI_AGENCY, voice),
                *_next(MULTI_AGENCY_TABLE, together.state),
                ("受付の結果", "" if together.screening is None else word(together.screening)),
                *_after(together.post_closing, voice),
            ),
        )


def _standing(
    programme: Programme, state: S, table: Iterable[TableRow[S, G]], voice: Voice
) -> dict[str, Any]:
    return {
        "title": voice.names.programme(programme),
        "chip": word(state),
        "tone": "still" if state.value in _OVER else "open",
    }


def _since(programme: Programme, voice: Voice) -> Iterator[tuple[str, str]]:
    """When the course came to where it stands, and who brought it there."""
    last = next((one for one in voice.story.moves if _is_of(one, programme)), None)
    if last is not None:
        event = last.event
        by = voice.colleague(event.actor)
        yield "いつから", f"{voice.moment(event.at)}{f'({by})' if by else ''}"
        yield "わけ", why(event)


def _is_of(entry: AuditEntry, programme: Programme) -> bool:
    rows = [one.removeprefix("row=") for one in entry.event.evidence if one.startswith("row=")]
    return any(row.rstrip("0123456789") == _LETTERS[programme] for row in rows)


def _next(table: Iterable[TableRow[S, G]], state: S) -> Iterator[tuple[str, str]]:
    """Where it may go from here by somebody's step; what the system does alone is left out."""
    rows = [row for row in steps_from(table, state) if row.who != frozenset({Role.SYSTEM})]
    yield "次の段階", listed(dict.fromkeys(word(row.to) for row in rows))


def _found(discovery: Discovery, voice: Voice) -> str:
    who = voice.agency(discovery.agency_id)
    if not who and not discovery.anonymity_requested:
        who = discovery.informant
    parts = (voice.day(discovery.on), word(discovery.route), who)
    return " ".join(part for part in parts if part)


def _lead(lead: Any, voice: Voice) -> str:
    if lead is None:
        return ""
    agency = voice.agency(lead.agency_id)
    return f"{word(lead.mode)}{f'({agency})' if agency else ''}"


def _after(post: PostClosing | None, voice: Voice) -> Iterator[tuple[str, str]]:
    if post is not None:
        yield "終わるわけ", word(post.reason)
        yield "そのあとの主担当", voice.agency(post.lead_agency_id)
        yield "そのあとの見守り", post.follow_up_method
        yield "情報の共有", post.information_sharing
        yield "また始めるしるし", post.reopening_signs
        yield "次に声をかける日", voice.day(post.next_contact_on)
        yield "見守りの終わり", voice.day(post.ends_on)


def _emergency(emergency: Emergency, voice: Voice) -> Row:
    called = (
        f"{word(call.rescuer)} "
        + (
            f"要らない({call.not_needed_because})"
            if call.not_needed_because
            else f"{voice.moment(call.at)} {voice.colleague(call.by)}"
        )
        for call in emergency.calls
    )
    return Row(
        title=word(emergency.danger),
        chip="いま対応しています" if emergency.running else "終わりました",
        tone="look" if emergency.running else "still",
        when=voice.moment(emergency.raised_at),
        facts=facts(
            ("始めた方", voice.colleague(emergency.raised_by)),
            ("連絡", listed(called)),
            ("まだ決めていない連絡", listed(map(word, emergency.unanswered))),
            ("終わり", voice.moment(emergency.ended_at)),
            ("ふりかえりの期限", voice.day(emergency.review_due_on)),
        ),
    )
