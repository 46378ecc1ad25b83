"""ひと続きのおたより on one card: every word to be read, approved together or one by one."""

from datetime import date

import pytest

from core.cadence.packs import Anchor, LetterPack
from core.letters import LetterState
from core.ports import UnitOfWork
from core.series import Series, StepWords
from core.usecases.series.draft_series import draft_series
from tests.bots.slack.office import Office
from tests.core.usecases.series_office import FIRST, LAST, NEXT_IS_LAST
from tests.people import A12, MONDAY, SUZUKI, TOKYO
from tests.proofs import PROOF

PACK = LetterPack(key="three", name="三通", days=(7,), months=(1, 2))


async def drafted(uow: UnitOfWork) -> Series:
    said = [FIRST, NEXT_IS_LAST, LAST]
    return await draft_series(
        uow,
        case_id=A12.id,
        by=SUZUKI.id,
        pack=PACK,
        anchor=Anchor.LINKING,
        anchored_on=date(2026, 11, 30),
        words={key: StepWords(body=one) for key, one in zip(("d7", "m1", "m2"), said, strict=True)},
        at=MONDAY,
        tz=TOKYO,
        proof=PROOF,
    )


async def stages(uow: UnitOfWork) -> list[LetterState]:
    async with uow.read() as work:
        letters = await work.letters.of_case(A12.id)
    return sorted(letter.state for letter in letters)


@pytest.mark.rule("G-06")
async def test_a_whole_series_stands_on_one_card_and_is_approved_as_shown(
    office: Office, uow: UnitOfWork
) -> None:
    await drafted(uow)
    await office.rest()
    card = office.dm("佐藤")[-1]
    assert card["text"] == "A-12: ひと続きのおたよりの承認のお願い"
    said = office.said("佐藤")
    assert all(words in said for words in (NEXT_IS_LAST, LAST))
    assert "次でひと区切りと知らせる回" in said
    texts = [block["text"] for block in card["blocks"] if "text" in block]
    [exact] = [text for text in texts if LAST in text["text"]]
    assert exact["type"] == "plain_text", "stars and colons stand there as they are sent"
    await office.act(office.slack.click("佐藤", "見た3通を承認する"))
    assert await stages(uow) == [LetterState.SCHEDULED] * 3
    assert "3通を承認しました。" in office.said("佐藤")


async def test_one_by_one_is_possible_and_the_next_may_be_left_out(
    office: Office, uow: UnitOfWork
) -> None:
    await drafted(uow)
    await office.rest()
    await office.act(office.slack.click("佐藤", "この1通を承認"))
    assert (await stages(uow)).count(LetterState.SCHEDULED) == 1
    await office.act(office.slack.click("鈴木", "次の1通は送らない"))
    assert (await stages(uow)).count(LetterState.CANCELLED) == 1
