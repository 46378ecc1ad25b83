"""鈴木 chooses words in Slack: they land in the letter, to be changed or handed in as they are."""

from dataclasses import replace

import pytest

from core.letters import LetterState
from core.people import LanguageStyle
from core.ports import UnitOfWork
from tests.bots.slack.office import Office, opened
from tests.bots.slack.steps import letters, the_letter
from tests.people import A

NOTHING_DONE = "鈴木です。うまくいかない日も、何もしない日も、気にかけています。"


async def opens(office: Office, alias: str = "A-12") -> None:
    await office.slack.command("鈴木", "/otayori", alias)
    await office.front.settle()


async def chooses(office: Office, template: str, **more: str) -> None:
    await office.act(office.slack.click("鈴木", "ひな形から選ぶ"))
    await office.act(office.slack.submit("鈴木", {"ひな形": template} | more))


def words_in(office: Office) -> str:
    """What stands in the text field."""
    fields = office.modal("鈴木")["inputs"]
    return next(one["value"] or "" for one in fields if one["label"] == "おたよりの言葉")


async def test_a_template_lands_in_the_text_field_and_may_be_changed(
    office: Office, uow: UnitOfWork
) -> None:
    await opens(office)
    await chooses(office, "何もしない日も")
    assert words_in(office) == NOTHING_DONE

    await office.act(office.slack.submit("鈴木", {"おたよりの言葉": f"{NOTHING_DONE}それでは。"}))
    letter = await the_letter(uow)
    assert letter.state is LetterState.PENDING_APPROVAL
    assert (letter.body, letter.template) == (f"{NOTHING_DONE}それでは。", "nanimo-shinai-hi/1")


async def test_another_choice_takes_the_place_of_the_first(office: Office) -> None:
    await opens(office)
    await chooses(office, "何もしない日も")
    await chooses(office, "ここにいます")

    assert words_in(office).startswith("鈴木です。変わらず")


async def test_what_was_filled_in_already_stays(office: Office, uow: UnitOfWork) -> None:
    await opens(office)
    await office.slack.fill("鈴木", {"種類": "季節のおたより", "届ける時刻(日本時間)": "15:00"})
    await chooses(office, "季節のひとこと")
    await office.act(office.slack.submit("鈴木", {}))

    letter = await the_letter(uow)
    assert f"{letter.opens_at:%H:%M}" == "06:00"
    assert letter.kind.value == "SEASON"
    assert (letter.season or "").startswith("59")


@pytest.mark.rule("G-04")
async def test_words_of_a_letter_that_waits_are_not_offered_again(office: Office) -> None:
    await opens(office)
    await chooses(office, "何もしない日も")
    await office.act(office.slack.submit("鈴木", {}))
    await opens(office)
    await office.act(office.slack.click("鈴木", "ひな形から選ぶ"))

    shown = str(office.modal("鈴木"))
    assert "ここにいます" in shown
    assert "何もしない日も" not in shown


@pytest.mark.parametrize("free_text", ["LINK_ONLY", "OFF"])
async def test_where_nothing_is_typed_a_letter_is_chosen_wholly_in_slack(
    uow: UnitOfWork, free_text: str
) -> None:
    async with opened(uow, free_text=free_text) as office:
        await opens(office)
        labels = {one["label"] for one in office.modal("鈴木")["inputs"]}
        assert not labels & {"おたよりの言葉", "ロック画面に出す言葉"}

        await chooses(office, "何もしない日も")
        assert NOTHING_DONE in "\n".join(office.modal("鈴木")["texts"])
        await office.act(office.slack.submit("鈴木", {}))

    letter = await the_letter(uow)
    assert (letter.body, letter.template) == (NOTHING_DONE, "nanimo-shinai-hi/1")


async def test_where_nothing_is_typed_nothing_chosen_is_no_letter(uow: UnitOfWork) -> None:
    async with opened(uow, free_text="LINK_ONLY") as office:
        await opens(office)
        await office.act(office.slack.submit("鈴木", {}))
        assert office.screen("鈴木")["modal"] is not None
    assert await letters(uow) == []


async def test_words_that_changed_since_they_were_seen_are_not_handed_in(
    uow: UnitOfWork,
) -> None:
    async with opened(uow, free_text="LINK_ONLY") as office:
        await opens(office)
        await chooses(office, "何もしない日も")
        await office.slack.fill("鈴木", {"種類": "季節のおたより"})
        await office.act(office.slack.submit("鈴木", {}))
        assert "もう一度ひな形を選び" in str(office.modal("鈴木"))
    assert await letters(uow) == []


async def test_a_returned_letter_is_rewritten_by_choosing(uow: UnitOfWork) -> None:
    async with opened(uow, free_text="LINK_ONLY") as office:
        await opens(office)
        await chooses(office, "何もしない日も")
        await office.act(office.slack.submit("鈴木", {}))
        await office.slack.click("佐藤", "直して返す")
        await office.front.settle()
        await office.act(office.slack.submit("佐藤", {"直してほしいところ": "もう少し短く。"}))
        await office.act(office.slack.click("鈴木", "書き直す"))
        assert NOTHING_DONE in "\n".join(office.modal("鈴木")["texts"])
        await chooses(office, "ここにいます")
        await office.act(office.slack.submit("鈴木", {}))

    letter = await the_letter(uow)
    assert letter.template == "koko-ni-iru/1"
    assert letter.body.startswith("鈴木です。変わらず")


async def test_nothing_of_the_choice_names_the_person(office: Office) -> None:
    await opens(office)
    await chooses(office, "ふと思い出して(季節)")

    sent = str([call.args for call in office.slack.record])
    for private in (A.name, A.kana, A.address, *A.phones):
        assert private not in sent


async def test_in_a_persons_own_style(office: Office, uow: UnitOfWork) -> None:
    async with uow.write() as work:
        await work.people.put(replace(A, language_style=LanguageStyle.YASASHII_RUBY))
        await work.commit()
    await opens(office)
    await chooses(office, "何もしない日も")

    assert words_in(office).startswith("鈴木です。何(なに)もしない日(ひ)も、")
