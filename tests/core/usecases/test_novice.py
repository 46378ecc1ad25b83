"""Somebody who is new writes with approved texts, and asks a colleague for everything else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.approvals import OnlyApprovedWords
from core.letters import LetterState
from core.people import LanguageStyle
from core.profiles import StandingText, TextUse
from core.usecases.letters.show_letter import show_letter
from core.wording.kinds import TextKind
from storage.engine import Store
from tests.core.usecases.office import Office
from tests.core.usecases.whole import refused
from tests.people import MIDORI, MONDAY, SATO, SUZUKI, TANAKA
from tests.proofs import PROOF

ANSWER = "読みました。ありがとうございます。返事はいりません。"
TEMPLATE = "{名乗り}です。寒くなりました。{結び}"


@pytest.fixture
async def with_novice(office: Office) -> Office:
    """鈴木 is new, and the town has two approved texts."""
    async with office.uow.write() as work:
        await work.staff.put(replace(SUZUKI, novice=True))
        answer = StandingText(
            municipality_id=MIDORI,
            name="answer",
            version="1",
            body=ANSWER,
            author_id=SATO.id,
            approved_by=TANAKA.id,
            approved_at=MONDAY - timedelta(days=30),
            use=TextUse.ANSWER,
        )
        template = replace(
            answer,
            name="cold",
            body=TEMPLATE,
            use=TextUse.TEMPLATE,
            kind=TextKind.CHECK_IN,
            style=LanguageStyle.STANDARD,
        )
        for text in (answer, template):
            await work.towns.put_standing_text(text)
        await work.commit()
    return office


@pytest.mark.rule("G-06")
async def test_free_words_are_refused_with_the_next_step(with_novice: Office, store: Store) -> None:
    async with refused(store, OnlyApprovedWords, rule="G-06"):
        await with_novice.write()


@pytest.mark.rule("G-06")
@pytest.mark.parametrize(
    "body", [ANSWER, f" {ANSWER}\n", "鈴木です。寒くなりました。みどりの窓口の鈴木でした。"]
)
async def test_approved_words_wait_for_approval_like_any_letter(
    with_novice: Office, body: str
) -> None:
    letter = await with_novice.write(body=body)
    assert letter.state is LetterState.PENDING_APPROVAL
    view = await show_letter(
        with_novice.uow, letter_id=letter.id, viewer=SATO.id, at=with_novice.now, proof=PROOF
    )
    assert view.wrote_as_novice


@pytest.mark.rule("G-06")
@pytest.mark.parametrize(
    "body",
    [
        ANSWER + "がんばって。",
        "わかりました。送るのをやめます。ここに話しかけてもらうのは、いつでも大丈夫です。",
        "鈴木です。寒くなりました。" + "ながい結び" * 9,
    ],
)
async def test_words_beside_an_approved_text_are_free_words(
    with_novice: Office, store: Store, body: str
) -> None:
    async with refused(store, OnlyApprovedWords, rule="G-06"):
        await with_novice.write(body=body)


@pytest.mark.rule("G-06")
async def test_a_letter_that_came_back_is_rewritten_with_approved_words_only(
    with_novice: Office, store: Store
) -> None:
    back = await with_novice.give_back(await with_novice.write(body=ANSWER))
    async with refused(store, OnlyApprovedWords, rule="G-06"):
        await with_novice.rewrite(back)


async def test_everybody_else_writes_freely(with_novice: Office) -> None:
    await with_novice.write(by=SATO.id)
