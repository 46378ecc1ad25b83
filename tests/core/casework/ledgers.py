"""Lines of the ledger as the tests need them: A at home, 佐藤 and 鈴木 beside A."""

from dataclasses import replace
from datetime import date, datetime
from itertools import count

from core.agencies import Role
from core.consent.asking import explain
from core.consent.evidence import Evidence, OralEvidence, SignedForm
from core.consent.giver import Giver
from core.consent.giving import give
from core.consent.kinds import ConsentState
from core.consent.ledger import ConsentLine
from core.consent.scopes import Scope
from core.ids import ConsentId, PersonId
from tests.people import MIDORI, MONDAY, SATO, SUZUKI, A

TODAY = date(2026, 11, 30)
FORM = SignedForm(document="scan-1", signed_on=TODAY)
HEARD = OralEvidence(
    said_on=TODAY,
    place="玄関先",
    words="それなら、いいです",
    heard_by=SATO.id,
    second_witness=SUZUKI.id,
)
_numbers = count(1)


def draft(scope: Scope, *, subject: PersonId = A.id) -> ConsentLine:
    return ConsentLine(
        id=ConsentId(f"line-{next(_numbers)}"),
        municipality_id=MIDORI,
        subject=subject,
        scope=scope,
        state=ConsentState.EXPLAINING,
        text_version="2026-04",
    )


def explaining(scope: Scope, *, subject: PersonId = A.id, at: datetime = MONDAY) -> ConsentLine:
    step = explain(
        draft(scope, subject=subject),
        shown=("だれに、何を",),
        ledger=(),
        by=SATO.id,
        role=Role.OUTREACH_WORKER,
        at=at,
    )
    return step.line


def given(
    scope: Scope,
    *,
    subject: PersonId = A.id,
    at: datetime = MONDAY,
    evidence: Evidence = FORM,
    expires_on: date | None = None,
) -> ConsentLine:
    step = give(
        explaining(scope, subject=subject, at=at),
        giver=Giver(person_id=subject),
        evidence=evidence,
        chosen_by_person=True,
        by=SATO.id,
        role=Role.OUTREACH_WORKER,
        at=at,
    )
    return replace(step.line, expires_on=expires_on)
