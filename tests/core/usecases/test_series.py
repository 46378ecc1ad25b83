"""ひと続きのおたより: written in one go, approved one by one, held, rested, ended with notice."""

from datetime import date, datetime, timedelta

import pytest

from core.access import NotYours
from core.agencies import Role
from core.cadence.packs import HAGAKI, Anchor, LetterPack
from core.cadence.planning import Part
from core.cases import CaseResting, CaseState
from core.closing import Farewell
from core.contacts import ContactChannel, Met
from core.days import DaysOff
from core.letters import LetterState
from core.people import LetterWishes
from core.replies import Press
from core.series import (
    EndUntold,
    OnlySlower,
    SameWordsInSeries,
    SeriesAsks,
    SeriesRuns,
    SeriesState,
    StepGone,
    StepWords,
)
from core.series_letters import SeriesWordsBlocked
from core.usecases.series.change_pace import change_pace
from core.usecases.series.hand_over_series import hand_over_series
from core.usecases.series.shorten_series import shorten_series
from core.usecases.series.skip_step import skip_step
from core.usecases.series.stop_series import stop_series
from core.usecases.series.write_steps import write_steps
from tests.core.usecases.office import Office
from tests.core.usecases.series_office import (
    FIRST,
    NEXT_IS_LAST,
    approve_all,
    drafted,
    pass_days,
    preview,
    shown,
    standing,
    unfold,
    words_for,
)
from tests.people import SATO, SUZUKI, TANAKA, TOKYO
from tests.proofs import PROOF

DAY = timedelta(days=1)
THREE = LetterPack(key="three", name="三通", days=(7,), months=(1, 2))
SHORT = LetterPack(key="short", name="四通", days=(7,), months=(1, 2, 3))


def tokyo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOKYO)  # type: ignore[arg-type,misc]


@pytest.mark.rule("G-03", "G-06")
async def test_a_year_of_letters_is_written_at_once_and_each_is_approved_by_itself(
    office: Office,
) -> None:
    series = await drafted(office)
    view = await shown(office, series)
    assert [one.step.key for one in view.to_approve] == [
        *("d1", "d7", "m1", "m2", "m3", "m4", "m6", "m8", "m10", "m12")
    ]
    assert (await standing(office, series))["m8"] == "PENDING_APPROVAL"
    assert await approve_all(office, series) == []
    stages = await standing(office, series)
    assert set(stages.values()) == {"SCHEDULED"}
    letters = [one.letter for one in (await shown(office, series)).steps if one.letter]
    assert len({letter.bound_hash for letter in letters}) == 10
    assert [letter.asks_again for letter in letters] == [False, False, *([True] * 8)]
    assert await office.cards(letters[0].id) == {}, "one card for the series, not ten"
    holders = {who for kind, who in await office.cards(series.id) if kind == "SERIES"}
    assert holders == {SUZUKI.id, SATO.id, TANAKA.id}
    assert "series.drafted" in await office.trail(series.id)


@pytest.mark.rule("G-27", "S5")
async def test_a_visit_holds_the_whole_series_until_it_is_read_again(office: Office) -> None:
    series = await drafted(office, pack=SHORT)
    await approve_all(office, series)
    office.clock.at += DAY
    await office.log(channel=ContactChannel.VISIT, met=Met.MET)
    assert set((await standing(office, series)).values()) == {"HELD NEW_FACT"}
    office.clock.at += DAY
    await office.deliver()
    assert office.line.calls == 0
    assert await approve_all(office, series) == []
    assert set((await standing(office, series)).values()) == {"SCHEDULED"}


@pytest.mark.rule("S5")
async def test_a_word_of_the_person_holds_it_too(office: Office) -> None:
    series = await drafted(office, pack=SHORT)
    await approve_all(office, series)
    await office.says("ありがとう")
    assert set((await standing(office, series)).values()) == {"HELD NEW_FACT"}


@pytest.mark.rule("G-03", "G-13")
async def test_a_rest_skips_and_what_comes_later_stays_where_it_was(office: Office) -> None:
    series = await drafted(office, pack=SHORT)
    await approve_all(office, series)
    was = {one.step.key: one.step.opens_at for one in (await shown(office, series)).steps}
    await office.presses(Press.REST)
    over = tokyo(2026, 12, 30, 10, 30)
    assert await standing(office, series) == {
        key: "CANCELLED RESTING" if opens < over else "SCHEDULED"
        for key, opens in was.items()
        if opens is not None
    }
    now = {one.step.key: one.step.opens_at for one in (await shown(office, series)).steps}
    assert now == was
    await pass_days(office, tokyo(2027, 3, 10))
    sent = [one.step.key for one in (await shown(office, series)).steps if one.sent]
    assert "d7" not in sent
    assert len(sent) >= 2


@pytest.mark.rule("C5", "S6")
async def test_a_stop_of_the_person_ends_it_at_once(office: Office) -> None:
    series = await drafted(office, pack=SHORT)
    await approve_all(office, series)
    await office.presses(Press.STOP)
    assert set((await standing(office, series)).values()) == {"CANCELLED STOPPED_BY_PERSON"}
    assert await unfold(office) == 1
    ended = (await shown(office, series)).series
    assert (ended.state, ended.ended_because) == (SeriesState.STOPPED, "STOPPED_BY_PERSON")
    assert await unfold(office) == 0


@pytest.mark.rule("G-21")
async def test_it_comes_to_its_end_with_notice(office: Office) -> None:
    series = await drafted(office, pack=THREE)
    await approve_all(office, series)
    assert [one.step.part for one in (await shown(office, series)).steps] == [
        Part.ONE_OF_MANY,
        Part.PRE_LAST,
        Part.LAST,
    ]
    await pass_days(office, tokyo(2027, 2, 20))
    assert set((await standing(office, series)).values()) == {"SENT"}
    assert (await shown(office, series)).series.state is SeriesState.ENDED
    assert "series.ended" in await office.trail(series.id)


@pytest.mark.rule("G-21")
async def test_where_the_notice_fell_away_the_last_letter_tells_it_and_one_more_is_the_last(
    office: Office,
) -> None:
    series = await drafted(office, pack=THREE)
    await approve_all(office, series)
    (notice,) = (
        one for one in (await shown(office, series)).steps if one.step.part is Part.PRE_LAST
    )
    assert notice.letter is not None
    await office.stop(notice.letter)
    office.clock.at += DAY
    assert await unfold(office) == 1
    steps = (await shown(office, series)).steps
    assert [(one.step.key, one.step.part) for one in steps[2:]] == [
        ("m2", Part.PRE_LAST),
        ("m2+", Part.LAST),
    ]
    assert steps[2].letter is not None
    assert steps[2].letter.state is LetterState.DRAFT
    assert (await standing(office, series))["m2+"] == "WAITS"
    assert "series.end_moved" in await office.trail(series.id)


@pytest.mark.rule("G-21")
async def test_a_series_of_which_letters_were_sent_does_not_stop_in_silence(office: Office) -> None:
    series = await drafted(office, pack=SHORT)
    await approve_all(office, series)
    await pass_days(office, tokyo(2026, 12, 13))
    assert (await standing(office, series))["d7"] == "SENT"
    for ticked in (None, Farewell.NO_LETTERS, Farewell.ANNOUNCED_THEN_LAST):
        with pytest.raises(EndUntold):
            await stop_series(
                office.uow, series_id=series.id, by=SUZUKI.id, at=office.now, farewell=ticked
            )
    shorter = await shorten_series(office.uow, series_id=series.id, by=SUZUKI.id, at=office.now)
    stages = await standing(office, series)
    assert (stages["m1"], stages["m2"]) == ("DRAFT", "DRAFT")
    assert stages["m3"].startswith("CANCELLED")
    assert [step.part for step in shorter.steps[1:3]] == [Part.PRE_LAST, Part.LAST]
    stopped = await stop_series(
        office.uow,
        series_id=series.id,
        by=SUZUKI.id,
        at=office.now,
        farewell=Farewell.TOLD_IN_PERSON,
    )
    assert stopped.state is SeriesState.STOPPED


@pytest.mark.rule("G-21")
async def test_one_letter_is_left_out_but_not_those_that_tell_of_the_end(office: Office) -> None:
    series = await drafted(office, pack=SHORT)
    await skip_step(office.uow, series_id=series.id, key="d7", by=SUZUKI.id, at=office.now)
    assert (await standing(office, series))["d7"] == "CANCELLED WITHDRAWN_BY_STAFF"
    for key in ("m2", "m3"):
        with pytest.raises(EndUntold):
            await skip_step(office.uow, series_id=series.id, key=key, by=SUZUKI.id, at=office.now)
    with pytest.raises(StepGone):
        await skip_step(office.uow, series_id=series.id, key="d7", by=SUZUKI.id, at=office.now)


@pytest.mark.rule("G-06")
async def test_other_words_need_another_approval(office: Office) -> None:
    series = await drafted(office, pack=SHORT)
    await approve_all(office, series)
    now = (await shown(office, series)).series
    new = StepWords(
        body="鈴木です。おたよりは今日で終わります。ここに書けば、鈴木か佐藤が読みます。"
    )
    changed = await write_steps(
        office.uow,
        series_id=series.id,
        version=now.version,
        words={"m3": new},
        by=SUZUKI.id,
        at=office.now,
        proof=PROOF,
    )
    stages = await standing(office, series)
    assert stages == {
        "d7": "SCHEDULED",
        "m1": "SCHEDULED",
        "m2": "SCHEDULED",
        "m3": "PENDING_APPROVAL",
    }
    assert changed.step("m3").words == new
    with pytest.raises(NotYours):
        await write_steps(
            office.uow,
            series_id=series.id,
            version=changed.version,
            words={"m3": new},
            by=TANAKA.id,
            at=office.now,
            proof=PROOF,
        )


async def test_words_may_come_later_and_a_letter_without_any_is_left_out_with_its_reason(
    office: Office,
) -> None:
    series = await drafted(office, pack=SHORT, words={"d7": StepWords(body=FIRST)})
    assert (await standing(office, series))["m1"] == "WAITS"
    changed = await write_steps(
        office.uow,
        series_id=series.id,
        version=series.version,
        words={"m2": StepWords(body=NEXT_IS_LAST)},
        by=SUZUKI.id,
        at=office.now,
        proof=PROOF,
    )
    assert changed.step("m2").letter_id is not None
    await pass_days(office, tokyo(2027, 1, 20))
    assert (await standing(office, series))["m1"] == "NO_WORDS"


@pytest.mark.rule("G-27")
async def test_regular_meetings_ask_who_goes_on_and_nothing_is_approved_meanwhile(
    office: Office,
) -> None:
    series = await drafted(office, pack=SHORT)
    await approve_all(office, series)
    for _ in range(3):
        office.clock.at += DAY
        await office.log(channel=ContactChannel.VISIT, met=Met.MET)
    await unfold(office)
    asking = (await shown(office, series)).series
    assert asking.asks_since == office.now
    assert (await shown(office, series)).to_approve == ()
    (held, *_) = (one.letter for one in (await shown(office, series)).steps)
    assert held is not None
    with pytest.raises(SeriesAsks):
        await office.approve(held)
    colleague = await office.hire("sumire", Role.OUTREACH_WORKER, seats=(Role.OUTREACH_WORKER,))
    await hand_over_series(
        office.uow, series_id=series.id, to=colleague.id, by=SUZUKI.id, at=office.now
    )
    now = await shown(office, series)
    assert (now.series.author_id, now.series.asks_since) == (colleague.id, None)
    assert {one.letter.state for one in now.steps if one.letter} == {LetterState.DRAFT}
    assert {one.letter.author_id for one in now.steps if one.letter} == {colleague.id}
    await unfold(office)
    assert (await shown(office, series)).series.asks_since is None, "asked and settled"


@pytest.mark.rule("G-27")
async def test_the_question_goes_when_meetings_are_not_regular_any_more(office: Office) -> None:
    series = await drafted(office, pack=HAGAKI)
    for _ in range(3):
        office.clock.at += DAY
        await office.log(channel=ContactChannel.VISIT, met=Met.MET)
    await unfold(office)
    office.clock.at += timedelta(days=61)
    await unfold(office)
    assert (await shown(office, series)).series.asks_since is None
    assert "series.asks_no_more" in await office.trail(series.id)


@pytest.mark.rule("G-03")
async def test_it_only_becomes_slower_and_the_last_two_stay(office: Office) -> None:
    series = await drafted(office)
    slower = await change_pace(
        office.uow, series_id=series.id, take_every=2, by=SUZUKI.id, at=office.now
    )
    going = [key for key, told in (await standing(office, series)).items() if "PENDING" in told]
    assert going == ["d1", "m1", "m3", "m6", "m10", "m12"]
    assert slower.take_every == 2
    with pytest.raises(OnlySlower):
        await change_pace(
            office.uow, series_id=series.id, take_every=1, by=SUZUKI.id, at=office.now
        )


@pytest.mark.rule("G-03", "G-22")
async def test_what_the_person_wishes_caps_what_a_colleague_plans(office: Office) -> None:
    mourning = DaysOff(first=date(2020, 12, 28), last=date(2020, 1, 31), yearly=True)
    await office.person(letter_wishes=LetterWishes(days_off=(mourning,), take_every=2))
    steps = await preview(office)
    going = [step.key for step in steps if step.taken]
    assert going == ["d7", "m2", "m4", "m8", "m12"]
    for step in steps:
        if step.opens_at is not None:
            assert not mourning.cover(step.opens_at.date())


async def test_a_series_waits_for_a_visit_that_is_to_come(office: Office) -> None:
    given = await words_for(office, pack=SHORT)
    series = await drafted(office, pack=SHORT, anchor=Anchor.VISIT, anchored_on=None, words=given)
    assert set((await standing(office, series)).values()) == {"WAITS"}
    office.clock.at += 2 * DAY
    await office.log(channel=ContactChannel.VISIT, met=Met.ABSENT)
    await unfold(office)
    assert (await shown(office, series)).series.anchored_on is None
    await office.log(channel=ContactChannel.VISIT, met=Met.MET)
    await unfold(office)
    assert (await shown(office, series)).series.anchored_on == date(2026, 12, 2)
    assert set((await standing(office, series)).values()) == {"PENDING_APPROVAL"}


async def test_what_does_not_begin(office: Office) -> None:
    given = await words_for(office, pack=SHORT)
    with pytest.raises(SeriesWordsBlocked) as refused:
        await drafted(office, pack=SHORT, words=given | {"m2": StepWords(body="福祉課です。")})
    assert refused.value.facts["step"] == "m2"
    with pytest.raises(SameWordsInSeries):
        await drafted(office, pack=SHORT, words=given | {"m2": given["m1"]})
    await drafted(office, pack=SHORT, words=given, command_key="one")
    again = await drafted(office, pack=SHORT, words=given, command_key="one")
    assert again.command_key == "one"
    with pytest.raises(SeriesRuns):
        await drafted(office, pack=SHORT, words=given, command_key="two")
    await office.move_case(CaseState.DISCOVERED)
    with pytest.raises(CaseResting):
        await drafted(office, pack=SHORT, words=given, command_key="three")


@pytest.mark.rule("HOUSE-11")
async def test_looks_that_come_late_twice_or_not_at_all_give_the_same_rows(office: Office) -> None:
    series = await drafted(office, pack=THREE)
    await approve_all(office, series)
    assert await unfold(office) == 0
    office.clock.at = tokyo(2027, 2, 20)
    before = (await shown(office, series)).series
    for _ in range(3):
        await unfold(office)
    now = (await shown(office, series)).series
    assert [step.untaken for step in now.steps] == [step.untaken for step in before.steps]
