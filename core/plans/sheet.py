"""PlanSheet プランシート: what a plan contains (DOMAIN §2.6, S0 帳票).

Marks as in the domain paper: [C] said in a seed, [X] in public material, [I] inferred,
[D] chosen here. The sheet is a reference form; a town may print it its own way (R-085).
"""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.ids import AgencyId, PlaceId, StaffId
from core.programmes import Programme


class GoalKind(enum.StrEnum):
    """What a goal is about [D]; kinds exist so that R-028 and R-071 can be tested."""

    TRUST = "TRUST"
    TIE = "TIE"
    SELF_WORTH = "SELF_WORTH"
    DAILY_LIFE = "DAILY_LIFE"
    HEALTH = "HEALTH"
    HOUSING = "HOUSING"
    MONEY = "MONEY"
    LEARNING = "LEARNING"
    LEAVING_HOUSE = "LEAVING_HOUSE"
    WORK = "WORK"


# Results that nobody asks of a person with whom trust is still being built.
OUTCOMES: Final = frozenset({GoalKind.WORK, GoalKind.LEAVING_HOUSE})
# What participation support is for (S0 第3-2(3)②).
BELONGING: Final = frozenset({GoalKind.TIE, GoalKind.SELF_WORTH})


class LegalStatus(enum.StrEnum):
    """Whether the plan was made before or after the person applied [C 第3-4(4)]."""

    PRE_CONSENT = "PRE_CONSENT"
    POST_CONSENT = "POST_CONSENT"


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """目標 [C for multi-agency and participation, I for outreach].

    Attributes:
        long_term: a long goal; otherwise a short one.
    """

    kind: GoalKind
    text: str
    long_term: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedAction:
    """One line of what is done: what, who, when, how often [C 役割分担].

    Attributes:
        programme: the programme under which it is done; None for support outside the three.
    """

    what: str
    agency_id: AgencyId
    programme: Programme | None = None
    starts: str = ""
    how_often: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyPart:
    """The part that one agency takes [C for multi-agency, I else].

    Attributes:
        leads: 主担当.
        is_public_assistance_office: 保護の実施機関, central for households on 生活保護 (R-011).
    """

    agency_id: AgencyId
    part: str
    leads: bool = False
    is_public_assistance_office: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OutreachPart:
    """What only an outreach plan has [C/I 第3-4(4)①ア].

    Attributes:
        lead_mode: SELF, CO_LEAD or OTHER_LEAD [C 第3-4(4)①].
        approach: method of approach, whose soundness the meeting reviews [C 第3-4(4)①].
        stop_conditions: when one leaves the person in peace [I].
    """

    lead_mode: str
    approach: str
    hook: str = ""
    key_person: str = ""
    risk: str = ""
    stop_conditions: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ParticipationPart:
    """What only a participation plan has [C 第3-2(3)③, (4)②].

    Attributes:
        host_needs: what the receiving side needs from us.
        pays_actual_cost: thanks to the host, equal to its actual cost (R-072).
    """

    place_id: PlaceId | None = None
    host: str = ""
    host_needs: str = ""
    pays_actual_cost: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanSheet:
    """One plan sheet; the three variants share this core.

    Attributes:
        number: plan no [I].
        made_on, maker_id, period_from, period_until: header [I].
        wish: the person's own words [C for participation, I else]; sealed where stored.
        issues: untangled issues (multi-agency), thin ties with people and community
            (participation) [C 第3-5(3)③, 第3-2(3)②].
        uses: □ outreach □ participation, which a multi-agency plan has to write down
            [C 第3-5(3)③, X2]; empty on the other two variants.
        legal_status: on outreach plans [C 第3-4(4)].
        monitoring_on: proposed monitoring time [C 第4-4(2)⑤].
        signed_on: the person signed the プラン兼利用申込書 [X2 for multi-agency, I else].
        household_on_public_assistance: then the 保護の実施機関 must be among the agencies (R-011).
    """

    number: str
    made_on: date
    maker_id: StaffId
    wish: str = ""
    period_from: date | None = None
    period_until: date | None = None
    issues: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    agencies: tuple[AgencyPart, ...] = ()
    uses: frozenset[Programme] = frozenset()
    legal_status: LegalStatus = LegalStatus.POST_CONSENT
    outreach: OutreachPart | None = None
    participation: ParticipationPart | None = None
    monitoring_on: date | None = None
    signed_on: date | None = None
    household_on_public_assistance: bool = False
