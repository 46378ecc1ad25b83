"""つなぎ・つなぐシート, 参加の場, and what was asked of others and given to them."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from bots.i18n.catalogue import word
from bots.web.chapters.rows import Chapter, Row, Voice, facts, listed, topics_text
from core.connect_sheets import ConnectSheet
from core.disclosure import Disclosure
from core.inquiries import Inquiry
from core.referrals.record import Referral, ReferralState
from core.resources import Match, MatchState
from core.shielding import CareMark

_OVER: Final = frozenset({ReferralState.RETURNED, ReferralState.DONE})


def connections(voice: Voice) -> Chapter:
    """Referrals and sheets, newest first."""
    story = voice.story
    return Chapter(
        id="connections",
        title="つなぎ・つなぐシート",
        rows=(
            *(_referral(one, voice) for one in story.referrals),
            *(_sheet(one, voice) for one in story.sheets),
        ),
        empty="まだつなぎはありません。ご本人に説明してから、つなぎます。",
    )


def places(voice: Voice) -> Chapter:
    """参加の場: places that were told of, tried, joined."""
    return Chapter(
        id="places",
        title="参加の場",
        rows=tuple(_match(one, voice) for one in voice.story.matches),
        empty="まだ参加の場とのつながりはありません。ご本人の望む場から、少しずつ始められます。",
    )


def given(voice: Voice) -> Chapter:
    """聞いたこと・渡したこと; left out while there is nothing."""
    story = voice.story
    return Chapter(
        id="given",
        title="たずねたこと・渡したこと",
        rows=(
            *(_inquiry(one, voice) for one in story.inquiries),
            *(_disclosure(one, voice) for one in story.disclosures),
        ),
    )


def marks(voice: Voice) -> Chapter:
    """しるし: those the reader is named on; left out while there is none."""
    return Chapter(
        id="marks",
        title="気をつけるしるし",
        rows=tuple(_mark(one, voice) for one in voice.story.marks),
    )


def _referral(referral: Referral, voice: Voice) -> Row:
    back = referral.feedback
    return Row(
        title=f"{word(referral.kind)} → {voice.agency(referral.to_agency_id)}",
        chip=word(referral.state),
        tone="still" if referral.state in _OVER else "open",
        when=voice.day(referral.sent_on),
        facts=facts(
            ("つないだところ", voice.agency(referral.from_agency_id)),
            ("担当", voice.colleague(referral.from_staff_id)),
            ("宛先", referral.to_contact),
            ("ご本人への説明", voice.moment(referral.explained_at)),
            ("ご本人の言葉", referral.own_words),
            ("不安をやわらげること", listed(map(word, sorted(referral.measures)))),
            ("受け取り", voice.day(referral.received_on)),
            ("受け取りの期限", _open_day(referral.received_on, referral.acknowledge_by, voice)),
            ("返されたわけ", referral.returned_because),
            ("そのあとの支え", referral.linked_support),
            ("はじめて会った日", voice.day(referral.first_contact_on)),
            ("返事の期限", "" if back else voice.day(referral.feedback_due_on)),
            ("返事", "" if back is None else f"{voice.day(back.seen_on)} {back.happened}"),
            ("これから", "" if back is None else back.next_step),
        ),
        words=(referral.summary,) if referral.summary else (),
    )


def _open_day(done: date | None, due: date | None, voice: Voice) -> str:
    return "" if done is not None else voice.day(due)


def _sheet(sheet: ConnectSheet, voice: Voice) -> Row:
    reply = sheet.reply
    chip = "返事があります" if reply else "送りました" if sheet.sent_on else "書いています"
    return Row(
        title=f"つなぐシート → {voice.agency(sheet.to_agency_id)}",
        chip=chip,
        tone="still" if reply else "open",
        when=voice.day(sheet.sent_on or sheet.written_on),
        facts=facts(
            ("つなぎ方", word(sheet.step)),
            ("つないだところ", voice.agency(sheet.from_agency_id)),
            ("いっしょに行く方", voice.colleague(sheet.companion_id)),
            ("ご相談", sheet.came_for),
            ("気づいたこと", listed(sheet.noticed)),
            ("してみたこと", sheet.done),
            ("お願いしたいこと", sheet.hoped_for),
            ("返事の期限", "" if reply else voice.day(sheet.reply_due_on)),
            ("返事", "" if reply is None else f"{voice.day(reply.returned_on)} {reply.result}"),
            ("これから", "" if reply is None else reply.next_plan),
        ),
    )


def _match(match: Match, voice: Voice) -> Row:
    place = next((one for one in voice.story.places if one.id == match.place_id), None)
    return Row(
        title="" if place is None else place.name,
        chip=word(match.state),
        tone="still" if match.state is MatchState.ENDED else "open",
        when=voice.day(match.stable_since),
        facts=facts(
            ("受け入れ先", "" if place is None else voice.agency(place.host_agency_id)),
            ("ためした日", listed(map(voice.day, match.trials))),
            ("受け入れ先をたずねた日", listed(map(voice.day, match.host_visits))),
            ("離れた日", voice.day(match.ended_on)),
        ),
    )


def _inquiry(inquiry: Inquiry, voice: Voice) -> Row:
    return Row(
        title=f"{voice.agency(inquiry.to_agency_id)} にたずねました",
        chip=word(inquiry.ground),
        tone="look" if inquiry.warns else "still",
        when=voice.moment(inquiry.at),
        facts=facts(
            ("どなたについて", voice.person(inquiry.member_id)),
            ("何を", topics_text(inquiry.topics)),
            ("たずねた方", voice.colleague(inquiry.by)),
            ("わけ", inquiry.reason),
        ),
    )


def _disclosure(disclosure: Disclosure, voice: Voice) -> Row:
    to = voice.agency(disclosure.to) or voice.colleague(disclosure.to) or disclosure.to
    return Row(
        title=f"{to} に渡しました",
        chip=word(disclosure.ground),
        facts=facts(*_shared(disclosure, voice)),
    )


def _shared(disclosure: Disclosure, voice: Voice) -> Iterator[tuple[str, str]]:
    yield "何を", listed(map(word, sorted(disclosure.parts)))
    yield "伝えた言葉", disclosure.told
    yield "わけ", disclosure.reason
    yield "いつまで", voice.day(disclosure.ends_on)


def _mark(mark: CareMark, voice: Voice) -> Row:
    return Row(
        title=f"{voice.person(mark.person_id)}:{word(mark.care)}",
        chip="案件を閉じています" if mark.closes_case else "",
        tone="look",
        facts=facts(("見てよい方", listed(map(voice.colleague, sorted(mark.cleared))))),
    )
