"""会議: by the town's own names; on which law and why, what was decided, and to whom it is open."""

from collections.abc import Iterator
from typing import Final

from bots.i18n.catalogue import word
from bots.web.chapters.rows import Chapter, Row, Voice, facts, listed
from core.access import Manner
from core.agencies import Role
from core.meetings.bodies import MeetingBody
from core.meetings.items import AgendaItem
from core.meetings.materials import Material
from core.meetings.minutes import Minutes
from core.meetings.sittings import Meeting, MeetingState

_ENDED: Final = frozenset({MeetingState.CLOSED, MeetingState.CANCELLED})


def meetings(voice: Voice) -> Chapter:
    """One row for each item of this case, newest sitting first."""
    story = voice.story
    return Chapter(
        id="meetings",
        title="会議",
        rows=tuple(
            _item(item, meeting, voice) for meeting in story.meetings for item in meeting.items
        ),
        empty="まだ会議にかけていません。会議にかけるときは、同意に合う会議が示されます。",
    )


def _item(item: AgendaItem, meeting: Meeting, voice: Voice) -> Row:
    over = meeting.state in _ENDED or not item.is_live
    return Row(
        title=f"{_body_name(item, voice)} · {word(item.purpose)}",
        chip=word(meeting.state) if item.is_live else word(item.state),
        tone="still" if over else "open",
        when=_when(item, meeting, voice),
        facts=facts(
            *_ground(item, voice),
            ("事業", listed(map(voice.names.programme, sorted(item.programmes)))),
            ("出した方", voice.colleague(item.requested_by)),
            ("開き方", _venue(meeting)),
            ("取り下げたわけ", "" if item.dropped_for is None else word(item.dropped_for)),
            ("出席", listed(dict.fromkeys(_present(item, voice)))),
            *_decision(item, voice),
            ("資料", listed(f"資料{one.number} {one.title}" for one in _papers(item, meeting))),
        ),
        words=() if _reads_apart(voice) else tuple(_minutes(meeting.minutes_of(item.id))),
        links=tuple(_links(item, meeting, voice)) if _reads_apart(voice) else (),
    )


def _venue(meeting: Meeting) -> str:
    """Around a table or at screens, and where; nothing while there is no date (R-049)."""
    if not meeting.blocks:
        return ""
    return word(meeting.mode) + (f"({meeting.place})" if meeting.place else "")


def _reads_apart(voice: Voice) -> bool:
    """Whether minutes and papers are opened on pages of their own, where the record says so.

    Whoever broke the glass and the operator sit at no table, and have the whole case before them.
    """
    passed = voice.story.reader
    return passed.manner is not Manner.WITH_REASON and passed.role is not Role.SYSTEM


def _links(item: AgendaItem, meeting: Meeting, voice: Voice) -> Iterator[tuple[str, str]]:
    """The story has minutes and papers only of items in whose circle the reader is (R-082)."""
    at = f"/s/cases/{voice.story.case.alias}/meetings/{meeting.id}"
    if any(_papers(item, meeting)):
        yield "会議の資料を読む", f"{at}/papers"
    if meeting.minutes_of(item.id) is not None:
        yield "議事録を読む", f"{at}/minutes/{item.id}"


def _body(item: AgendaItem, voice: Voice) -> MeetingBody | None:
    if item.ground is None:
        return None
    body_id = item.ground.body_id
    return next((body for body in voice.story.bodies if body.id == body_id), None)


def _body_name(item: AgendaItem, voice: Voice) -> str:
    body = _body(item, voice)
    if body is not None:
        return body.name
    return "会議の種類はこれから決まります" if item.ground is None else _of_law(item, voice)


def _of_law(item: AgendaItem, voice: Voice) -> str:
    return "" if item.ground is None else voice.names.meeting(item.ground.basis)


def _when(item: AgendaItem, meeting: Meeting, voice: Voice) -> str:
    block = meeting.block_of(item)
    return "" if block is None else voice.moment(block.begins_at)


def _ground(item: AgendaItem, voice: Voice) -> Iterator[tuple[str, str]]:
    if item.ground is not None:
        yield "会議の種類", word(item.ground.basis)
        yield "そのわけ", listed(map(word, sorted(item.ground.reasons)))


def _present(item: AgendaItem, voice: Voice) -> Iterator[str]:
    known = {one.id: one for one in voice.story.participants}
    for participant_id in sorted(item.present):
        one = known.get(participant_id)
        if one is None:
            continue
        yield (
            voice.colleague(one.staff_id)
            or voice.person(one.person_id)
            or voice.agency(one.agency_id)
            or listed(map(word, sorted(one.stands_for)))
        )


def _decision(item: AgendaItem, voice: Voice) -> Iterator[tuple[str, str]]:
    decision = item.decision
    if decision is not None:
        yield "決まったこと", word(decision.outcome)
        yield "わけ", decision.reason
        yield (
            "役割",
            " / ".join(f"{voice.agency(role.agency_id)}:{role.does}" for role in decision.roles),
        )
        yield "主担当", voice.agency(decision.lead_agency_id)
        yield "次のモニタリング", voice.day(decision.next_monitoring_on)
        yield "ほかの意見", decision.dissent


def _papers(item: AgendaItem, meeting: Meeting) -> Iterator[Material]:
    return (one for one in meeting.materials if one.item_id == item.id and not one.is_withdrawn)


def _minutes(minutes: Minutes | None) -> Iterator[str]:
    """Only whoever is in the item's circle has them in their story (R-082)."""
    return iter(()) if minutes is None else minutes_lines(minutes)


def minutes_lines(minutes: Minutes) -> Iterator[str]:
    """What was said, heading by heading; facts and opinions apart."""
    for heading, text in minutes.content:
        yield f"{word(heading)}:{text}"
    for fact in minutes.facts:
        yield f"事実:{fact}"
    for opinion in minutes.opinions:
        yield f"意見:{opinion}"
    for shared in minutes.shared:
        yield f"共有した情報:{shared.what}"
