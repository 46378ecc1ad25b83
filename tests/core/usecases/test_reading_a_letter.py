"""What an approver sees before deciding: the phone, what was changed, what happened since."""

from datetime import timedelta

import pytest

from core.agencies import Role
from core.letter_changes import Change
from core.letter_news import NewsKind
from core.letters import LetterState, Reason
from core.replies import Press
from core.usecases.letters.show_letter import LetterView, show_letter
from tests.core.usecases.office import Office
from tests.people import MONDAY, SATO, SUZUKI, TANAKA, WORDS
from tests.proofs import PROOF

MINUTE = timedelta(minutes=1)


async def seen(office: Office, letter_id: str, viewer: str = SATO.id) -> LetterView:
    return await show_letter(
        office.uow,
        letter_id=letter_id,  # type: ignore[arg-type]
        viewer=viewer,  # type: ignore[arg-type]
        at=office.now,
        proof=PROOF,
        press=office.press,
    )


@pytest.mark.rule("S2")
@pytest.mark.parametrize("alt_text", ["", "鈴木からのおたより"])
async def test_the_letter_as_the_phone_will_show_it_and_after_approval_as_it_was_frozen(
    office: Office, alt_text: str
) -> None:
    letter = await office.write(alt_text=alt_text)
    before = (await seen(office, letter.id)).rendering
    assert before is not None
    assert (before.bubbles, before.lock_screen) == ((WORDS,), alt_text or WORDS)
    assert before.buttons == ("そのまま", "少し休む", "やめる", "人と話したい")
    await office.approve(letter)
    assert (await seen(office, letter.id)).rendering == before


@pytest.mark.rule("S2")
async def test_what_the_author_changed_after_it_came_back(office: Office) -> None:
    letter = await office.write(body="鈴木です。寒いですね。返事はいりません。")
    assert (await seen(office, letter.id)).changes == ()
    back = await office.give_back(letter)
    await office.rewrite(
        back, body="鈴木です。雪になりました。返事はいりません。", alt_text="みどりのたより"
    )
    view = await seen(office, letter.id)
    assert view.changes == (Change("寒いですね。", "雪になりました。"),)
    assert view.alt_changes == (Change("", "みどりのたより"),)


@pytest.mark.rule("S5")
async def test_news_counts_from_when_the_words_were_written_as_they_stand(office: Office) -> None:
    letter = await office.write()
    office.clock.at = MONDAY + MINUTE
    await office.log()
    assert len((await seen(office, letter.id)).news) == 1
    back = await office.give_back(letter)
    office.clock.at = MONDAY + 2 * MINUTE
    await office.rewrite(back)
    assert (await seen(office, letter.id)).news == ()


@pytest.mark.rule("C5")
async def test_changes_of_consent_are_told_as_such(office: Office) -> None:
    letter = await office.write()
    office.clock.at = MONDAY + MINUTE
    await office.presses(Press.STOP)
    news = (await seen(office, letter.id)).case_news
    assert [one.kind for one in news] == [NewsKind.CONSENT]


@pytest.mark.rule("S2")
async def test_until_when_an_approval_lasts(office: Office) -> None:
    letter = await office.write()
    waiting = await seen(office, letter.id)
    assert (waiting.ends_at, waiting.approval_days) == (None, 14)
    await office.approve(letter)
    assert (await seen(office, letter.id)).ends_at == MONDAY + timedelta(days=14)
    series = await office.of_a_series(opens_at=MONDAY + timedelta(days=11))
    assert (await seen(office, series.id)).ends_at is None, "it is asked about on its day"


@pytest.mark.rule("S6")
@pytest.mark.rule("DOMAIN-3.7")
async def test_author_approver_and_coordinator_may_call_it_off_until_it_leaves(
    office: Office,
) -> None:
    coordinator = await office.hire("coordinator", seats=(Role.COORDINATOR,))
    for week, who in enumerate((SUZUKI.id, SATO.id, TANAKA.id, coordinator.id)):
        letter = await office.approved(opens_at=MONDAY + timedelta(days=7 * week, minutes=5))
        assert (await seen(office, letter.id, who)).may_stop
        await office.stop(letter, by=who)
        assert await office.stands(letter) == (LetterState.CANCELLED, Reason.WITHDRAWN_BY_STAFF)
