"""Giving what we know to somebody else: on what ground, after which check (DOMAIN §9).

Local governments use and give personal information for its purpose only, except on the grounds of
the Personal Information Protection Act, Art. 69, and never so that it unjustly harms the person or
a third one. A meeting under Social Welfare Act 106-6 is a ground of its own. Each time is recorded.
"""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.agencies import Role, Staff
from core.audit import AuditEvent
from core.consent import ConsentLine, ConsentState, ConsentType
from core.consent.scopes import TAX_DERIVED, AgencyScope, FamilyScope
from core.errors import CaseworkError
from core.ids import CaseId, PersonId, StaffId


class Ground(enum.StrEnum):
    """Why something may be given away."""

    CONSENT = "CONSENT"
    LAW_106_6 = "LAW_106_6"
    OWN_DUTY = "ART_69_2_2"
    OTHER_BODY = "ART_69_2_3"
    SPECIAL_REASON = "ART_69_2_4"
    LIFE_BODY = "LIFE_BODY"


class SharedPart(enum.StrEnum):
    """What can be given, from the least on."""

    RECEIVED = "received"
    ROLE_TEXT = "role_text"
    CONTACT_WINDOW = "contact_window"
    HOW_TO_CALL = "how_to_call"
    WATCH_SIGNS = "watch_signs"
    IDENTITY = "identity"
    SITUATION = "situation"
    HEALTH = "health"
    MONEY = "money"
    TAX_DERIVED = "tax_derived"


# [D] the most that a community supporter is ever told: no facts of the person's situation.
SUPPORTER_PARTS: Final = frozenset(
    {
        SharedPart.RECEIVED,
        SharedPart.ROLE_TEXT,
        SharedPart.CONTACT_WINDOW,
        SharedPart.HOW_TO_CALL,
        SharedPart.WATCH_SIGNS,
    }
)
SHARING: Final = frozenset(
    {ConsentType.SHARE_MEETING, ConsentType.SHARE_AGENCY, ConsentType.SHARE_FAMILY}
)
# [D] who weighs it: consent is in the hands of those on the case, the law's exceptions in the
# municipality's, and danger to life waits for nobody.
_ON_THE_CASE: Final = frozenset(Role) - {
    Role.COMMUNITY_SUPPORTER,
    Role.AUDITOR,
    Role.SYSTEM,
    Role.MEMBER,
    Role.TEMPORARY_MEMBER,
}
_OF_THE_TOWN: Final = frozenset({Role.MUNICIPAL_OFFICER, Role.PRIVACY_OFFICER})
DECIDES: Final = {
    Ground.CONSENT: _ON_THE_CASE,
    Ground.LAW_106_6: _ON_THE_CASE,
    Ground.OWN_DUTY: _OF_THE_TOWN,
    Ground.OTHER_BODY: _OF_THE_TOWN,
    Ground.SPECIAL_REASON: _OF_THE_TOWN,
    Ground.LIFE_BODY: frozenset(Role) - {Role.SYSTEM},
}


class NotDecidedHere(CaseworkError):
    """This ground is weighed by others. Facts: `ground`, `allowed` (the roles, as codes)."""

    rule = "DOMAIN-9"


class GroundUnproven(CaseworkError):
    """The ground has nothing under it. Facts: `ground`, `allowed` (what would prove it)."""

    rule = "DOMAIN-9"


class HarmNotExcluded(CaseworkError):
    """Nobody has looked whether it harms somebody, or it does."""

    rule = "DOMAIN-9"


class TaxFactStays(CaseworkError):
    """What the tax office knows is given on the person's own consent only. Facts: `allowed`."""

    rule = "R-043"


class FamilyNotNamed(CaseworkError):
    """A relative is told what the person agreed to tell this very relative, and nothing else.

    Facts: `allowed`.
    """

    rule = "DOMAIN-2.4"


class MoreThanTheLeast(CaseworkError):
    """A community supporter gets the least that serves, until a day. Facts: `allowed`."""

    rule = "DOMAIN-9"


@dataclass(frozen=True, kw_only=True, slots=True)
class HarmCheck:
    """Somebody looked whether the person, or a third one, would be unjustly harmed."""

    by: StaffId
    at: datetime
    unjust: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Disclosure:
    """What is to be given, to whom and why.

    Attributes:
        to: agency, member of staff, or body; an id or a name of an organisation.
        reason: staff text.
        told: what is said, word for word, where it was written down.
        proof: consent id for CONSENT, agenda item id for LAW_106_6.
        ends_on: last day on which the other side may use it; needed for community supporters.
    """

    case_id: CaseId
    person_id: PersonId
    to: str
    to_role: Role | None = None
    parts: frozenset[SharedPart]
    ground: Ground
    reason: str
    harm: HarmCheck | None
    told: str = ""
    proof: str = ""
    ends_on: date | None = None


def disclose(
    disclosure: Disclosure, *, by: Staff, at: datetime, consents: Iterable[ConsentLine] = ()
) -> AuditEvent:
    """Check a disclosure; the event is its record.

    Args:
        consents: the ledger of this person.

    Raises:
        NotDecidedHere: the ground is not for this member of staff to weigh.
        GroundUnproven: no reason, no consent that holds, or no agenda item.
        HarmNotExcluded: unchecked, or found.
        TaxFactStays: a tax fact on any ground but consent.
        MoreThanTheLeast: to a community supporter, more than the minimum or without an end.
    """
    ground = disclosure.ground
    deciding = by.roles & DECIDES[ground]
    if not deciding or not by.active:
        raise NotDecidedHere(ground=ground.value, allowed=",".join(sorted(DECIDES[ground])))
    _require_ground(disclosure, consents)
    if SharedPart.TAX_DERIVED in disclosure.parts and ground is not Ground.CONSENT:
        raise TaxFactStays(allowed="consent_to_share")
    if disclosure.harm is None or disclosure.harm.unjust:
        raise HarmNotExcluded()
    if disclosure.to_role is Role.COMMUNITY_SUPPORTER:
        _require_least(disclosure)
    return AuditEvent(
        action="case.disclosed",
        at=at,
        actor=by.id,
        role=min(deciding),
        subject=disclosure.person_id,
        case_id=disclosure.case_id,
        reason=disclosure.reason.strip(),
        evidence=_evidence(disclosure, disclosure.harm),
    )


def require_reaching(
    disclosure: Disclosure,
    *,
    today: date,
    consents: Iterable[ConsentLine] = (),
    items: Collection[str] = (),
    relatives: Collection[str] = (),
    agency: str = "",
) -> None:
    """Refuse a proof that does not reach this far.

    To a relative only `SHARE_FAMILY` that names them reaches, or danger to life [D]: a meeting's
    consent and the law's other grounds are for those who work on the case.

    Args:
        today: local day on which it is given.
        consents: the ledger of this person.
        items: ids of the case's items that stand on an agenda of the 支援会議.
        relatives: ids of everybody in the household.
        agency: of the colleague to whom it is given: a consent that names their agency reaches
            them.

    Raises:
        FamilyNotNamed: to a relative whom no consent of the person names.
        GroundUnproven: the consent is over or names others; no such item.
        TaxFactStays: a tax fact, and the consent does not name it (R-043).
    """
    ground = disclosure.ground
    if disclosure.to in relatives and ground is not Ground.LIFE_BODY:
        _require_named(disclosure, consents)
    if ground is Ground.LAW_106_6 and disclosure.proof not in items:
        raise GroundUnproven(ground=ground.value, allowed="agenda_item")
    if ground is not Ground.CONSENT:
        return
    line = next((line for line in consents if line.id == disclosure.proof), None)
    if line is None or not line.in_force(today):
        raise GroundUnproven(ground=ground.value, allowed="consent_to_share")
    scope = line.scope
    if isinstance(scope, AgencyScope) and not {disclosure.to, agency} & scope.agencies:
        raise GroundUnproven(ground=ground.value, allowed="consent_to_share")
    if isinstance(scope, FamilyScope) and disclosure.to != scope.relative:
        raise GroundUnproven(ground=ground.value, allowed="consent_to_share")
    tax = SharedPart.TAX_DERIVED in disclosure.parts
    if tax and not (isinstance(scope, AgencyScope | FamilyScope) and TAX_DERIVED in scope.topics):
        raise TaxFactStays(allowed="consent_to_share")


def still_agreed(disclosure: Disclosure, *, consents: Iterable[ConsentLine], today: date) -> bool:
    """Whether what was given on consent may be used on; sharing stops with the consent (C5).

    Args:
        consents: the ledger of this person. A line in whose place a wider one came goes on in it.
    """
    if disclosure.ground is not Ground.CONSENT:
        return True
    lines: dict[str, ConsentLine] = {line.id: line for line in consents}
    line = lines.get(disclosure.proof)
    while line is not None and line.replaced_by is not None:
        line = lines.get(line.replaced_by)
    return line is not None and line.in_force(today)


def _require_ground(disclosure: Disclosure, consents: Iterable[ConsentLine]) -> None:
    ground = disclosure.ground
    if not disclosure.reason.strip():
        raise GroundUnproven(ground=ground.value, allowed="reason")
    if ground is Ground.CONSENT and not any(
        line.id == disclosure.proof
        and line.subject == disclosure.person_id
        and line.type in SHARING
        and line.state is ConsentState.GIVEN
        for line in consents
    ):
        raise GroundUnproven(ground=ground.value, allowed="consent_to_share")
    if ground is Ground.LAW_106_6 and not disclosure.proof:
        raise GroundUnproven(ground=ground.value, allowed="agenda_item")


def _require_named(disclosure: Disclosure, consents: Iterable[ConsentLine]) -> None:
    scope = next((line.scope for line in consents if line.id == disclosure.proof), None)
    named = isinstance(scope, FamilyScope) and scope.relative == disclosure.to
    if disclosure.ground is not Ground.CONSENT or not named:
        raise FamilyNotNamed(allowed="consent_to_share_with_family")


def _require_least(disclosure: Disclosure) -> None:
    if disclosure.ends_on is None:
        raise MoreThanTheLeast(allowed="end_date")
    if disclosure.parts - SUPPORTER_PARTS:
        raise MoreThanTheLeast(allowed=",".join(sorted(SUPPORTER_PARTS)))


def _evidence(disclosure: Disclosure, harm: HarmCheck) -> tuple[str, ...]:
    named = [
        f"ground={disclosure.ground}",
        f"to={disclosure.to}",
        *(f"part={part}" for part in sorted(disclosure.parts)),
        f"harm_checked_by={harm.by}",
    ]
    if disclosure.proof:
        named.append(f"proof={disclosure.proof}")
    if disclosure.ends_on is not None:
        named.append(f"ends_on={disclosure.ends_on.isoformat()}")
    return tuple(named)
