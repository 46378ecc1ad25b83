"""The twelve municipal examples of DOMAIN §5, as far as a profile decides them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bots.profiles.reader import read_profile
from core.basis import Basis
from core.connect_sheets import ConnectStep
from core.fields import Field
from core.ids import AgencyId, MunicipalityId, PersonId
from core.meetings.bodies import BodyNotSetUp, SeatKind, require_set_up
from core.meetings.ids import BodyId
from core.municipal_profiles.bodies import (
    body_name,
    filled_seats,
    guests_needing_notice,
    meeting_body,
    next_meetings,
)
from core.municipal_profiles.duties import (
    OneAgencyOnly,
    PlanNeeded,
    answer_due,
    being_read,
    effort_asked,
    require_joint,
    require_plan_or_reason,
    study_count,
)
from core.municipal_profiles.escalation import directors_for, prompt
from core.municipal_profiles.profile import Body, Circumstance, EffortAsked, MunicipalProfile, Seen
from core.municipal_profiles.routing import (
    NoSuchDesk,
    comes_from_taxation,
    connect_step,
    desk_reached_by,
    lead_after,
    offers_heard,
    owner,
    route,
    seen_at,
)

TOKYO = ZoneInfo("Asia/Tokyo")
MOTHER, SON = PersonId("mother"), PersonId("son")


def body_on(profile: MunicipalProfile, basis: Basis) -> Body:
    return next(body for body in profile.bodies if body.basis is basis)


@pytest.mark.rule("MA-1", "R-091")
@pytest.mark.parametrize("basis", [Basis.SHIEN, Basis.JUSO])
def test_kitakyushu_fills_five_seats_in_both_bodies(basis: Basis) -> None:
    body = body_on(read_profile("kitakyushu"), basis)
    assert [(seat.title, seat.held_by) for seat in filled_seats(body)] == [
        ("議長", "福祉事務所長"),
        ("事務局長", "保健福祉課長"),
        ("庶務", "いのちをつなぐネットワーク担当係長"),
        ("伴走型支援事業者", "抱樸・北九州市社会福祉協議会共同事業体"),
        ("参加支援事業者", "抱樸・北九州市社会福祉協議会共同事業体"),
    ]
    meeting = meeting_body(body, id=BodyId("b"), municipality_id=MunicipalityId("kitakyushu"))
    assert meeting.mandatory == {
        SeatKind.CHAIR,
        SeatKind.SECRETARIAT,
        SeatKind.CLERK,
        SeatKind.OUTREACH,
        SeatKind.PARTICIPATION,
    }
    assert meeting.chair_title == "福祉事務所長"


@pytest.mark.rule("MA-1", "R-039")
def test_kitakyushu_has_its_own_names_and_relatives_come_with_the_notice() -> None:
    profile = read_profile("kitakyushu")
    assert body_name(profile, Basis.SHIEN) == "つながりづくり会議"
    assert body_name(profile, Basis.JUSO) == "重層的支援会議"
    guests = guests_needing_notice(body_on(profile, Basis.SHIEN))
    assert "親族" in [guest.title for guest in guests]
    assert {"戸畑区", "門司区"} < {area.name for area in profile.areas}


@pytest.mark.rule("MA-1", "R-049")
def test_kitakyushu_meets_about_monthly_and_any_time_for_a_case() -> None:
    offered = next_meetings(
        body_on(read_profile("kitakyushu"), Basis.SHIEN), after=date(2026, 11, 3), count=1
    )
    assert [offer.ad_hoc for offer in offered] == [False, True]
    assert offered[0].latest == date(2026, 11, 30)


@pytest.mark.rule("MA-2", "R-039")
def test_yokosuka_has_no_body_for_an_item_without_consent_and_says_so() -> None:
    assert body_name(read_profile("yokosuka"), Basis.SHIEN) is None
    with pytest.raises(BodyNotSetUp) as refused:
        require_set_up(None, basis=Basis.SHIEN)
    assert refused.value.rule == "R-039"
    assert refused.value.facts == {"basis": "SHIEN", "lacks": "body", "allowed": "set_up_body"}


@pytest.mark.rule("MA-2")
def test_yokosuka_takes_a_question_by_sns_to_hottokan_and_finds_the_leaflet() -> None:
    profile = read_profile("yokosuka")
    taken = desk_reached_by(profile, "SNS")
    assert taken is not None
    assert taken.name == "ほっとかん"
    assert [offer.title for offer in offers_heard(profile, "food?")] == ["食料支援"]
    assert [offer.title for offer in offers_heard(profile, "食べ物がない")] == ["食料支援"]
    assert offers_heard(profile, "こんにちは") == ()


@pytest.mark.rule("MA-3", "R-090")
def test_komaki_prompts_from_the_third_field_of_the_household_on() -> None:
    profile = read_profile("komaki")
    two = {MOTHER: frozenset({Field.ELDER}), SON: frozenset({Field.DISABILITY})}
    on = date(2026, 11, 21)
    assert prompt(profile, two, on=on) is None
    three = {**two, SON: frozenset({Field.DISABILITY, Field.FOREIGN})}
    proposed = prompt(profile, three, on=on)
    assert proposed is not None
    assert proposed.body == "こまきつながる会議(重層的支援会議)"
    assert proposed.fields == (Field.ELDER, Field.DISABILITY, Field.FOREIGN)
    quarterly, ad_hoc = proposed.when
    assert (quarterly.earliest, ad_hoc.ad_hoc) == (date(2027, 2, 15), True)
    assert proposed.rule == "R-090"


@pytest.mark.rule("R-090")
def test_one_field_in_many_members_is_one_field_and_towns_without_a_number_never_prompt() -> None:
    same = {PersonId(f"p{n}"): frozenset({Field.ELDER, Field.POVERTY}) for n in range(5)}
    on = date(2026, 11, 21)
    assert prompt(read_profile("komaki"), same, on=on) is None
    everything = {MOTHER: frozenset(Field)}
    assert prompt(read_profile("kitakyushu"), everything, on=on) is None
    komaki = read_profile("komaki")
    narrow = replace(komaki, escalation=replace(komaki.escalation, fields=(Field.ELDER,)))
    assert prompt(narrow, everything, on=on) is None
    assert prompt(komaki, {}, on=on) is None


@pytest.mark.rule("MA-4")
def test_nabari_tells_the_directors_of_the_fields_and_talks_at_once() -> None:
    profile = read_profile("nabari")
    told = directors_for(profile, frozenset({Field.CHILD, Field.EDU}))
    assert [director.field for director in told] == [Field.CHILD, Field.EDU]
    asked = date(2026, 11, 3)
    (talk,) = next_meetings(body_on(profile, Basis.CASE), after=asked)
    assert (talk.earliest, talk.ad_hoc) == (asked, True)
    area = body_on(profile, Basis.OTHER)
    assert area.name == "エリア会議"
    listed = next_meetings(area, after=asked, count=2)
    assert [offer.latest for offer in listed] == [date(2026, 11, 30), date(2027, 1, 31)]


@pytest.mark.rule("MA-5")
def test_sakai_offers_the_next_of_two_fixed_sessions_a_month() -> None:
    body = body_on(read_profile("sakai"), Basis.CASE)
    offered = next_meetings(body, after=date(2026, 11, 3), count=2)
    assert [(offer.fixed, offer.earliest.month) for offer in offered] == [(True, 11), (True, 11)]
    assert offered[0].earliest == date(2026, 11, 10)


@pytest.mark.rule("MA-5")
def test_sakai_writes_an_assessment_with_two_agencies() -> None:
    sakai = read_profile("sakai")
    one, two = AgencyId("elder-centre"), AgencyId("shakyo")
    with pytest.raises(OneAgencyOnly):
        require_joint(sakai, [one, one])
    require_joint(sakai, [one, two])
    require_joint(read_profile("komaki"), [one])


@pytest.mark.rule("MA-6")
def test_tokai_counts_its_studies_by_fiscal_year_and_warns_in_february() -> None:
    duty = read_profile("tokai").study
    assert duty is not None
    held = [date(2026, 3, 30), date(2026, 5, 12), date(2026, 9, 8)]
    january = study_count(duty, held, on=date(2027, 1, 31))
    assert (january.held, january.warns, january.missing) == (2, False, 1)
    assert study_count(duty, held, on=date(2027, 2, 1)).warns
    assert study_count(duty, held, on=date(2027, 3, 31)).warns
    third = study_count(duty, [*held, date(2027, 2, 9)], on=date(2027, 2, 9))
    assert (third.held, third.warns, third.missing) == (3, False, 0)
    assert not study_count(duty, held, on=date(2027, 4, 1)).warns


@pytest.mark.rule("MA-7")
def test_toyota_takes_abuse_to_the_head_office_and_else_the_csw_plans() -> None:
    profile = read_profile("toyota")
    abuse = route(profile, frozenset({Circumstance.ABUSE}))
    usual = route(profile, frozenset())
    assert abuse is not None
    assert usual is not None
    assert abuse.to == "本庁 福祉総合相談課"
    assert usual.to == "コミュニティセンターのCSW"
    assert "プランづくり" in usual.does
    assert lead_after(profile, Field.ELDER) == "地域包括支援センター"
    assert lead_after(profile, Field.HOUSING) is None
    assert route(read_profile("komaki"), frozenset({Circumstance.ABUSE})) is None


@pytest.mark.rule("MA-8")
def test_toyonaka_s_volunteers_pass_on_and_see_that_it_was_received() -> None:
    profile = read_profile("toyonaka")
    assert owner(profile, "nandemo").name == "社会福祉協議会CSW"
    assert seen_at(profile, "nandemo") is Seen.RECEIVED
    assert seen_at(profile, "csw") is Seen.EVERYTHING


@pytest.mark.rule("MA-9")
def test_adachi_goes_along_from_two_checkpoints_on() -> None:
    steps = read_profile("adachi").connect
    assert steps is not None
    step = ConnectStep
    assert [connect_step(steps, hits=hits) for hits in range(4)] == [
        step.NAME_WINDOW,
        step.LETTER,
        step.COMPANION,
        step.COMPANION,
    ]
    (fair,) = read_profile("adachi").fairs
    assert (fair.days_each, fair.cadence.months) == (6, (6, 9, 11, 1, 3))


@pytest.mark.rule("MA-10")
def test_edogawa_reads_on_working_days_and_welcomes_the_nameless() -> None:
    hours = read_profile("edogawa").reading
    assert hours is not None
    assert hours.anonymous_welcome
    assert hours.family_welcome
    friday_night = datetime(2026, 11, 27, 20, 10, tzinfo=TOKYO)
    assert not being_read(hours, friday_night, tz=TOKYO)
    reads, due = answer_due(hours, friday_night, tz=TOKYO)
    assert reads == datetime(2026, 11, 30, 8, 30, tzinfo=TOKYO)
    assert due == datetime(2026, 11, 30, 17, 0, tzinfo=TOKYO)


@pytest.mark.rule("G-15")
def test_within_the_hours_it_is_read_at_once_and_answered_by_the_next_working_day() -> None:
    hours = read_profile("edogawa").reading
    assert hours is not None
    at = datetime(2026, 11, 2, 9, 0, tzinfo=TOKYO)
    culture_day = frozenset({date(2026, 11, 3)})
    reads, due = answer_due(hours, at, tz=TOKYO, closed_days=culture_day)
    assert reads == at
    assert due == datetime(2026, 11, 4, 17, 0, tzinfo=TOKYO)
    early = at - timedelta(hours=2)
    reads, _ = answer_due(hours, early, tz=TOKYO)
    assert reads == datetime(2026, 11, 2, 8, 30, tzinfo=TOKYO)


@pytest.mark.rule("MA-11", "R-043")
def test_yasu_knows_which_of_its_sections_bring_tax_facts() -> None:
    profile = read_profile("yasu")
    assert comes_from_taxation(profile, "納税推進課")
    assert not comes_from_taxation(profile, "市民課")


@pytest.mark.rule("MA-12")
def test_kosaka_gathers_everything_at_marunet_and_branches_see_how_it_stands() -> None:
    profile = read_profile("kosaka")
    assert owner(profile, "shakyo").name == "まるねっと"
    assert seen_at(profile, "shakyo") is Seen.STATUS
    with pytest.raises(NoSuchDesk) as refused:
        owner(profile, "nowhere")
    assert "marunet" in refused.value.facts["allowed"]


@pytest.mark.rule("R-092")
def test_a_case_without_a_plan_needs_a_town_that_knows_such_and_a_reason() -> None:
    kitakyushu, komaki = read_profile("kitakyushu"), read_profile("komaki")
    require_plan_or_reason(komaki, plan=True)
    require_plan_or_reason(kitakyushu, plan=False, reason="単独の機関で支援している")
    with pytest.raises(PlanNeeded) as refused:
        require_plan_or_reason(kitakyushu, plan=False, reason=" ")
    assert refused.value.facts["lacks"] == "reason"
    with pytest.raises(PlanNeeded) as refused:
        require_plan_or_reason(komaki, plan=False, reason="情報共有だけ")
    assert refused.value.facts["lacks"] == "profile"


@pytest.mark.rule("R-052")
def test_a_profile_raises_the_effort_asked_for_and_never_lowers_it_below_one() -> None:
    komaki = read_profile("komaki")
    assert effort_asked(komaki) == EffortAsked()
    more = replace(komaki, effort=EffortAsked(home_visits=3, agencies_asked=0))
    assert effort_asked(more) == EffortAsked(home_visits=3, agencies_asked=1)
