"""つなぎ, つなぐシート and 参加の場 from the desk: every form, filled in by those whose it is."""

from dataclasses import replace

import pytest

from bots.i18n.catalogue import word
from bots.profiles.reader import read_profile
from bots.web.desk.connections import DEEDS as CONNECTIONS
from bots.web.desk.deed import Means, TownMeans
from bots.web.desk.pages import Done, FormPage, NotOffered, take_form
from bots.web.desk.places import DEEDS as PLACES
from bots.web.desk.register import DEEDS as ALL
from bots.web.desk.register import TOWN_DEEDS as ALL_OF_TOWN
from bots.web.desk.resources import DEEDS as RESOURCES
from bots.web.desk.served import view_of
from bots.web.desk.views import TownView, View
from core.agencies import Role, Seat, Staff
from core.connect_sheets import ConnectStep
from core.consent import ConsentLine, ConsentState
from core.consent.giver import Giver
from core.consent.scopes import AgencyScope
from core.ids import ConsentId
from core.referrals.record import ReferralState
from core.resources import GapState, MatchState
from core.usecases.cases.show_case import show_case
from core.usecases.town.show_town import show_town
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.connections.sides import CLINIC, SHAKYO, YAMADA, settle
from tests.midori import found_midori
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

DEEDS = (*CONNECTIONS, *RESOURCES)
DEEDS_BY_KEY = {deed.key: deed for deed in DEEDS}


class Desk:
    """A case's desk, and the town's, as one colleague after another uses them."""

    def __init__(self, uow: SqlUnitOfWork) -> None:
        self.uow = uow

    async def view(self, who: Staff) -> View:
        story = await show_case(self.uow, case_id=A12.id, by=who.id, at=MONDAY, tz=TOKYO)
        return view_of(story, reader=who.id, at=MONDAY, tz=TOKYO)

    async def offered(self, who: Staff) -> set[str]:
        view = await self.view(who)
        return {deed.key for deed in DEEDS if deed.offers(view)}

    async def fill(self, who: Staff, key: str, /, **typed: str | list[str]) -> Done | FormPage:
        """Fill the first open form of this deed and send it."""
        view = await self.view(who)
        deed = next(deed for deed in DEEDS if deed.key == key)
        offers = deed.offers(view)
        if not offers:
            raise NotOffered(key)
        form: dict[str, list[str]] = {}
        for entry in deed.entries(view, offers[0].of):
            form[entry.name] = [entry.value] if isinstance(entry.value, str) else list(entry.value)
        form |= {name: [said] if isinstance(said, str) else said for name, said in typed.items()}
        means = Means(uow=self.uow, view=view)
        return await take_form(DEEDS, means, key=key, of=offers[0].of, form=form)

    async def do(self, who: Staff, key: str, /, **typed: str | list[str]) -> str:
        """The sentence that comes back."""
        result = await self.fill(who, key, **typed)
        assert isinstance(result, Done), (result.slips, result.no)
        return result.said

    async def in_town(self, who: Staff, key: str, /, **typed: str) -> str:
        """The same on the town's page."""
        story = await show_town(self.uow, by=who.id)
        view = TownView(story=story, reader=who.id, roles=story.roles, at=MONDAY, tz=TOKYO)
        deed = next(deed for deed in PLACES if deed.key == key)
        of = deed.offers(view)[0].of
        form = {
            entry.name: [entry.value if isinstance(entry.value, str) else ""]
            for entry in deed.entries(view, of)
        }
        form |= {name: [said] for name, said in typed.items()}
        result = await take_form(
            PLACES, TownMeans(uow=self.uow, view=view), key=key, of=of, form=form
        )
        assert isinstance(result, Done), (result.slips, result.no)
        return result.said


@pytest.fixture
async def desk(unit_of_work: SqlUnitOfWork) -> Desk:
    """みどり市 with organisations; 田中 of the receiving one is on the case."""
    await found_midori(unit_of_work)
    await settle(unit_of_work)
    return Desk(unit_of_work)


def test_every_form_of_the_area_stands_on_the_desk_once() -> None:
    keys = [deed.key for deed in ALL]
    titles = [deed.title for deed in ALL]

    assert {deed.key for deed in DEEDS} <= set(keys)
    assert len(set(keys)) == len(keys) and len(set(titles)) == len(titles)
    assert {deed.key for deed in PLACES} <= {deed.key for deed in ALL_OF_TOWN}


@pytest.mark.rule("F1", "F2", "F3", "F4", "F5", "F7", "F8")
async def test_a_referral_goes_its_way_by_forms(desk: Desk) -> None:
    said = await desk.do(
        SUZUKI,
        "draft-referral",
        kind="TO_MULTI_AGENCY",
        to=SHAKYO,
        code="ROLES_TO_DIVIDE",
        summary="三つの窓口が別々に関わっている",
    )
    assert said == "社協へのつなぎを書きはじめました。次に、本人に説明します。"
    assert "send-referral" not in await desk.offered(SUZUKI)
    await desk.do(SUZUKI, "explain-referral", worry="SOME")
    await desk.do(SUZUKI, "note-referral-answer", answer="yes", words="話してみてもいい")
    sent = await desk.do(SUZUKI, "send-referral", staff=TANAKA.id)
    assert sent == "つなぎを送りました。12月2日までに、受けとりの知らせが来ます。"
    assert "receive-referral" not in await desk.offered(SUZUKI)
    await desk.do(TANAKA, "receive-referral")
    await desk.do(TANAKA, "accept-referral")
    await desk.do(TANAKA, "connect-referral")
    await desk.do(TANAKA, "give-feedback", happened="お会いできた")
    done = await desk.do(SUZUKI, "finish-referral")
    assert done == "その後を読みました。このつなぎは済みました。"
    (referral,) = (await desk.view(SUZUKI)).story.referrals
    assert referral.state is ReferralState.DONE
    assert referral.to_contact == "田中"


@pytest.mark.rule("F3", "R-002", "F6", "R-008")
async def test_not_yet_is_waited_for_and_a_return_is_talked_over(desk: Desk) -> None:
    await desk.do(
        SUZUKI,
        "draft-referral",
        kind="TO_AGENCY",
        to=CLINIC,
        reason="受診",
        contact="地域連携室",
        summary="眠れない",
    )
    await desk.do(SUZUKI, "explain-referral", worry="NONE")
    said = await desk.do(SUZUKI, "note-referral-answer", answer="not_yet", words="いまはいい")
    assert said.endswith("急がずに待ちます。")
    assert "send-referral" not in await desk.offered(SUZUKI)
    await desk.do(SUZUKI, "explain-referral", worry="NONE")
    await desk.do(SUZUKI, "note-referral-answer", answer="yes", words="お願いします")
    await desk.do(SUZUKI, "send-referral")
    # Nobody of the clinic is on the roll: the source writes down what it hears.
    await desk.do(SUZUKI, "receive-referral")
    empty = await desk.fill(SUZUKI, "return-referral", reason="満床")
    assert isinstance(empty, FormPage) and set(empty.slips) == {"consulted", "linked"}
    await desk.do(
        SUZUKI, "return-referral", reason="満床", consulted="電話で話した", linked="訪問を続ける"
    )
    (referral,) = (await desk.view(SUZUKI)).story.referrals
    assert referral.state is ReferralState.RETURNED


@pytest.mark.rule("R-003")
async def test_the_core_s_no_keeps_what_was_typed(desk: Desk) -> None:
    await desk.do(
        SUZUKI, "draft-referral", kind="TO_AGENCY", to=CLINIC, reason="受診", summary="眠れない"
    )
    page = await desk.fill(SUZUKI, "explain-referral", worry="STRONG")
    assert isinstance(page, FormPage) and page.no is not None
    assert page.no.rule == "R-003"
    assert page.values["worry"] == ("STRONG",)


@pytest.mark.rule("R-014")
async def test_a_sheet_goes_out_and_comes_back_by_forms(desk: Desk) -> None:
    await desk.do(
        SUZUKI,
        "write-sheet",
        to=CLINIC,
        contact="地域連携室",
        step="LETTER",
        consents="yes",
        noticed="眠れない\n食べていない",
    )
    await desk.do(SUZUKI, "send-sheet")
    await desk.do(SUZUKI, "return-sheet", received_by="相談員", result="通うことになった")
    (sheet,) = (await desk.view(SUZUKI)).story.sheets
    assert sheet.noticed == ("眠れない", "食べていない")
    assert sheet.reply is not None and sheet.reply.result == "通うことになった"


@pytest.mark.rule("MA-9")
async def test_where_the_town_counts_what_was_noticed_the_count_says_how_to_connect(
    desk: Desk,
) -> None:
    view = replace(await desk.view(SUZUKI), profile=read_profile("adachi"))
    entries = {entry.name: entry for entry in DEEDS_BY_KEY["write-sheet"].entries(view, "")}
    assert not entries["step"].required
    assert "2つから③同行" in entries["step"].help
    means = Means(uow=desk.uow, view=view)
    told = []
    for noticed in ("", "眠れない", "眠れない\n食べていない"):
        form = {name: [""] for name in entries} | {"to": [CLINIC], "noticed": [noticed]}
        form["urgency"] = ["NORMAL"]
        done = await take_form(DEEDS, means, key="write-sheet", of="", form=form)
        assert isinstance(done, Done), (done.slips, done.no)
        told.append(done.said.partition("。")[0])
    assert told == [f"つなぐシートを書きました({word(step)})" for step in ConnectStep]


@pytest.mark.rule("R-007", "DOMAIN-9")
async def test_what_is_asked_and_given_says_on_which_ground(desk: Desk) -> None:
    refused = await desk.fill(SUZUKI, "ask-about-member", member=A.id, to=CLINIC, topics=["HEALTH"])
    assert isinstance(refused, FormPage) and refused.no is not None and refused.no.rule == "R-007"
    async with desk.uow.write() as work:
        await work.consents.add(
            ConsentLine(
                id=ConsentId("share"),
                municipality_id=MIDORI,
                subject=A.id,
                scope=AgencyScope(agencies=frozenset({CLINIC}), topics=frozenset({"HEALTH"})),
                state=ConsentState.GIVEN,
                giver=Giver(person_id=A.id),
                given_at=MONDAY,
            )
        )
        await work.commit()
    said = await desk.do(
        SATO,
        "disclose",
        person=A.id,
        to=CLINIC,
        parts=["health"],
        ground="CONSENT",
        proof="share",
        reason="受診に同行するため",
        harm="none",
    )
    assert said == "渡したものと根拠を記録しました。"


@pytest.mark.rule("R-064", "R-073")
async def test_a_place_is_offered_in_steps_by_forms(desk: Desk) -> None:
    added = await desk.in_town(YAMADA, "add-place", kind="SALON", name="えんがわ", host=CLINIC)
    assert added.startswith("「えんがわ」を加えました。")
    (place,) = (await desk.view(SATO)).story.places
    await desk.do(SATO, "propose-match", place=place.id)
    await desk.do(SATO, "move-match", to="VISITED", wishes="yes")
    refused = await desk.fill(SATO, "move-match", to="TRIAL", wishes="yes")
    assert isinstance(refused, FormPage) and refused.no is not None and refused.no.rule == "R-064"
    await desk.in_town(YAMADA, "assess-host", situation="静か", worries="声のかけ方\n費用")
    await desk.in_town(YAMADA, "support-host", what="いっしょに過ごした")
    await desk.in_town(YAMADA, "check-vacancy", capacity="4")
    for to in ("TRIAL", "SETTLING", "STABLE"):
        await desk.do(SATO, "move-match", to=to, wishes="yes")
    await desk.do(SATO, "visit-host")
    (match,) = (await desk.view(SATO)).story.matches
    assert (match.state, len(match.host_visits)) == (MatchState.STABLE, 1)
    (place,) = (await desk.view(SATO)).story.places
    assert (place.worries, place.capacity) == (("声のかけ方", "費用"), 4)


@pytest.mark.rule("R-051", "R-072")
async def test_gaps_and_costs_are_kept_on_the_town_s_desk(desk: Desk) -> None:
    await desk.in_town(
        YAMADA, "add-place", kind="SALON", name="えんがわ", host=CLINIC, reimburses="yes"
    )
    paid = await desk.in_town(YAMADA, "note-expense", yen="1200", what_for="材料")
    assert paid == "実費を記録しました。"
    await desk.in_town(YAMADA, "open-gap", description="夜に開いている居場所")
    told = await desk.in_town(YAMADA, "forward-gap", to="地域の場")
    assert told == "「地域の場」に伝えました。"
    (place,) = (await desk.view(SATO)).story.places
    await desk.in_town(YAMADA, "close-gap", place=place.id)
    (gap,) = (await desk.view(SATO)).story.gaps
    assert gap.state is GapState.CLOSED


async def test_a_community_supporter_is_offered_none_of_it(desk: Desk) -> None:
    neighbour = replace(YAMADA, roles=frozenset({Role.COMMUNITY_SUPPORTER}), agency_id=None)
    async with desk.uow.write() as work:
        await work.staff.put(neighbour)
        await work.staff.put_seat(
            Seat(case_id=A12.id, staff_id=neighbour.id, role=Role.COMMUNITY_SUPPORTER)
        )
        await work.commit()
    assert await desk.offered(neighbour) <= {"disclose"}
