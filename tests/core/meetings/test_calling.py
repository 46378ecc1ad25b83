"""Who is called, when, in whose name, and what is pledged."""

from dataclasses import replace

import pytest

from core.fields import Field
from core.meetings.attendance import PersonNotUrged, require_person_may_come, suggestions
from core.meetings.bodies import SeatKind, convened_by
from core.meetings.ids import MeetingId
from core.meetings.items import ShienPurpose
from core.meetings.pledge_text import Penalty, PledgeText, PledgeTextIncomplete, words_of
from core.meetings.sittings import (
    MeetingState,
)
from tests.core.meetings.table import (
    AGREES,
    JUSO,
    SCHOOL,
    SEATED,
    SHIEN,
    brought_to,
    having,
    item,
    someone,
    step,
)

S = MeetingState


@pytest.mark.rule("R-081")
def test_the_pledge_says_all_is_secret_and_what_a_leak_costs_in_the_towns_own_words() -> None:
    penalty = Penalty(
        imprisonment="1年以下の拘禁刑", fine="100万円以下の罰金", statute="社会福祉法"
    )
    text = PledgeText(
        version="1",
        template="{everything}を漏らしません。{statute}により{imprisonment}又は{fine}です。",
        everything="会議で知った全てのこと(会議の運び方を含む)",
        penalty=penalty,
    )
    assert words_of(text) == (
        "会議で知った全てのこと(会議の運び方を含む)を漏らしません。"
        "社会福祉法により1年以下の拘禁刑又は100万円以下の罰金です。"
    )
    for broken in (
        replace(text, template="{everything}を漏らしません。"),
        replace(text, penalty=replace(penalty, fine=" ")),
        replace(text, everything=""),
    ):
        with pytest.raises(PledgeTextIncomplete):
            words_of(broken)


@pytest.mark.rule("R-034", "R-037")
def test_content_prompts_whom_to_invite_without_blocking() -> None:
    touched = item(fields=frozenset({Field.PUBLIC_ASSIST, Field.LABOR}), is_pupil=True)
    found = suggestions(touched, body=JUSO, invited=SEATED)
    assert [(s.seat, s.rule) for s in found] == [
        (SeatKind.PUBLIC_ASSISTANCE, "R-034"),
        (SeatKind.EMPLOYMENT, "R-034"),
        (SeatKind.SCHOOL, "R-034"),
        (SeatKind.REVIEWER, "R-037"),
    ]
    asked = (*SEATED, SCHOOL, someone("professor", SeatKind.REVIEWER))
    seats = [s.seat for s in suggestions(touched, body=JUSO, invited=asked)]
    assert seats == [SeatKind.PUBLIC_ASSISTANCE, SeatKind.EMPLOYMENT]
    convened = brought_to(S.CONVENED, touched)
    assert step(convened, S.HELD).state is S.HELD


@pytest.mark.rule("R-035")
def test_too_many_people_of_the_community_are_warned_of_only() -> None:
    crowd = tuple(someone(f"neighbour{n}", SeatKind.COMMUNITY) for n in range(3))
    for most, warned in ((2, True), (3, False), (None, False)):
        found = suggestions(item(), body=having(JUSO, most_community=most), invited=crowd)
        assert ("R-035" in {s.rule for s in found}) is warned


@pytest.mark.rule("R-036")
def test_the_person_is_invited_only_with_a_judgement_and_their_own_wish() -> None:
    wishes = replace(AGREES, attends=frozenset({MeetingId("meeting-1")}))
    require_person_may_come(wishes, meeting_id=MeetingId("meeting-1"), judgement="本人が望む")
    for shares, judgement in ((AGREES, "本人が望む"), (wishes, " ")):
        with pytest.raises(PersonNotUrged) as refused:
            require_person_may_come(shares, meeting_id=MeetingId("meeting-1"), judgement=judgement)
        assert "meet_without_person" in refused.value.facts["allowed"]


@pytest.mark.rule("R-049")
def test_a_private_contractor_gets_the_municipalitys_help_to_convene() -> None:
    multi, city = SeatKind.MULTI_AGENCY, SeatKind.MUNICIPALITY
    assert convened_by(JUSO) == (multi,)
    assert convened_by(having(JUSO, host_is_contractor=True)) == (multi, city)
    assert convened_by(SHIEN) == (city,)


@pytest.mark.rule("R-040")
def test_the_four_purposes_are_about_people_whom_support_does_not_reach() -> None:
    assert [p.value for p in ShienPurpose] == [
        "WORRYING_CASE",
        "WATCH_AND_POLICY",
        "URGENT_CASE",
        "SUPPORT_SYSTEM",
    ]
