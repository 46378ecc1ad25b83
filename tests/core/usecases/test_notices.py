"""一斉のお知らせ: one text of the municipality, as a letter for each person (R-087)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.access import NotActive
from core.agencies import Agency, Area, Role, Staff
from core.cases import Case
from core.consent.scopes import LineScope
from core.errors import CaseworkError
from core.ids import AgencyId, AreaId, CaseId, StaffId
from core.letters import (
    ENDS,
    KindNotWritten,
    Letter,
    LetterKind,
    LetterState,
    NotByTheMunicipality,
    WindowUnfit,
)
from core.line_modes import LineMode, LineUse, ModeForbids
from core.lint import WordingBlocked
from core.notices import (
    Notice,
    NoticeMode,
    NoticeMovedOn,
    NoticeReadAsOne,
    NoticeState,
    NotThisWay,
    Occasion,
    OccasionIncomplete,
    OccasionKind,
    OwnNotice,
)
from core.people import LinkState
from core.replies import Press
from core.shielding import Care, CareMark
from core.steps import Overtaken
from core.usecases.crisis.raise_alert import raise_alert
from core.usecases.desk.show_desk import show_desk
from core.usecases.notices.approve_notice import approve_notice
from core.usecases.notices.show_notice import NoticeView, show_notice
from core.usecases.notices.stop_notice import stop_notice
from core.usecases.notices.write_notice import NobodyToApprove, OutsideOccasion, write_notice
from core.usecases.trail.check_sent import check_sent
from tests.core.usecases.office import Office
from tests.midori import add_neighbour
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A
from tests.proofs import PROOF

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CITY = Agency(
    id=AgencyId("city"), municipality_id=MIDORI, code="city", name="みどり市", is_municipality=True
)
TAKAHASHI = Staff(
    id=StaffId("staff-takahashi"),
    municipality_id=MIDORI,
    code="高橋",
    name="高橋",
    roles=frozenset({Role.MUNICIPAL_OFFICER}),
    agency_id=CITY.id,
)
ONO = replace(TAKAHASHI, id=StaffId("staff-ono"), code="大野", name="大野")
TYPHOON = Occasion(
    kind=OccasionKind.DISASTER,
    name="台風10号",
    since=date(2026, 11, 29),
    until=date(2026, 12, 5),
    reason="停電が続いている地区がある",
    ground="市災害対策本部の決定",
)
WORDS = "みどり市の高橋です。大雨のあと、いかがお過ごしかと思って書いています。返事はいりません。"


@pytest.fixture
async def town(office: Office) -> Office:
    """Two officers of the town, A, and two neighbours on LINE."""
    async with office.uow.write() as work:
        await work.towns.put_agency(CITY)
        for one in (TAKAHASHI, ONO):
            await work.staff.put(one)
        await work.commit()
    for number in (1, 2):
        await add_neighbour(office.uow, number)
    return office


async def write(office: Office, **changes: Any) -> Notice:
    asked: dict[str, Any] = {
        "occasion": TYPHOON,
        "body": WORDS,
        "alt_text": "",
        "areas": frozenset(),
        "mode": NoticeMode.KEEPS_PACE,
        "opens_at": office.now + HOUR,
        "closes_at": office.now + 6 * HOUR,
        "by": TAKAHASHI.id,
        "at": office.now,
        "tz": TOKYO,
        "proof": PROOF,
    }
    return await write_notice(office.uow, **(asked | changes))


async def approve(office: Office, notice: Notice, **changes: Any) -> Notice:
    asked: dict[str, Any] = {
        "notice_id": notice.id,
        "version": notice.version,
        "by": ONO.id,
        "at": office.now,
        "tz": TOKYO,
        "press": office.press,
        "proof": PROOF,
    }
    return await approve_notice(office.uow, **(asked | changes))


async def stop(office: Office, notice: Notice, *, by: StaffId = TAKAHASHI.id) -> Notice:
    return await stop_notice(
        office.uow, notice_id=notice.id, version=notice.version, by=by, at=office.now
    )


async def seen(office: Office, notice: Notice, *, viewer: StaffId = TAKAHASHI.id) -> NoticeView:
    return await show_notice(office.uow, notice_id=notice.id, viewer=viewer, press=office.press)


async def letters(office: Office, notice: Notice) -> dict[CaseId, Letter]:
    async with office.uow.read() as work:
        return {letter.case_id: letter for letter in await work.notices.letters(notice.id)}


def left(view: NoticeView) -> dict[str, str]:
    return {one.alias: one.why.value for round_ in view.rounds for one in round_.people}


async def change_link(office: Office, **changes: Any) -> None:
    link = await office.link()
    async with office.uow.write() as work:
        assert await work.links.change(
            replace(link, version=link.version + 1, **changes), version=link.version
        )
        await work.commit()


async def change_person(office: Office, **changes: Any) -> None:
    async with office.uow.write() as work:
        await work.people.put(replace(A, **changes))
        await work.commit()


@pytest.mark.rule("R-087", "G-06")
async def test_one_text_is_approved_once_and_each_person_has_a_letter_of_their_own(
    town: Office,
) -> None:
    notice = await write(town)
    assert (notice.state, (await seen(town, notice)).counts.waiting) == (NoticeState.WAITING, 3)
    await approve(town, notice)
    bound = await letters(town, notice)
    assert {one.state for one in bound.values()} == {LetterState.SCHEDULED}
    assert {one.kind for one in bound.values()} == {LetterKind.NOTICE}
    assert len({one.bound_hash for one in bound.values()}) == 3
    assert {one.approved_by for one in bound.values()} == {ONO.id}
    town.clock.at += HOUR
    await town.deliver_all()
    assert town.line.calls == 3
    assert (await seen(town, notice)).counts.sent == 3
    assert await check_sent(town.uow) == ()
    assert await town.trail(notice.id) == ["notice.written", "notice.approved"]


@pytest.mark.rule("R-087")
@pytest.mark.parametrize("by", [SATO, TANAKA, SUZUKI])
async def test_nobody_but_the_municipality_writes_approves_stops_or_sees_one(
    town: Office, by: Staff
) -> None:
    with pytest.raises(NotByTheMunicipality) as refused:
        await write(town, by=by.id)
    assert refused.value.rule == "R-087"
    notice = await write(town)
    for attempt in (approve(town, notice, by=by.id), stop(town, notice, by=by.id)):
        with pytest.raises(NotByTheMunicipality):
            await attempt
    with pytest.raises(NotByTheMunicipality):
        await seen(town, notice, viewer=by.id)
    with pytest.raises(NotByTheMunicipality):
        await town.write(kind=LetterKind.NOTICE)
    with pytest.raises(KindNotWritten):
        await town.write(kind=LetterKind.ACKNOWLEDGEMENT)


@pytest.mark.rule("R-087", "G-06")
async def test_the_author_does_not_approve_it_and_somebody_else_has_to_be_there(
    town: Office,
) -> None:
    notice = await write(town)
    with pytest.raises(OwnNotice):
        await approve(town, notice, by=TAKAHASHI.id)
    async with town.uow.write() as work:
        await work.staff.put(replace(ONO, active=False))
        await work.commit()
    with pytest.raises(NotActive):
        await approve(town, notice)
    with pytest.raises(NobodyToApprove):
        await write(town)


@pytest.mark.rule("R-087")
async def test_an_approver_of_letters_who_works_for_the_town_reads_it_too(town: Office) -> None:
    async with town.uow.write() as work:
        await work.staff.put(replace(TANAKA, agency_id=CITY.id))
        await work.commit()
    notice = await write(town)
    await approve(town, notice, by=TANAKA.id)
    town.clock.at += HOUR
    await town.deliver_all()
    assert town.line.calls == 3


@pytest.mark.rule("R-087")
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"occasion": replace(TYPHOON, since=date(2026, 12, 1))}, NotByTheMunicipality),
        ({"occasion": replace(TYPHOON, until=date(2026, 11, 29))}, NotByTheMunicipality),
        ({"occasion": replace(TYPHOON, ground=" ")}, OccasionIncomplete),
        ({"occasion": replace(TYPHOON, reason="")}, OccasionIncomplete),
        ({"closes_at": MONDAY + 9 * DAY}, OutsideOccasion),
        ({"body": "必ずお返事をください。"}, WordingBlocked),
        ({"alt_text": "【ひきこもり支援】"}, WordingBlocked),
        (
            {"opens_at": MONDAY + 11 * HOUR, "closes_at": MONDAY + 12 * HOUR},
            WindowUnfit,
        ),
    ],
)
async def test_a_notice_without_an_occasion_or_with_unfit_words_is_not_written(
    town: Office, changes: dict[str, Any], refusal: type[CaseworkError]
) -> None:
    with pytest.raises(refusal):
        await write(town, **changes)
    async with town.uow.read() as work:
        assert await work.notices.all() == ()


@pytest.mark.rule("R-087", "G-05", "G-12", "G-14", "S6")
@pytest.mark.parametrize(
    ("link", "person", "why"),
    [
        ({"state": LinkState.BLOCKED}, {}, NotThisWay.NOT_LINKED),
        ({"state": LinkState.UNLINKED}, {}, NotThisWay.NOT_LINKED),
        (
            {"state": LinkState.PAUSED, "paused_until": MONDAY + 9 * DAY},
            {},
            NotThisWay.RESTING,
        ),
        ({}, {"shared_device": True}, NotThisWay.SHARED_DEVICE),
        ({}, {"is_minor": True}, NotThisWay.MINOR),
        ({}, {"do_not_mention": ("大雨",)}, NotThisWay.WORDS),
    ],
)
async def test_whom_line_does_not_reach_is_listed_for_their_worker_by_alias(
    town: Office, link: dict[str, Any], person: dict[str, Any], why: NotThisWay
) -> None:
    await change_link(town, **link)
    await change_person(town, **person)
    notice = await write(town, mode=NoticeMode.PASSES_PACE)
    view = await seen(town, notice)
    assert (left(view), [round_.worker for round_ in view.rounds]) == (
        {"A-12": why.value},
        ["佐藤"],
    )
    assert (view.counts.waiting, view.counts.elsewise) == (2, 1)
    assert A.name not in repr(view.rounds)
    await approve(town, notice)
    assert A12.id not in await letters(town, notice)


@pytest.mark.rule("R-087", "C5")
async def test_a_stop_between_writing_and_approving_counts(town: Office) -> None:
    notice = await write(town)
    await town.presses(Press.STOP)
    await approve(town, notice)
    view = await seen(town, notice)
    assert left(view) == {"A-12": "NO_CONSENT"}
    assert view.counts.scheduled == 2


@pytest.mark.rule("R-087", "G-13")
async def test_a_rest_pressed_after_approval_keeps_the_letter_back(town: Office) -> None:
    notice = await write(town)
    await approve(town, notice)
    await town.presses(Press.REST)
    town.clock.at += HOUR
    await town.deliver_all()
    view = await seen(town, notice)
    assert (view.counts.sent, left(view)) == (2, {"A-12": "RESTING"})


@pytest.mark.rule("R-087", "S5")
async def test_a_word_of_the_person_holds_it_until_somebody_on_the_case_has_read_it_again(
    town: Office,
) -> None:
    notice = await write(town)
    await approve(town, notice)
    await town.says("少し困っています")
    held = (await letters(town, notice))[A12.id]
    assert (held.state, (await seen(town, notice)).counts.unread) == (LetterState.HELD, 1)
    desk = await show_desk(town.uow, staff_id=SATO.id, day_ends=town.now + DAY)
    assert [letter.id for letter, _ in desk.to_approve] == [held.id]
    await town.approve(held, by=SATO.id)
    town.clock.at += HOUR
    await town.deliver_all()
    assert (await seen(town, notice)).counts.sent == 3


@pytest.mark.rule("R-087", "S5")
async def test_whoever_has_something_unread_gets_no_text_for_everybody(town: Office) -> None:
    await town.approved()
    await town.says("少し困っています")
    notice = await write(town, mode=NoticeMode.PASSES_PACE)
    assert left(await seen(town, notice)) == {"A-12": "NEWS_UNREAD"}


@pytest.mark.rule("R-087", "DOMAIN-9")
async def test_what_the_town_lets_into_line_holds_for_a_notice_too(town: Office) -> None:
    """Else a thousand letters would be held one by one, each for the approvers of its case."""
    public = replace(PROOF, use=LineUse(mode=LineMode.PUBLIC_ONLY))
    with pytest.raises(ModeForbids):
        await write(town, proof=public)
    notice = await write(town)
    with pytest.raises(ModeForbids):
        await approve(town, notice, proof=public)


@pytest.mark.rule("R-087", "S5")
@pytest.mark.parametrize("words", ["少し困っています", "死にたい"])
async def test_words_that_nobody_has_read_yet_keep_the_text_for_everybody_away(
    town: Office, words: str
) -> None:
    """Also where no letter waited that could be held: they came before it was approved."""
    notice = await write(town, mode=NoticeMode.PASSES_PACE)
    await town.says(words)
    await approve(town, notice)
    assert left(await seen(town, notice)) == {"A-12": "NEWS_UNREAD"}


@pytest.mark.rule("R-087", "G-22")
async def test_whoever_people_were_called_to_gets_no_text_for_everybody(town: Office) -> None:
    await raise_alert(
        town.uow, case_id=A12.id, by=SATO.id, at=town.now, tz=TOKYO, wait=timedelta(minutes=10)
    )
    notice = await write(town, mode=NoticeMode.PASSES_PACE)
    assert left(await seen(town, notice)) == {"A-12": "NEWS_UNREAD"}


@pytest.mark.rule("R-087", "C8")
async def test_an_account_that_nobody_has_confirmed_holds_up_nobody_elses_letter(
    town: Office,
) -> None:
    notice = await write(town)
    await change_link(town, unconfirmed_since=town.now)
    await approve(town, notice)
    view = await seen(town, notice)
    assert (view.counts.scheduled, left(view)) == (2, {"A-12": "NOT_LINKED"})


@pytest.mark.rule("R-087", "G-03")
async def test_the_pace_of_letters_holds_unless_the_occasion_lets_it_give_way(
    town: Office,
) -> None:
    await town.approved()
    town.clock.at += timedelta(minutes=10)
    await town.deliver()
    keeps = await write(town)
    assert left(await seen(town, keeps)) == {"A-12": "TOO_SOON"}
    words = WORDS.replace("大雨", "停電")
    passes = await write(town, mode=NoticeMode.PASSES_PACE, body=words)
    await stop(town, keeps)
    await approve(town, passes)
    town.clock.at += HOUR
    await town.deliver_all()
    assert (await seen(town, passes)).counts.sent == 3
    soon = await town.write()
    with pytest.raises(CaseworkError) as refused:
        await town.approve(soon)
    assert refused.value.rule == "G-03", "it counts for the letters after it"


@pytest.mark.rule("R-087")
async def test_it_is_stopped_until_it_leaves(town: Office) -> None:
    notice = await write(town)
    approved = await approve(town, notice)
    stopped = await stop(town, approved, by=ONO.id)
    assert {one.state for one in (await letters(town, notice)).values()} == {LetterState.CANCELLED}
    town.clock.at += HOUR
    await town.deliver_all()
    assert town.line.calls == 0
    with pytest.raises(NoticeMovedOn):
        await stop(town, stopped)
    with pytest.raises(NoticeMovedOn):
        await approve(town, stopped)


@pytest.mark.rule("R-087")
async def test_the_text_is_approved_as_it_was_shown_and_once(town: Office) -> None:
    notice = await write(town)
    with pytest.raises(Overtaken):
        await approve(town, notice, version=notice.version + 1)
    await approve(town, notice)
    with pytest.raises(NoticeMovedOn):
        await approve(town, notice)


@pytest.mark.rule("R-087", "G-06")
async def test_what_waits_of_a_notice_is_not_approved_or_sent_back_one_by_one(
    town: Office,
) -> None:
    notice = await write(town)
    one = (await letters(town, notice))[A12.id]
    with pytest.raises(NoticeReadAsOne):
        await town.approve(one)
    with pytest.raises(NoticeReadAsOne):
        await town.give_back(one)
    desk = await show_desk(town.uow, staff_id=SATO.id, day_ends=town.now + DAY)
    assert desk.to_approve == ()
    await town.stop(one)
    assert left(await seen(town, notice)) == {"A-12": "STOPPED_HERE"}


@pytest.mark.rule("R-087", "S5")
async def test_an_approver_who_is_no_officer_any_more_holds_it(town: Office) -> None:
    notice = await write(town)
    await approve(town, notice)
    async with town.uow.write() as work:
        await work.staff.put(replace(ONO, roles=frozenset({Role.CLERK})))
        await work.commit()
    town.clock.at += HOUR
    await town.deliver_all()
    assert (town.line.calls, (await seen(town, notice)).counts.unread) == (0, 3)


@pytest.mark.rule("R-087")
async def test_only_the_chosen_areas_hear_of_it_and_one_command_is_one_notice(
    town: Office,
) -> None:
    north = Area(id=AreaId("north"), municipality_id=MIDORI, code="north", name="北")
    async with town.uow.write() as work:
        await work.towns.put_area(north)
        case: Case = await work.cases.get(A12.id)
        await work.cases.change(
            replace(case, area_id=north.id, version=case.version + 1), version=case.version
        )
        await work.commit()
    once = await write(town, areas=frozenset({north.id}), command_key="once")
    again = await write(town, areas=frozenset({north.id}), command_key="once")
    assert again.id == once.id
    assert set(await letters(town, once)) == {A12.id}


@pytest.mark.rule("R-015", "R-087")
async def test_a_case_that_a_mark_closes_to_the_officer_is_counted_and_not_named(
    town: Office,
) -> None:
    await change_link(town, state=LinkState.UNLINKED)
    mark = CareMark(
        person_id=A.id, care=Care.DV_VICTIM, cleared=frozenset({SATO.id}), closes_case=True
    )
    async with town.uow.write() as work:
        await work.care_marks.put(mark)
        await work.commit()
    view = await seen(town, await write(town))
    assert left(view) == {}
    assert [(one.worker, one.unlisted) for one in view.rounds] == [("佐藤", 1)]


@pytest.mark.rule("R-087", "C8")
def test_who_let_every_kind_of_letter_come_lets_those_that_came_later() -> None:
    kinds = frozenset(LetterKind) - {LetterKind.NOTICE} - ENDS
    assert LetterKind.NOTICE in LineScope(kinds=kinds).kinds
    chosen = frozenset({LetterKind.CHECK_IN, LetterKind.REPLY})
    assert LineScope(kinds=chosen).kinds == chosen | ENDS


async def test_one_card_for_the_author_and_whoever_may_approve_it(town: Office) -> None:
    notice = await write(town)
    assert set(await town.cards(notice.id)) == {("NOTICE", TAKAHASHI.id), ("NOTICE", ONO.id)}
    one = (await letters(town, notice))[A12.id]
    assert await town.cards(one.id) == {}
