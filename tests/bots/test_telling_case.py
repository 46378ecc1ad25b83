"""The command line tells a case whole, and who opened it; as tables and as JSON."""

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.console import Console

from bots.doctor import Check
from bots.i18n.names import names_of
from bots.profiles.reader import read_profile
from bots.telling import tell_checks, tell_tray
from bots.telling_case import case_json, openings_json, tell_case, tell_openings
from core.contacts import Contact, ContactChannel, Met
from core.ids import ContactId, LineEventId, ReplyId
from core.inbound import KeptEvent
from core.replies import Reply, ReplyKind
from core.usecases.cases.show_case import show_case
from core.usecases.reading.who_opened import who_opened
from storage.unit_of_work import SqlUnitOfWork
from tests.bots.web.rich import enrich
from tests.midori import found_midori
from tests.people import A12, LINK_A, MIDORI, MONDAY, SATO, TOKYO


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is told does not depend on the kind of database."""
    return sqlite_url


@pytest.fixture
async def midori(unit_of_work: SqlUnitOfWork) -> SqlUnitOfWork:
    """A-12 with something in every chapter, and more contacts than a page shows."""
    await found_midori(unit_of_work)
    await enrich(unit_of_work)
    async with unit_of_work.write() as work:
        for number in range(600):
            contact = Contact(
                id=ContactId(f"c-{number:04}"),
                municipality_id=MIDORI,
                case_id=A12.id,
                at=MONDAY - timedelta(hours=number),
                channel=ContactChannel.PHONE,
                met=Met.VOICE_ONLY,
                by=SATO.id,
                note=f"メモ{number}",
            )
            await work.contacts.add(contact)
        await work.commit()
    return unit_of_work


def console() -> Console:
    return Console(file=io.StringIO(), width=400, force_terminal=False)


def said(out: Console) -> str:
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


async def test_the_whole_story_is_told_in_the_towns_own_names(midori: SqlUnitOfWork) -> None:
    story = await show_case(midori, case_id=A12.id, by=None, at=MONDAY, tz=TOKYO, most=None)
    out = console()
    names = names_of(read_profile("kitakyushu"))
    tell_case(out, story, TOKYO, at=MONDAY, names=names)
    told = said(out)
    for words in ("伴走型支援事業", "重層の会議", "電車の話がしたい", "みどりの縁側", "メモ599"):
        assert words in told, words


async def test_as_json_nothing_of_the_case_is_left_out_and_lines_own_id_is(
    midori: SqlUnitOfWork,
) -> None:
    story = await show_case(midori, case_id=A12.id, by=None, at=MONDAY, tz=TOKYO, most=None)
    told = json.dumps(case_json(story), ensure_ascii=False)
    again = json.loads(told)
    assert len(again["contacts"]) == 600
    assert {line["type"] for line in again["consents"]} >= {"CHANNEL_LINE", "SHARE_MEETING"}
    assert again["plans"][0]["sheet"]["wish"] == "電車の話がしたい"
    assert LINK_A.line_user_id not in told
    assert "staff" not in again, "the town's own lists are not the case's"


async def test_who_opened_a_case_is_told_with_how_far_it_went(midori: SqlUnitOfWork) -> None:
    await show_case(midori, case_id=A12.id, by=SATO.id, at=MONDAY, tz=TOKYO)
    told = await who_opened(midori, case_id=A12.id, by=None, at=MONDAY, most=None)
    out = console()
    tell_openings(out, told, TOKYO)
    assert "佐藤" in said(out) and "この案件を開きました" in said(out)
    [opening] = json.loads(json.dumps(openings_json(told)))["openings"]
    assert (opening["actor"], opening["evidence"]) == (SATO.id, ["manner=full"])


async def test_what_somebody_wrote_is_no_markup_of_ours(midori: SqlUnitOfWork) -> None:
    words = "[/bold]ここ[red]まで"
    async with midori.write() as work:
        reply = Reply(
            id=ReplyId("r-1"),
            municipality_id=MIDORI,
            person_id=A12.person_id,
            case_id=A12.id,
            kind=ReplyKind.TEXT,
            text=words,
            message_id="m-1",
            occurred_at=MONDAY,
            received_at=MONDAY,
        )
        await work.replies.add(reply)
        await work.commit()
    out = console()
    story = await show_case(midori, case_id=A12.id, by=None, at=MONDAY)
    tell_case(out, story, TOKYO, at=MONDAY, names=names_of(read_profile("midori")))
    kept = KeptEvent(
        id=LineEventId("e-1"),
        municipality_id=MIDORI,
        event_key="e-1",
        received_at=MONDAY,
        raw=words.encode(),
        kind="novelty",
    )
    tell_tray(out, [kept], TOKYO)
    named = replace(story, person=replace(story.person, name=words))
    tell_case(console(), named, TOKYO, at=MONDAY, names=names_of(read_profile("midori")))
    tell_checks(out, [Check(name="settings", verdict="fail", found=words, next_step="…")])
    assert said(out).count(words) == 3
