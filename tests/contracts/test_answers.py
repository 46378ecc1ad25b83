"""What the store promises about answers of colleagues."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.answers import Answer, ShownAs
from core.errors import NotFound
from core.ids import AnswerId, LetterId
from core.ports import UnitOfWork
from tests.contracts.letters_at_hand import scheduled
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, A

ANSWER = Answer(
    id=AnswerId("answer-1"),
    municipality_id=MIDORI,
    person_id=A.id,
    case_id=A12.id,
    text="佐藤です。\n写真、見ました。ホームの光がきれいですね。",
    by=SATO.id,
    at=MONDAY,
    shown_as=ShownAs.PAGE,
)


async def test_an_answer_comes_back_word_for_word(midori: UnitOfWork) -> None:
    over_line = replace(
        ANSWER,
        id=AnswerId("answer-2"),
        at=MONDAY + timedelta(minutes=1),
        shown_as=ShownAs.LINE,
        in_place_of=SUZUKI.id,
        letter_id=LetterId("one"),
    )
    async with midori.write() as work:
        await work.letters.add(scheduled("one"))
        await work.answers.add(ANSWER)
        await work.answers.add(over_line)
        await work.commit()
    async with midori.read() as work:
        assert await work.answers.get(ANSWER.id) == ANSWER
        assert await work.answers.of_person(A.id) == (over_line, ANSWER)
        assert await work.answers.of_person(A.id, limit=1) == (over_line,)
        assert await work.answers.of_case(A12.id) == (over_line, ANSWER)
        assert await work.answers.of_case(A12.id, since=over_line.at) == (over_line,)
        with pytest.raises(NotFound):
            await work.answers.get(AnswerId("nobody"))
