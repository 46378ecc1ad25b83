"""A meeting from the desk: every form of its way, filled in and done, by those whose it is."""

from dataclasses import replace
from datetime import date

import pytest

from bots.profiles.reader import read_profile
from bots.web.chapters.meetings import meetings
from bots.web.chapters.rows import Voice
from bots.web.desk.councils import DEEDS as TOWN_DEEDS
from bots.web.desk.deed import Means, TownMeans
from bots.web.desk.meetings import DEEDS
from bots.web.desk.pages import Done, FormPage, NotOffered, take_form
from bots.web.desk.register import rooms
from bots.web.desk.served import view_of
from bots.web.desk.sittings import sitting_rows
from bots.web.desk.views import TownView, View
from core.agencies import Role, Seat, Staff
from core.assessments import IntakeAssessment
from core.fields import Field
from core.ids import AssessmentId
from core.meetings.bodies import SeatKind
from core.meetings.sittings import MeetingMode, MeetingState
from core.usecases.cases.show_case import show_case
from core.usecases.town.show_town import show_town
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.meetings.conftest import follow
from tests.council import AFTER, CHAIR, CLERK, OFFICE, Council, call_council
from tests.midori import found_midori
from tests.people import A12, MONDAY, SATO, TOKYO, A

SITTING = "2026-12-07T10:30"
REQUEST = {
    "purpose": "PLAN",
    "programmes": "outreach",
    "shien_purpose": "WORRYING_CASE",
    "topics": "ELDER",
}
CONTENT = (
    "ASSESSMENT_RESULT",
    "PERSONS_GOAL",
    "SUPPORT_POLICY",
    "PLAN_CONTENT",
    "ROLES",
    "MONITORING_TIME",
)


@pytest.fixture
async def council(unit_of_work: SqlUnitOfWork) -> Council:
    """The bodies of みどり市; the office works on A-12, too."""
    await found_midori(unit_of_work)
    council = await call_council(unit_of_work)
    async with unit_of_work.write() as work:
        for who in (OFFICE, CLERK, CHAIR):
            await work.staff.put_seat(
                Seat(case_id=A12.id, staff_id=who.id, role=Role.MUNICIPAL_OFFICER)
            )
        await work.commit()
    return council


class Desk:
    """A case's desk, and the town's, as one colleague after another uses them."""

    def __init__(self, council: Council) -> None:
        self.uow = council.uow
        self.profile = council.profile
        self.at = MONDAY

    async def view(self, who: Staff) -> View:
        story = await show_case(self.uow, case_id=A12.id, by=who.id, at=self.at, tz=TOKYO)
        return view_of(story, reader=who.id, at=self.at, tz=TOKYO, profile=self.profile)

    async def titles(self, who: Staff) -> list[str]:
        return [text for _, deeds in rooms(DEEDS, await self.view(who)) for _, _, text in deeds]

    async def do(self, colleague: Staff, key: str, /, **typed: str | list[str]) -> str:
        """Fill the first open form of this deed and send it; the sentence that comes back."""
        result = await self.sent(colleague, key, **typed)
        assert isinstance(result, Done), (result.slips, result.no)
        return result.said

    async def refused(self, colleague: Staff, key: str, /, **typed: str | list[str]) -> str:
        """The same where the core says no; by which rule."""
        result = await self.sent(colleague, key, **typed)
        assert isinstance(result, FormPage) and result.no is not None
        return result.no.rule

    async def sent(
        self, colleague: Staff, key: str, /, **typed: str | list[str]
    ) -> Done | FormPage:
        """The first open form of this deed, filled and sent."""
        view = await self.view(colleague)
        deed = next(deed for deed in DEEDS if deed.key == key)
        offers = deed.offers(view)
        if not offers:
            raise NotOffered(key)
        of = offers[0].of
        form: dict[str, list[str]] = {}
        for entry in deed.entries(view, of):
            value = [entry.value] if isinstance(entry.value, str) else list(entry.value)
            form[entry.name] = value
        form |= {k: v if isinstance(v, list) else [v] for k, v in typed.items()}
        return await take_form(DEEDS, Means(uow=self.uow, view=view), key=key, of=of, form=form)

    async def in_town(self, colleague: Staff, key: str, about: str = "", /, **typed: str) -> str:
        story = await show_town(self.uow, by=colleague.id)
        view = TownView(
            story=story,
            reader=colleague.id,
            roles=story.roles,
            at=self.at,
            tz=TOKYO,
            profile=self.profile,
        )
        deed = next(deed for deed in TOWN_DEEDS if deed.key == key)
        of = next(offer.of for offer in deed.offers(view) if offer.about == about)
        options = {entry.name: entry.options for entry in deed.entries(view, of)}
        form = {
            name: [next((o.value for o in options[name] if text in o.label), text)]
            for name, text in typed.items()
        }
        means = TownMeans(uow=self.uow, view=view)
        result = await take_form(TOWN_DEEDS, means, key=key, of=of, form=form)
        assert isinstance(result, Done), (result.slips, result.no)
        return result.said


@pytest.mark.rule("R-049", "R-087")
async def test_a_meeting_that_has_a_date_goes_online_and_nothing_else_changes(
    council: Council,
) -> None:
    desk = Desk(council)
    await desk.do(SATO, "request-meeting", **REQUEST)
    await desk.do(OFFICE, "offer-slots", begins_1=SITTING)
    assert "開き方を変える" not in " ".join(await desk.titles(OFFICE)), "there is no date yet"
    host = str(council.people[OFFICE.id].id)
    around = {"mode": "IN_PERSON", "place": "市役所 会議室"}
    await desk.do(OFFICE, "schedule-meeting", slot="0", hosts=host, **around)
    await desk.do(OFFICE, "convene-meeting")
    assert "開き方を変える" not in " ".join(await desk.titles(SATO)), "by the secretariat alone"
    (before,) = (await desk.view(OFFICE)).story.meetings
    said = await desk.do(OFFICE, "change-venue", mode="ONLINE", place="", reason="大雪のため")
    assert said == "会議の開き方を「オンライン」にしました。日時と議題は変わりません。"
    view = await desk.view(OFFICE)
    (after,) = view.story.meetings
    assert after == replace(before, mode=MeetingMode.ONLINE, place="", version=after.version)
    (row,) = meetings(Voice(story=view.story, at=MONDAY, tz=TOKYO)).rows
    assert ("開き方", "オンライン") in row.facts
    assert "meeting.venue_changed" in await council.trail()
    story = await show_town(council.uow, by=OFFICE.id)
    town = TownView(story=story, reader=OFFICE.id, roles=story.roles, at=MONDAY, tz=TOKYO)
    assert [one.venue for one in sitting_rows(town)] == ["オンライン"]


@pytest.mark.rule("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "R-039")
async def test_a_meeting_goes_its_way_by_forms(council: Council) -> None:
    desk = Desk(council)
    looked = await desk.do(SATO, "preview-item", **REQUEST)
    assert "みどり支援会議(支援会議)" in looked
    assert "共有の同意がない方がいます" in looked
    assert "客観的に検討できる方" in looked
    assert "次の開催: 12月7日(月)" in looked
    assert "案件ごとに加わる方(守秘の説明が先です): 親族。" in looked
    asked = await desk.do(SATO, "request-meeting", **REQUEST)
    assert "みどり支援会議(支援会議)" in asked
    assert await desk.do(SATO, "add-material", title="これまでの経過") == "資料1を付けました。"
    await desk.do(
        OFFICE,
        "ask-for-information",
        agency="shakyo",
        kind="OPINION",
        question="見守りの様子",
        due_on="2026-12-05",
    )
    await desk.do(OFFICE, "settle-request")
    assert await desk.do(OFFICE, "offer-slots", begins_1=SITTING) == "候補日を3つ出しました。"
    host = str(council.people[OFFICE.id].id)
    dated = await desk.do(OFFICE, "schedule-meeting", slot="0", hosts=host, mode="ONLINE")
    assert dated == "日程を決めました。12月7日(月) 10:30です。"
    assert await desk.do(OFFICE, "convene-meeting") == "6人を招集しました。"
    holder = str(council.people[SATO.id].id)
    await desk.do(OFFICE, "hand-out-material", number="1", holder=holder)
    assert await desk.do(SATO, "answer-attendance", comes="yes") == "出席と書きました。"
    desk.at = AFTER
    assert await desk.do(CLERK, "hold-meeting") == "出席を記録しました。6人です。"
    await desk.do(CLERK, "note-gap", description="夜に開いている居場所")
    written = dict.fromkeys(CONTENT, "話し合いました") | {"facts": "窓に明かりがありました"}
    await desk.do(CLERK, "write-minutes", **written)
    decided = await desk.do(
        CLERK,
        "decide-item",
        outcome="ENDORSED",
        roles="hidamari|訪問",
        next_monitoring_on="2027-03-01",
    )
    assert "妥当と判断(同意前)" in decided
    await desk.do(CHAIR, "confirm-minutes")
    (meeting,) = (await desk.view(SATO)).story.meetings
    await follow(council, meeting, meeting.items[0].id)
    await desk.do(OFFICE, "forward-gap", forum="地域づくりの場")
    await desk.do(OFFICE, "take-material-back", copy="1", state="RETURNED")
    assert await desk.do(OFFICE, "close-meeting") == "会議を終えました。"
    (meeting,) = (await desk.view(SATO)).story.meetings
    assert meeting.state is MeetingState.CLOSED
    assert not [t for t in await desk.titles(OFFICE) if "みどり支援会議 12月7日" in t]


@pytest.mark.rule("M9", "M10")
async def test_a_meeting_is_put_off_looked_at_again_and_called_off(council: Council) -> None:
    desk = Desk(council)
    await desk.do(SATO, "request-meeting", **REQUEST)
    await desk.do(SATO, "add-item", **(REQUEST | {"purpose": "PROGRESS"}))
    await desk.do(SATO, "drop-item", reason="まとめて話します")
    await desk.do(OFFICE, "postpone-meeting", reason="大雪")
    assert "みどり支援会議" in await desk.do(SATO, "check-type")
    assert await desk.do(OFFICE, "cancel-meeting", reason="不要") == "会議をとりやめました。"
    with pytest.raises(NotOffered):
        await desk.do(OFFICE, "offer-slots", begins_1=SITTING)


@pytest.mark.rule("DOMAIN-3.7")
async def test_each_is_offered_what_is_theirs_under_a_name_of_its_own(council: Council) -> None:
    desk = Desk(council)
    await desk.do(SATO, "request-meeting", **REQUEST)
    await desk.do(SATO, "request-meeting", **REQUEST)
    for who in (SATO, OFFICE, CLERK, CHAIR):
        titles = await desk.titles(who)
        assert len(set(titles)) == len(titles)
    assert not [t for t in await desk.titles(SATO) if t.startswith("候補日を出す")]
    assert [t for t in await desk.titles(OFFICE) if t.startswith("候補日を出す")]


@pytest.mark.rule("R-041", "R-046", "R-036")
async def test_a_relative_is_registered_admitted_noticed_and_pledged_ahead_of_the_item(
    council: Council,
) -> None:
    desk = Desk(council)
    await desk.do(OFFICE, "register-guest", person=A.id, seat="FAMILY")
    async with council.uow.read() as work:
        (guest,) = [p for p in await work.bodies.participants() if p.person_id == A.id]
    await desk.do(OFFICE, "admit-guest", who=guest.id)
    await desk.do(OFFICE, "notice-guest", place=await waiting(council))
    assert "誓約を記録しました" in await desk.do(OFFICE, "pledge-guest", who=guest.id)


@pytest.mark.rule("R-041", "R-043")
async def test_the_town_keeps_its_lists_of_members(council: Council) -> None:
    desk = Desk(council)
    body = "みどり重層会議"
    await desk.in_town(
        OFFICE, "register-participant", agency="shakyo", seats="客観的", tax_officer="yes"
    )
    await desk.in_town(OFFICE, "admit-member", body, who="shakyo(客観的")
    assert await desk.in_town(OFFICE, "give-notice", place="客観的") == "守秘の説明を記録しました。"
    assert "第1版" in await desk.in_town(OFFICE, "sign-pledge", who="shakyo(客観的")
    await desk.in_town(OFFICE, "end-membership", body, place="客観的", reason="異動")
    await desk.in_town(OFFICE, "admit-member", body, who="shakyo(客観的", case="A-12")
    async with council.uow.read() as work:
        (who,) = [p for p in await work.bodies.participants() if p.tax_officer]
    assert who.stands_for == {SeatKind.REVIEWER}


async def waiting(council: Council) -> str:
    async with council.uow.read() as work:
        return next(
            f"{body.id}/{place.id}"
            for body in await work.bodies.all()
            for place in body.members
            if place.notice_given_at is None
        )


@pytest.mark.rule("R-090", "R-053")
async def test_a_towns_own_measures_are_shown_and_nobody_has_to_follow_them(
    council: Council,
) -> None:
    desk = Desk(council)
    assert await desk.do(SATO, "measure-case") == "目安には、いまのところ当たりません。"
    async with council.uow.write() as work:
        await work.assessments.put(
            IntakeAssessment(
                id=AssessmentId("sheet"),
                case_id=A12.id,
                assessed_on=date(2026, 11, 30),
                authors=(SATO.id,),
                fields=frozenset({Field.ELDER, Field.DISABILITY, Field.POVERTY}),
            )
        )
        await work.commit()
    said = await desk.do(SATO, "measure-case")
    assert "みどり重層会議に諮る目安に当たります(高齢・介護・障害・生活困窮)" in said
    desk.profile = read_profile("tokai")
    counted = await desk.in_town(OFFICE, "count-studies", "事例検討")
    assert counted == "2026年度の事例検討は0回です(めやす 3回以上)。"


@pytest.mark.rule("MA-11", "R-043")
async def test_papers_of_a_section_of_taxation_hold_facts_from_taxation(council: Council) -> None:
    desk = Desk(council)
    await desk.do(SATO, "request-meeting", **REQUEST)
    assert "税務課" not in await _sections(desk)
    desk.profile = replace(desk.profile, tax_sections=("税務課", "社協"))
    assert await _sections(desk) == ["税務課", "社協"]
    no = await desk.refused(SATO, "add-material", title="納付の状況", section="税務課")
    assert no == "R-043"
    assert await desk.do(SATO, "add-material", title="これまでの経過") == "資料1を付けました。"


async def _sections(desk: Desk) -> list[str]:
    view = await desk.view(SATO)
    deed = next(deed for deed in DEEDS if deed.key == "add-material")
    entries = deed.entries(view, deed.offers(view)[0].of)
    return [o.label for entry in entries if entry.name == "section" for o in entry.options]
