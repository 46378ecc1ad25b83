"""The consent ledger walked at random: no state breaks a rule, a refusal changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.agencies import Role
from core.audit import PERSON
from core.consent.asking import decline, explain, explain_again, explain_wider
from core.consent.covers import PlanFor, ShareWithAgency, covering
from core.consent.ending import expire, withdraw
from core.consent.evidence import missing_parts
from core.consent.giver import Giver
from core.consent.giving import give
from core.consent.kinds import ConsentState
from core.consent.ledger import ASK_AGAIN_AFTER, CONSENT_TABLE, ConsentLine, LedgerStep
from core.consent.scopes import AgencyScope, Scope, ServiceScope, contains
from core.errors import CaseworkError
from core.ids import AgencyId, ConsentId, PersonId
from core.programmes import Programme
from tests.core.casework.ledgers import FORM, HEARD, TODAY, draft, given
from tests.people import MONDAY, SATO, A

AGENCIES = tuple(AgencyId(name) for name in ("hospital", "clinic", "school"))
SCOPES: tuple[Scope, ...] = (
    ServiceScope(programme=Programme.OUTREACH),
    ServiceScope(programme=Programme.PARTICIPATION),
    AgencyScope(agencies=frozenset(AGENCIES[:1]), topics=frozenset({"HEALTH"})),
    AgencyScope(agencies=frozenset(AGENCIES[:2]), topics=frozenset({"HEALTH"})),
    AgencyScope(agencies=frozenset(AGENCIES), topics=frozenset({"HEALTH", "EDU"})),
)
EVIDENCE = (FORM, HEARD, replace(HEARD, second_witness=None), replace(HEARD, place=""))
GIVERS = (Giver(person_id=A.id), Giver(person_id=PersonId("father")))
ROLES = st.sampled_from([Role.OUTREACH_WORKER, Role.COORDINATOR, Role.SYSTEM, Role.CHAIR])
MOVES = {(source, row.to) for row in CONSENT_TABLE for source in row.sources}


class Ledger(RuleBasedStateMachine):
    @initialize(begun=st.sampled_from(((), ("narrow",), ("narrow", "service"))))
    def begin(self, begun: tuple[str, ...]) -> None:
        scopes = {"narrow": SCOPES[2], "service": SCOPES[0]}
        self.lines = tuple(given(scopes[name]) for name in begun)
        self.at = MONDAY
        self.made = 0
        self.declined: dict[str, Any] = {}

    def take(self, command: Callable[[], LedgerStep]) -> None:
        before = self.lines
        try:
            step = command()
        except CaseworkError as refused:
            assert refused.facts["allowed"], "a refusal says what is allowed instead"
            assert self.lines == before
            return
        was = {line.id: line.state for line in before}
        for line in step.lines:
            if line.id in was:
                assert (was[line.id], line.state) in MOVES
            if line.state is ConsentState.EXPLAINING and line.id in self.declined:
                assert self.at - self.declined[line.id] >= ASK_AGAIN_AFTER
            if line.state is ConsentState.DECLINED_FOR_NOW:
                self.declined[line.id] = self.at
        assert len(step.events) == len(step.lines)
        self.lines = step.on(before)
        assert len(self.lines) >= len(before), "nothing is ever taken out"

    @rule(days=st.integers(1, 45))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(scope=st.sampled_from(SCOPES), role=ROLES, shown=st.booleans())
    def is_explained(self, scope: Scope, role: Role, shown: bool) -> None:
        words = ("だれに、何を",) if shown else ()
        made = draft(scope)
        self.take(
            lambda: explain(made, shown=words, ledger=self.lines, by=SATO.id, role=role, at=self.at)
        )

    @rule(scope=st.sampled_from(SCOPES))
    def is_explained_well(self, scope: Scope) -> None:
        self.is_explained(scope, Role.OUTREACH_WORKER, True)

    @rule(data=st.data())
    def comes_back_well(self, data: st.DataObject) -> None:
        declined = [x for x in self.lines if x.state is ConsentState.DECLINED_FOR_NOW]
        if declined:
            self.again(data.draw(st.sampled_from(declined)), "本人から話があった", False)

    @rule(data=st.data())
    def is_given_well(self, data: st.DataObject) -> None:
        asked = [x for x in self.lines if x.state is ConsentState.EXPLAINING]
        if asked:
            self.well(data.draw(st.sampled_from(asked)))

    @rule(data=st.data())
    def more_is_asked_for(self, data: st.DataObject) -> None:
        narrow = [x for x in self.lines if x.state is ConsentState.GIVEN and x.scope == SCOPES[2]]
        if narrow:
            self.more(data.draw(st.sampled_from(narrow)), SCOPES[4])
            self.well(self.lines[-1])

    @rule(
        data=st.data(),
        role=ROLES,
        evidence=st.sampled_from(EVIDENCE),
        giver=st.sampled_from(GIVERS),
        chosen=st.booleans(),
    )
    def is_given(
        self, data: st.DataObject, role: Role, evidence: Any, giver: Giver, chosen: bool
    ) -> None:
        line = self.one(data)
        if line is None:
            return
        self.take(
            lambda: give(
                line,
                giver=giver,
                evidence=evidence,
                chosen_by_person=chosen,
                by=SATO.id,
                role=role,
                at=self.at,
                ledger=self.lines,
            )
        )

    def well(self, line: ConsentLine) -> None:
        self.take(
            lambda: give(
                line,
                giver=GIVERS[0],
                evidence=FORM,
                chosen_by_person=True,
                by=SATO.id,
                role=Role.OUTREACH_WORKER,
                at=self.at,
                ledger=self.lines,
            )
        )

    @rule(data=st.data(), role=ROLES)
    def not_now(self, data: st.DataObject, role: Role) -> None:
        line = self.one(data)
        if line is not None:
            self.take(lambda: decline(line, by=SATO.id, role=role, at=self.at))

    @rule(data=st.data(), why=st.sampled_from(["", "本人から話があった"]), clock=st.booleans())
    def asked_again(self, data: st.DataObject, why: str, clock: bool) -> None:
        line = self.one(data)
        if line is not None:
            self.again(line, why, clock)

    def again(self, line: ConsentLine, why: str, clock: bool) -> None:
        self.take(
            lambda: explain_again(
                line,
                why_now=why,
                scheduled=clock,
                by=SATO.id,
                role=Role.OUTREACH_WORKER,
                at=self.at,
            )
        )

    @rule(data=st.data(), scope=st.sampled_from(SCOPES))
    def asked_for_more(self, data: st.DataObject, scope: Scope) -> None:
        line = self.one(data)
        if line is not None:
            self.more(line, scope)

    def more(self, line: ConsentLine, scope: Scope) -> None:
        self.made += 1
        wider = ConsentId(f"wider-{self.made}")
        self.take(
            lambda: explain_wider(
                line,
                id=wider,
                scope=scope,
                text_version="2026-05",
                shown=("もっと",),
                ledger=self.lines,
                by=SATO.id,
                role=Role.COORDINATOR,
                at=self.at,
            )
        )

    @rule(data=st.data())
    def taken_back(self, data: st.DataObject) -> None:
        line = self.one(data)
        if line is not None:
            self.take(lambda: withdraw(line, by=PERSON, role=None, at=self.at))

    @rule(data=st.data(), ended=st.booleans())
    def runs_out(self, data: st.DataObject, ended: bool) -> None:
        line = self.one(data)
        if line is not None:
            self.take(lambda: expire(line, today=TODAY, follow_up_ended=ended, at=self.at))

    def one(self, data: st.DataObject) -> ConsentLine | None:
        return data.draw(st.sampled_from(self.lines)) if self.lines else None

    @invariant()
    def every_given_line_is_proven(self) -> None:
        for line in getattr(self, "lines", ()):
            if line.state is ConsentState.GIVEN:
                assert line.giver is not None and line.giver.person_id == A.id
                assert line.evidence is not None and not missing_parts(line.evidence)
                assert line.explained_at is not None

    @invariant()
    def what_is_covered_is_covered_by_a_given_line(self) -> None:
        for need in (
            PlanFor(programme=Programme.OUTREACH),
            ShareWithAgency(agency=AGENCIES[1], topic="HEALTH"),
        ):
            line = covering(getattr(self, "lines", ()), need, subject=A.id, today=TODAY)
            assert line is None or line.state is ConsentState.GIVEN

    @invariant()
    def a_replaced_line_has_a_wider_one_in_its_place(self) -> None:
        by_id = {line.id: line for line in getattr(self, "lines", ())}
        for line in by_id.values():
            if line.state is ConsentState.REPLACED:
                assert line.replaced_by is not None
                assert not contains(line.scope, by_id[line.replaced_by].scope)


TestLedger = pytest.mark.rule("C1", "C2", "C3", "C4", "C5", "C6", "C7")(Ledger.TestCase)
TestLedger.settings = settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
