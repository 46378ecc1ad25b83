"""The consent ledger, row by row (DOMAIN §3.5)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.agencies import Role
from core.audit import PERSON
from core.consent.asking import decline, explain, explain_again, explain_wider
from core.consent.ending import expire, withdraw, withdraw_all
from core.consent.evidence import (
    EvidenceIncomplete,
    EvidenceKind,
    EvidencePart,
    LetterEvidence,
    LinkEvidence,
    MessageEvidence,
    NotedEvidence,
    SignedForm,
    kind_of_evidence,
    missing_parts,
)
from core.consent.giver import Giver, GiverUnfit
from core.consent.giving import give, give_by_link
from core.consent.kinds import ConsentState, ConsentType
from core.consent.ledger import (
    CONSENT_TABLE,
    AskedBySchedule,
    AskedTooSoon,
    AskedWithoutReason,
    ConsentLine,
    ConsentStepClosed,
    LedgerStep,
    NotChosenByPerson,
    NotForThemToRecord,
    NothingExplained,
    NotRunOut,
    NotWider,
)
from core.consent.scopes import (
    AgencyScope,
    AttendScope,
    CollectScope,
    FamilyScope,
    LineScope,
    MeetingScope,
    Scope,
    ServiceScope,
)
from core.ids import AgencyId, ConsentId, LinkId, PersonId
from core.programmes import Programme
from tests.core.casework.ledgers import FORM, HEARD, TODAY, draft, explaining, given
from tests.people import MONDAY, SATO, A

HOSPITAL = AgencyId("hospital")
CLINIC = AgencyId("clinic")
OUTREACH = ServiceScope(programme=Programme.OUTREACH)
TELL_HOSPITAL = AgencyScope(agencies=frozenset({HOSPITAL}), topics=frozenset({"HEALTH"}))
SEVEN: tuple[tuple[Scope, ConsentType], ...] = (
    (LineScope(), ConsentType.CHANNEL_LINE),
    (OUTREACH, ConsentType.SERVICE_USE),
    (
        CollectScope(member=A.id, topics=frozenset({"HEALTH"}), sources=frozenset({"病院"})),
        ConsentType.INFO_COLLECT,
    ),
    (MeetingScope(body="重層的支援会議", membership_version=1), ConsentType.SHARE_MEETING),
    (TELL_HOSPITAL, ConsentType.SHARE_AGENCY),
    (FamilyScope(relative="father", topics=frozenset({"HEALTH"})), ConsentType.SHARE_FAMILY),
    (AttendScope(meeting="meeting-1"), ConsentType.ATTEND),
)
WORKER: dict[str, Any] = {"by": SATO.id, "role": Role.OUTREACH_WORKER}


def answer(line: ConsentLine, **changes: Any) -> LedgerStep:
    asked: dict[str, Any] = {
        "giver": Giver(person_id=A.id),
        "evidence": FORM,
        "chosen_by_person": True,
        "at": MONDAY,
    }
    return give(line, **(asked | WORKER | changes))


@pytest.mark.rule("C1", "C2")
@pytest.mark.parametrize(("scope", "kind"), SEVEN, ids=[kind.value for _, kind in SEVEN])
def test_each_of_the_seven_kinds_is_explained_and_then_given(
    scope: Scope, kind: ConsentType
) -> None:
    line = answer(explaining(scope)).line
    assert line.type is kind
    assert line.state is ConsentState.GIVEN
    assert line.explained_by == SATO.id


@pytest.mark.rule("C1")
def test_an_explanation_needs_a_text_and_what_it_covers_in_plain_words() -> None:
    for line, shown in (
        (replace(draft(OUTREACH), text_version=""), ("訪問",)),
        (draft(OUTREACH), ()),
        (draft(AgencyScope(agencies=frozenset(), topics=frozenset())), ("だれに",)),
    ):
        with pytest.raises(NothingExplained):
            explain(line, shown=shown, ledger=(), at=MONDAY, **WORKER)


@pytest.mark.rule("C1", "DOMAIN-3.7")
@pytest.mark.parametrize("role", [Role.SYSTEM, Role.MEMBER, Role.COMMUNITY_SUPPORTER])
def test_only_colleagues_on_the_case_record_it(role: Role) -> None:
    with pytest.raises(NotForThemToRecord) as refused:
        explain(draft(OUTREACH), shown=("訪問",), ledger=(), by=SATO.id, role=role, at=MONDAY)
    assert "outreach_worker" in refused.value.facts["allowed"]


@pytest.mark.rule("C2")
def test_spoken_consent_names_date_place_words_and_two_who_heard_it() -> None:
    assert missing_parts(HEARD) == ()
    for lacking, part in (
        (replace(HEARD, said_on=None), EvidencePart.DATE),
        (replace(HEARD, place=" "), EvidencePart.PLACE),
        (replace(HEARD, words=""), EvidencePart.WORDS),
        (replace(HEARD, heard_by=None), EvidencePart.HEARD_BY),
        (replace(HEARD, second_witness=None), EvidencePart.SECOND_WITNESS),
        (replace(HEARD, second_witness=HEARD.heard_by), EvidencePart.SECOND_WITNESS),
    ):
        with pytest.raises(EvidenceIncomplete) as refused:
            answer(explaining(OUTREACH), evidence=lacking)
        assert refused.value.facts["missing"] == part.value


@pytest.mark.rule("C2")
def test_papers_and_messages_are_complete_or_not() -> None:
    whole = (
        (FORM, EvidenceKind.SIGNED_FORM),
        (HEARD, EvidenceKind.ORAL),
        (LetterEvidence(document="scan-2", received_on=TODAY), EvidenceKind.LETTER),
        (MessageEvidence(message_id="m1", words="はい"), EvidenceKind.MESSAGE),
    )
    for evidence, kind in whole:
        assert missing_parts(evidence) == ()
        assert kind_of_evidence(evidence) is kind
    assert missing_parts(SignedForm(document="", signed_on=None)) == (
        EvidencePart.DOCUMENT,
        EvidencePart.DATE,
    )
    assert missing_parts(MessageEvidence(message_id="", words="")) == (
        EvidencePart.MESSAGE_ID,
        EvidencePart.WORDS,
    )
    assert missing_parts(LetterEvidence(document="", received_on=TODAY)) == (EvidencePart.DOCUMENT,)


@pytest.mark.rule("C2")
def test_no_refusal_repeats_the_words_of_the_person() -> None:
    with pytest.raises(EvidenceIncomplete) as refused:
        answer(explaining(OUTREACH), evidence=replace(HEARD, place=""))
    assert HEARD.words not in str(refused.value)


@pytest.mark.rule("C2")
def test_nobody_consents_for_another_without_the_law_behind_them() -> None:
    line = explaining(OUTREACH)
    father = PersonId("father")
    with pytest.raises(GiverUnfit):
        answer(line, giver=Giver(person_id=father))
    by_law = answer(line, giver=Giver(person_id=father, authority="document-9")).line
    assert by_law.giver == Giver(person_id=father, authority="document-9")


@pytest.mark.rule("C2")
def test_nothing_is_ticked_beforehand() -> None:
    with pytest.raises(NotChosenByPerson):
        answer(explaining(OUTREACH), chosen_by_person=False)


@pytest.mark.rule("C3")
def test_not_now_is_recorded_without_a_reason() -> None:
    step = decline(explaining(OUTREACH), at=MONDAY, **WORKER)
    assert step.line.state is ConsentState.DECLINED_FOR_NOW
    by_person = decline(explaining(OUTREACH), by=PERSON, role=None, at=MONDAY)
    assert by_person.events[0].role == "person"


@pytest.mark.rule("C4", "R-024")
def test_after_not_now_nobody_asks_for_30_days() -> None:
    declined = decline(explaining(OUTREACH), at=MONDAY, **WORKER).line
    asked: dict[str, Any] = {"why_now": "本人から話があった", "scheduled": False}
    early = MONDAY + timedelta(days=30) - timedelta(seconds=1)
    with pytest.raises(AskedTooSoon) as refused:
        explain_again(declined, at=early, **asked, **WORKER)
    assert refused.value.facts["next"] == (MONDAY + timedelta(days=30)).isoformat()
    again = explain_again(declined, at=MONDAY + timedelta(days=30), **asked, **WORKER).line
    assert again.state is ConsentState.EXPLAINING


@pytest.mark.rule("C4")
def test_coming_back_to_it_takes_a_note_and_a_colleague() -> None:
    declined = decline(explaining(OUTREACH), at=MONDAY, **WORKER).line
    later = MONDAY + timedelta(days=40)
    with pytest.raises(AskedWithoutReason):
        explain_again(declined, why_now=" ", scheduled=False, at=later, **WORKER)
    with pytest.raises(AskedBySchedule):
        explain_again(declined, why_now="予定", scheduled=True, at=later, **WORKER)


@pytest.mark.rule("C4")
def test_a_new_line_is_no_way_round_the_30_days() -> None:
    declined = decline(explaining(OUTREACH), at=MONDAY, **WORKER).line
    asked: dict[str, Any] = {"shown": ("訪問",), "ledger": (declined,)} | WORKER
    with pytest.raises(AskedTooSoon):
        explain(draft(OUTREACH), at=MONDAY, **asked)
    with pytest.raises(AskedWithoutReason):
        explain(draft(OUTREACH), at=MONDAY + timedelta(days=31), **asked)
    other = ServiceScope(programme=Programme.PARTICIPATION)
    assert explain(draft(other), at=MONDAY, **asked).line.state is ConsentState.EXPLAINING


@pytest.mark.rule("C5")
@pytest.mark.parametrize("role", [*Role, None])
def test_anybody_may_record_that_it_was_taken_back_at_once(role: Role | None) -> None:
    step = withdraw(given(OUTREACH), by=SATO.id if role else PERSON, role=role, at=MONDAY)
    assert step.line.state is ConsentState.WITHDRAWN
    assert step.line.withdrawn_at == MONDAY
    assert not step.line.in_force(TODAY)


@pytest.mark.rule("C5")
def test_words_that_leave_it_open_take_back_every_line() -> None:
    ledger = tuple(given(scope) for scope, _ in SEVEN)
    step = withdraw_all(
        ledger, subject=A.id, matter=lambda _: True, by=PERSON, role=None, at=MONDAY
    )
    assert len(step.lines) == len(step.events) == len(SEVEN)
    assert not [line for line in step.on(ledger) if line.in_force(TODAY)]
    with pytest.raises(ConsentStepClosed):
        withdraw_all(
            step.on(ledger), subject=A.id, matter=lambda _: True, by=PERSON, role=None, at=MONDAY
        )


def widened(line: ConsentLine, scope: Scope) -> LedgerStep:
    return explain_wider(
        line,
        id=ConsentId("wider"),
        scope=scope,
        text_version="2026-05",
        shown=("クリニックにも",),
        ledger=(line,),
        at=MONDAY,
        **WORKER,
    )


BOTH = AgencyScope(agencies=frozenset({HOSPITAL, CLINIC}), topics=frozenset({"HEALTH"}))


@pytest.mark.rule("C6")
def test_one_agency_more_is_a_new_explanation_and_the_old_line_holds_meanwhile() -> None:
    old = given(TELL_HOSPITAL)
    asked = widened(old, BOTH).line
    assert (asked.state, asked.replaces) == (ConsentState.EXPLAINING, old.id)
    assert old.in_force(TODAY)
    step = answer(asked, ledger=(old,))
    new, was = step.lines
    assert new.state is ConsentState.GIVEN
    assert (was.state, was.replaced_by) == (ConsentState.REPLACED, new.id)
    assert [event.now for event in step.events] == ["GIVEN", "REPLACED"]


@pytest.mark.rule("C6")
def test_a_new_list_of_members_is_a_new_explanation() -> None:
    old = given(MeetingScope(body="重層的支援会議", membership_version=1))
    new = MeetingScope(body="重層的支援会議", membership_version=2)
    assert widened(old, new).line.state is ConsentState.EXPLAINING


@pytest.mark.rule("C6")
def test_what_is_covered_already_is_not_asked_again() -> None:
    old = given(BOTH)
    for scope in (TELL_HOSPITAL, BOTH, OUTREACH):
        with pytest.raises(NotWider):
            widened(old, scope)


@pytest.mark.rule("C7")
def test_it_runs_out_on_its_date_or_when_follow_up_ends() -> None:
    dated = given(OUTREACH, expires_on=TODAY)
    assert not dated.in_force(TODAY)
    assert dated.in_force(TODAY - timedelta(days=1))
    for line, ended in ((dated, False), (given(OUTREACH), True)):
        step = expire(line, today=TODAY, follow_up_ended=ended, at=MONDAY)
        assert step.line.state is ConsentState.EXPIRED
    with pytest.raises(NotRunOut):
        expire(given(OUTREACH), today=TODAY, follow_up_ended=False, at=MONDAY)


@pytest.mark.rule("C7")
@pytest.mark.rule("G-21")
def test_their_own_line_outlives_the_follow_up_and_ends_by_its_date_or_with_them() -> None:
    line = given(LineScope())
    with pytest.raises(NotRunOut):
        expire(line, today=TODAY, follow_up_ended=True, at=MONDAY)
    gone = expire(line, today=TODAY, follow_up_ended=False, deceased=True, at=MONDAY)
    assert gone.line.state is ConsentState.EXPIRED
    dated = given(LineScope(), expires_on=TODAY)
    over = expire(dated, today=TODAY, follow_up_ended=True, at=MONDAY)
    assert over.line.state is ConsentState.EXPIRED


@pytest.mark.rule("C8")
def test_adding_the_account_and_the_code_together_permit_letters() -> None:
    link = LinkId("link-a")
    whole = LinkEvidence(link_id=link, friend_added=True, code_used=True)
    step = give_by_link(draft(LineScope()), evidence=whole, at=MONDAY)
    assert step.line.state is ConsentState.GIVEN
    assert step.events[0].actor == PERSON
    for half in (replace(whole, code_used=False), replace(whole, friend_added=False)):
        with pytest.raises(EvidenceIncomplete):
            give_by_link(draft(LineScope()), evidence=half, at=MONDAY)
    with pytest.raises(NothingExplained):
        give_by_link(draft(OUTREACH), evidence=whole, at=MONDAY)


@pytest.mark.rule("C8")
@pytest.mark.rule("C6")
def test_a_later_account_takes_the_place_of_the_permission_before() -> None:
    former, other = given(LineScope()), given(OUTREACH)
    whole = LinkEvidence(link_id=LinkId("link-b"), friend_added=True, code_used=True)
    new = draft(LineScope())
    step = give_by_link(new, evidence=whole, at=MONDAY, ledger=(former, other))
    states = {line.id: line.state for line in step.on((former, other))}
    assert states == {
        former.id: ConsentState.REPLACED,
        other.id: ConsentState.GIVEN,
        new.id: ConsentState.GIVEN,
    }


@pytest.mark.rule("C2")
def test_a_bare_note_proves_nothing_that_is_given_anew() -> None:
    noted = NotedEvidence(words="書面で")
    assert kind_of_evidence(noted) is EvidenceKind.NOTED
    assert missing_parts(noted) == (EvidencePart.DOCUMENT,)


@pytest.mark.rule("C1")
def test_one_matter_is_explained_once_and_grows_in_its_line() -> None:
    asked: dict[str, Any] = {"shown": ("だれに、何を",), "at": MONDAY, **WORKER}
    with pytest.raises(ConsentStepClosed):
        explain(draft(OUTREACH), ledger=(explaining(OUTREACH),), **asked)
    with pytest.raises(NotWider):
        explain(draft(OUTREACH), ledger=(given(OUTREACH),), **asked)
    another_body = MeetingScope(body="重層的支援会議", membership_version=2)
    with pytest.raises(NotWider):
        explain(draft(another_body), ledger=(given(SEVEN[3][0]),), **asked)
    more = AgencyScope(agencies=TELL_HOSPITAL.agencies, topics=frozenset({"WORK"}))
    assert explain(draft(more), ledger=(given(TELL_HOSPITAL),), **asked).line.scope == more
    of_another = explaining(OUTREACH, subject=PersonId("person-b"))
    assert explain(draft(OUTREACH), ledger=(of_another,), **asked)


@pytest.mark.rule("DOMAIN-3.5")
def test_a_step_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ConsentStepClosed) as refused:
        decline(given(OUTREACH), at=MONDAY, **WORKER)
    assert refused.value.facts["allowed"] == "C5 WITHDRAWN, C6 REPLACED, C7 EXPIRED"


def test_the_table_is_the_one_of_the_domain_paper() -> None:
    assert [row.id for row in CONSENT_TABLE] == [f"C{n}" for n in range(1, 9)]
