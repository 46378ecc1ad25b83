"""一斉のお知らせ in Slack: one card with counts, a second officer approves, either stops it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.ids import NoticeId
from core.letters import LetterState
from core.notices import Notice, NoticeMode
from core.ports import UnitOfWork
from core.usecases.notices.write_notice import write_notice
from tests.bots.slack.office import Office
from tests.core.usecases.test_notices import CITY, ONO, TAKAHASHI, TYPHOON, WORDS
from tests.midori import add_neighbour
from tests.people import MONDAY, SATO, TANAKA, TOKYO, A
from tests.proofs import PROOF

HOUR = timedelta(hours=1)
# 佐藤 and 田中 have the Slack accounts of the practice town; here they work for the city.
OFFICER = replace(SATO, roles=TAKAHASHI.roles, agency_id=CITY.id)
SECOND = replace(TANAKA, roles=TANAKA.roles | ONO.roles, agency_id=CITY.id)


async def written(uow: UnitOfWork) -> Notice:
    async with uow.write() as work:
        await work.towns.put_agency(CITY)
        for one in (OFFICER, SECOND):
            await work.staff.put(one)
        await work.commit()
    await add_neighbour(uow, 1)
    return await write_notice(
        uow,
        occasion=TYPHOON,
        body=WORDS,
        alt_text="",
        areas=frozenset(),
        mode=NoticeMode.KEEPS_PACE,
        opens_at=MONDAY + HOUR,
        closes_at=MONDAY + 6 * HOUR,
        by=OFFICER.id,
        at=MONDAY,
        tz=TOKYO,
        proof=PROOF,
    )


async def stages(uow: UnitOfWork, notice_id: NoticeId) -> set[LetterState]:
    async with uow.read() as work:
        return {letter.state for letter in await work.notices.letters(notice_id)}


@pytest.mark.rule("R-087", "G-06")
async def test_one_card_shows_the_exact_words_and_counts_and_follows_the_record(
    office: Office, uow: UnitOfWork
) -> None:
    notice = await written(uow)
    await office.rest()
    assert office.dm("田中")[-1]["text"] == "一斉のお知らせの承認のお願い"
    said = office.said("田中")
    for words in (WORDS, "承認待ち 2・予約中 0", "みどりのたより"):
        assert words in said
    for hidden in ("台風10号", "停電", A.name, "A-12"):
        assert hidden not in said
    await office.act(office.slack.click("田中", "この文を承認する"))
    assert await stages(uow, notice.id) == {LetterState.SCHEDULED}
    for who in ("佐藤", "田中"):
        assert "承認待ち 0・予約中 2" in office.said(who)
    await office.act(office.slack.click("佐藤", "とめる"))
    assert await stages(uow, notice.id) == {LetterState.CANCELLED}
    assert "LINEで届かない方 2人" in office.said("佐藤")


@pytest.mark.rule("R-087")
async def test_whoever_has_left_the_municipality_presses_and_is_told_the_rule(
    office: Office, uow: UnitOfWork
) -> None:
    notice = await written(uow)
    await office.rest()
    async with uow.write() as work:
        await work.staff.put(replace(SECOND, roles=TANAKA.roles, agency_id=None))
        await work.commit()
    await office.act(office.slack.click("田中", "この文を承認する"))
    assert "R-087" in str(office.screen("田中"))
    assert await stages(uow, notice.id) == {LetterState.PENDING_APPROVAL}
