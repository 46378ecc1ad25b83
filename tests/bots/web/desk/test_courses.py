"""A case on its way, from the desk: every form of its courses, filled in and done."""

import pytest

from bots.web.desk.contacts import DEEDS as LOG
from bots.web.desk.courses import DEEDS, TOWN_DEEDS
from bots.web.desk.deed import Means, TownMeans
from bots.web.desk.pages import Done, NotOffered, take_form
from bots.web.desk.served import view_of
from bots.web.desk.views import TownView, View
from core.agencies import Staff
from core.basis import Basis
from core.cases import CaseState
from core.ids import CaseId
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.plans.evaluation import EvaluationResult
from core.programmes import Programme
from core.usecases.cases.show_case import show_case
from core.usecases.town.show_town import show_town
from storage.unit_of_work import SqlUnitOfWork
from tests.core.plans import examples
from tests.core.usecases.courses.walking import Walking
from tests.core.usecases.plans.planning import NAKANO, Planning
from tests.midori import found_midori
from tests.people import A12, SATO, SUZUKI, TANAKA, TOKYO

S = CaseState


@pytest.fixture
async def walking(unit_of_work: SqlUnitOfWork) -> Walking:
    """A-12 with everybody who moves it."""
    await found_midori(unit_of_work)
    planning = Planning(uow=unit_of_work)
    await planning.found()
    return Walking(planning=planning)


class Desk:
    """The desk of one colleague after another, on one case."""

    def __init__(self, walking: Walking, case_id: CaseId = A12.id) -> None:
        self.walking, self.case_id = walking, case_id

    async def view(self, who: Staff) -> View:
        at = self.walking.planning.at
        story = await show_case(self.walking.uow, case_id=self.case_id, by=who.id, at=at, tz=TOKYO)
        return view_of(story, reader=who.id, at=at, tz=TOKYO)

    async def titles(self, who: Staff) -> list[str]:
        view = await self.view(who)
        return [deed.title for deed in (*DEEDS, *LOG) if deed.offers(view)]

    async def do(self, who: Staff, key: str, /, **typed: str | list[str]) -> str:
        """Fill the first open form of this deed and send it; the sentence that comes back."""
        view = await self.view(who)
        deeds = (*DEEDS, *LOG)
        deed = next(deed for deed in deeds if deed.key == key)
        offers = deed.offers(view)
        if not offers:
            raise NotOffered(key)
        of = offers[0].of
        form: dict[str, list[str]] = {}
        for entry in deed.entries(view, of):
            form[entry.name] = [entry.value] if isinstance(entry.value, str) else [*entry.value]
        form |= {k: v if isinstance(v, list) else [v] for k, v in typed.items()}
        means = Means(uow=self.walking.uow, view=view)
        result = await take_form(deeds, means, key=key, of=of, form=form)
        if isinstance(result, Done):
            return result.said
        return " ".join([*result.slips.values(), result.no.text if result.no else ""])


@pytest.fixture
def desk(walking: Walking) -> Desk:
    return Desk(walking)


CLOSING = {
    "reason": "LINKED_AND_STABLE",
    "lead_agency": examples.CENTER,
    "follow_up_method": "月に一度の電話",
    "information_sharing": "名簿の機関どうし",
    "farewell": "TOLD_IN_PERSON",
}


async def test_labels_and_titles_are_unlike_one_another(desk: Desk) -> None:
    titles = [deed.title for deed in (*DEEDS, *LOG)] + [deed.title for deed in TOWN_DEEDS]
    assert len(titles) == len(set(titles))
    view = await desk.view(SATO)
    for deed in (*DEEDS, *LOG):
        labels = [entry.label for entry in deed.entries(view, "m/i") if entry.label]
        assert len(labels) == len(set(labels)), deed.key


@pytest.mark.rule("O2", "O3", "O5")
async def test_from_discovery_to_the_first_tie(desk: Desk) -> None:
    await desk.walking.planning.stands(S.DISCOVERED)
    assert "主担当の検討" in await desk.do(SUZUKI, "first-assessment", note="父と二人暮らし")
    with pytest.raises(NotOffered):
        await desk.do(SUZUKI, "first-assessment")
    said = await desk.do(TANAKA, "choose-lead", mode="SELF", lead_staff=SATO.id)
    assert said == "主担当を決めました。事前調整に進みます。"
    wrong = await desk.do(SUZUKI, "prepare-approach", sources="ケアマネジャー|きのう")
    assert wrong.startswith("1行目")
    said = await desk.do(
        SUZUKI,
        "prepare-approach",
        sources="ケアマネジャー|2026-11-28",
        no_network="父の支援者がいる",
        hook="HOBBY",
        hook_reason="鉄道",
        hard="父の入院",
        offered="家のことの手伝い",
        urgent="いまはない",
        links="119",
        ready="yes",
    )
    assert said == "事前調整を書きました。"
    assert "(R-021)" in await desk.do(SUZUKI, "begin-approach")
    course = await desk.walking.outreach()
    assert course.preparation is not None and course.preparation.readiness is not None


@pytest.mark.rule("O6", "O8", "O9", "O10", "O12")
async def test_into_support_and_to_a_closing_that_hands_on(desk: Desk) -> None:
    plan = await desk.walking.planning.running()
    assert "支援が始まります" in await desk.do(SUZUKI, "note-agreement")
    said = await desk.do(SUZUKI, "change-mode", mode="SOLO", why="GOES_ON_ALONE")
    assert said == "支援の形を変えました。"
    await desk.walking.planning.evaluated(plan, EvaluationResult.CLOSE)
    assert "会議で決めます" in await desk.do(SATO, "review-closing", **CLOSING)
    await desk.walking.planning.sits(
        Outcome.CLOSE_OK, purpose=AgendaPurpose.CLOSE, programmes=(Programme.OUTREACH,)
    )
    assert "様子をうかがいます" in await desk.do(TANAKA, "close-case", **CLOSING)
    assert (await desk.walking.case()).state is S.FOLLOW_UP
    assert "再開しました" in await desk.do(SUZUKI, "reopen-case", why="STATE_CHANGED")
    assert "続けます" in await desk.do(TANAKA, "resume-case")


@pytest.mark.rule("O13", "O14", "O15", "R-052")
async def test_an_interruption_is_thought_over_and_a_sign_ends_that(desk: Desk) -> None:
    since = f"{desk.walking.planning.at.astimezone(TOKYO):%Y-%m-%dT%H:%M}"
    assert "(R-052)" in await desk.do(SATO, "review-interruption", lost_since=since)
    await desk.walking.tried()
    said = await desk.do(SATO, "review-interruption", lost_since=since)
    assert said.startswith("中断の検討に入りました")
    view = await desk.view(SUZUKI)
    assert "もとの段階" in await desk.do(SUZUKI, "note-sign", contact=view.story.contacts[0].id)
    await desk.do(SATO, "review-interruption", lost_since=since)
    await desk.walking.planning.sits(
        Outcome.INTERRUPT_OK,
        purpose=AgendaPurpose.INTERRUPT,
        basis=Basis.SHIEN,
        programmes=(Programme.OUTREACH,),
    )
    assert "中断しました" in await desk.do(TANAKA, "interrupt-case")


@pytest.mark.rule("DOMAIN-2.7")
async def test_a_contact_is_told_with_all_that_was_seen(desk: Desk) -> None:
    said = await desk.do(
        SATO,
        "log-contact",
        channel="ACCOMPANY",
        met="met",
        direction="FROM_US",
        with_whom="SELF",
        place="市役所",
        mood="落ち着いていた",
        new_facts="通帳が見つかった",
        minutes="90",
        destination="TOWN_HALL",
        outcome="手続きが済んだ",
    )
    assert said == "接触を記録しました。"
    view = await desk.view(SATO)
    detail = view.story.contacts[0].detail
    assert detail is not None and (detail.mood, detail.minutes) == ("落ち着いていた", 90)
    wrong = await desk.do(SATO, "log-contact", channel="VISIT", met="met", destination="BANK")
    assert "(DOMAIN-2.7)" in wrong


@pytest.mark.rule("O18", "R-025")
async def test_an_emergency_is_raised_answered_and_looked_back_on(desk: Desk) -> None:
    assert "読み直すまで" in await desk.do(
        SUZUKI, "raise-emergency", danger="LIFE", called="MEDICAL"
    )
    assert "(R-025)" in await desk.do(SATO, "end-emergency")
    await desk.do(SATO, "note-call", rescuer="POLICE", not_needed="家の中のこと")
    assert "ふり返り" in await desk.do(SATO, "end-emergency")


@pytest.mark.rule("R-083")
async def test_a_case_passes_on_warmly_and_colleagues_come_and_go(desk: Desk) -> None:
    assert "(R-083)" in await desk.do(SATO, "hand-over-case", successor=SUZUKI.id)
    said = await desk.do(
        SATO,
        "hand-over-case",
        successor=SUZUKI.id,
        read_on="2026-11-28",
        met_on="2026-11-29",
        announced="訪問のときに",
    )
    assert said == "鈴木さんに引き継ぎました。"
    await desk.do(SATO, "seat-colleague", staff=NAKANO.id, role="member")
    await desk.do(SATO, "unseat-colleague", staff=NAKANO.id, role="member")


@pytest.mark.rule("R-001", "PT1", "PT2", "MK1", "MK2", "MK3")
async def test_a_case_takes_up_participation_and_multi_agency(desk: Desk) -> None:
    await desk.do(TANAKA, "take-up-course", programme="participation", route="SELF")
    await desk.do(TANAKA, "take-up-course", programme="multi_agency", route="SELF")
    await desk.walking.planning.agrees(Programme.PARTICIPATION)
    assert "見立て" in await desk.do(NAKANO, "assess-participation")
    early = await desk.do(NAKANO, "start-participation-early", why="空きが今だけ")
    assert "参加の場" in early
    assert "受理" in await desk.do(TANAKA, "screen-multi-agency", screening="ACCEPT")
    assert "見立て" in await desk.do(TANAKA, "assess-multi-agency")
    assert "支援を加える" not in await desk.titles(TANAKA)


@pytest.mark.rule("O1", "R-001", "R-027")
async def test_a_concern_is_registered_with_nothing_known(walking: Walking) -> None:
    at = walking.planning.at
    town = await show_town(walking.uow, by=SUZUKI.id)
    view = TownView(story=town, reader=SUZUKI.id, roles=town.roles, at=at, tz=TOKYO)
    deed = TOWN_DEEDS[0]
    form: dict[str, list[str]] = {entry.name: [] for entry in deed.entries(view, "")}
    form |= {"programme": ["outreach"], "route": ["RESIDENT"], "urgency": ["NORMAL"]}
    means = TownMeans(uow=walking.uow, view=view)
    refused = await take_form(TOWN_DEEDS, means, key=deed.key, of="", form=form)
    assert not isinstance(refused, Done) and refused.no is not None
    done = await take_form(
        TOWN_DEEDS, means, key=deed.key, of="", form=form | {"informant": ["近所の方"]}
    )
    assert isinstance(done, Done)
    alias = done.said.removesuffix("として登録しました。")
    async with walking.uow.read() as work:
        case = await work.cases.by_alias(alias)
    assert case is not None and case.state is S.DISCOVERED
    mine = Desk(walking, case.id)
    assert "はじめの見立てを記す" in await mine.titles(SUZUKI)
