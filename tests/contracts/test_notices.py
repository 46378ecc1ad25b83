"""What the store promises about notices to many."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core.ids import AreaId, LetterId, NoticeId
from core.letters import LetterKind, notice_key
from core.notices import LeftOut, Notice, NoticeMode, NoticeState, NotThisWay
from core.ports import UnitOfWork
from tests.core.usecases.test_notices import TYPHOON, WORDS
from tests.people import A12, LETTER, MIDORI, MONDAY, SATO, TANAKA, A

NOTICE = Notice(
    id=NoticeId("notice-1"),
    municipality_id=MIDORI,
    occasion=TYPHOON,
    areas=frozenset({AreaId("north")}),
    mode=NoticeMode.PASSES_PACE,
    body=WORDS,
    alt_text="おたより",
    opens_at=MONDAY,
    closes_at=MONDAY + timedelta(hours=6),
    author_id=SATO.id,
    created_at=MONDAY,
    left_out=(LeftOut(case_id=A12.id, why=NotThisWay.RESTING),),
    command_key="once",
)
PART = replace(
    LETTER,
    id=LetterId("letter-of-notice"),
    kind=LetterKind.NOTICE,
    author_id=SATO.id,
    command_key=notice_key(NOTICE.id, A.id),
    passes_pace=True,
)


async def test_a_notice_comes_back_whole_with_the_letters_that_are_its_own(
    midori: UnitOfWork,
) -> None:
    other = replace(PART, id=LetterId("other"), command_key="notice:notice-10:person-a")
    async with midori.write() as work:
        assert await work.notices.add(NOTICE)
        for letter in (PART, LETTER, other):
            assert await work.letters.add(letter)
        assert await work.notices.get(NOTICE.id) == NOTICE
        assert await work.notices.all() == (NOTICE,)
        assert await work.notices.by_command("once") == NOTICE
        assert await work.notices.letters(NOTICE.id) == (PART,)


async def test_one_command_is_one_notice_and_one_version_is_changed_once(
    midori: UnitOfWork,
) -> None:
    async with midori.write() as work:
        assert await work.notices.add(NOTICE)
        assert not await work.notices.add(replace(NOTICE, id=NoticeId("notice-2")))
        approved = replace(
            NOTICE,
            state=NoticeState.APPROVED,
            approved_by=TANAKA.id,
            approved_at=MONDAY,
            version=2,
        )
        assert await work.notices.change(approved, version=1)
        assert not await work.notices.change(approved, version=1)


@pytest.mark.rule("R-087", "G-06")
@pytest.mark.parametrize(
    "changes",
    [
        {"state": NoticeState.APPROVED},
        {"state": NoticeState.APPROVED, "approved_by": SATO.id, "approved_at": MONDAY},
        {"closes_at": MONDAY},
    ],
)
async def test_the_database_refuses_an_approval_of_nobody_or_of_the_author(
    midori: UnitOfWork, changes: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        async with midori.write() as work:
            await work.notices.add(replace(NOTICE, **changes))  # type: ignore[arg-type]
            await work.commit()


@pytest.mark.rule("R-087", "G-03")
async def test_no_other_letter_passes_by_the_pace(midori: UnitOfWork) -> None:
    with pytest.raises(IntegrityError):
        async with midori.write() as work:
            await work.letters.add(replace(LETTER, passes_pace=True))
            await work.commit()
