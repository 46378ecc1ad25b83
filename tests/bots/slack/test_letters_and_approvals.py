"""A letter from 鈴木's form to 佐藤's decision, by visible label."""

from core.letters import LetterState
from core.ports import UnitOfWork
from tests.bots.slack.office import Office
from tests.bots.slack.steps import the_letter, write
from tests.people import WORDS, A


async def test_a_letter_written_in_the_form_waits_for_approval(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)

    assert office.screen("鈴木")["modal"] is None
    assert (await the_letter(uow)).state is LetterState.PENDING_APPROVAL
    card = office.said("佐藤")
    assert WORDS in card
    assert "A-12" in card
    assert f"みどりのたより\n{WORDS}" in card
    assert "そのまま · 少し休む · やめる · 人と話したい" in card
    assert office.dm("佐藤")[-1]["buttons"] == ["承認する", "直して返す", "やめる"]
    assert office.dm("鈴木")[-1]["buttons"] == ["やめる"]
    assert office.dm("佐藤")[-1]["text"] == "A-12: 承認のお願い"


async def test_approving_schedules_it_and_the_card_says_who_and_when(
    office: Office, uow: UnitOfWork
) -> None:
    await write(office)
    await office.act(office.slack.click("佐藤", "承認する"))

    assert (await the_letter(uow)).state is LetterState.SCHEDULED
    assert office.dm("佐藤")[-1]["buttons"] == ["直して返す", "やめる"]
    assert "予約中" in office.said("佐藤")
    assert "佐藤さんが" in office.said("田中")
    assert "予約中" in office.said("鈴木")


async def test_nothing_of_the_person_ever_leaves_for_slack(office: Office) -> None:
    await write(office)
    await office.act(office.slack.click("佐藤", "承認する"))
    await office.act(office.slack.command("佐藤", "/case", "A-12"))
    await office.act(office.slack.open("佐藤", "home"))

    sent = str([call.args for call in office.slack.record])
    for private in (A.name, A.kana, A.address, *A.phones, *A.interests):
        assert private not in sent
