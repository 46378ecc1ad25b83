"""Who may do what, as data: the table of DOMAIN §3.7, and the lines that letters and links need.

A line of the table is an action; a cell says how a role holds it: everywhere or only where it is
assigned (`Hold`), and in what manner (`Manner`). A role that does not stand in a line may not.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.agencies import Role
from core.programmes import Programme


class Action(enum.StrEnum):
    """What can be asked for at the door."""

    READ_CASE = "read_case"
    LOG_CONTACT = "log_contact"
    WRITE_LETTER = "write_letter"
    APPROVE_LETTER = "approve_letter"
    STOP_LETTER = "stop_letter"
    ISSUE_LINK_CODE = "issue_link_code"
    READ_RECEPTION = "read_reception"
    READ_AUDIT = "read_audit"
    CREATE_CASE = "create_case"
    READ_PRE_CONSENT_CASE = "read_pre_consent_case"
    READ_CONSENTED_CASE = "read_consented_case"
    READ_SHARED_PART = "read_shared_part"
    READ_TAX_DERIVED = "read_tax_derived"
    RECORD_CONSENT = "record_consent"
    WRITE_INTAKE = "write_intake"
    MOVE_CASE = "move_case"
    DRAFT_PLAN = "draft_plan"
    APPROVE_PLAN = "approve_plan"
    DECIDE_SUPPORT = "decide_support"
    SEND_LETTER = "send_letter"
    CLOSE_CASE = "close_case"
    BREAK_GLASS = "break_glass"
    EXPORT_STATISTICS = "export_statistics"


class Hold(enum.StrEnum):
    """Where a role holds an action."""

    AT_LARGE = "at_large"
    ON_CASE = "on_case"
    ON_ITEM = "on_item"


class Manner(enum.StrEnum):
    """How a role holds an action; the first ones reach furthest."""

    FULL = "full"
    WITH_MEMBERS = "with_members"
    WITH_REASON = "with_reason"
    VOTE = "vote"
    PROPOSE = "propose"
    RECORD = "record"
    ITEM_ONLY = "item_only"
    SOURCE_PART = "source_part"
    AGENDA_ONLY = "agenda_only"
    HOLDER_ONLY = "holder_only"
    OWN_FIGURES = "own_figures"
    SHARED_ONLY = "shared_only"
    APPROVED_ONLY = "approved_only"
    BY_PERSONS_ACT = "by_persons_act"
    TRAIL_ONLY = "trail_only"
    REVIEW = "review"


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """One cell of the table.

    Attributes:
        programme: the only programme it is good for; None means any.
    """

    hold: Hold
    manner: Manner = Manner.FULL
    programme: Programme | None = None


Line = Mapping[Role, Grant]
R, H, M = Role, Hold, Manner


def _line(hold: Hold, *roles: Role, manner: Manner = M.FULL) -> dict[Role, Grant]:
    return {role: Grant(hold=hold, manner=manner) for role in roles}


_WORKERS: Final = (R.OUTREACH_WORKER, R.PARTICIPATION_WORKER, R.INTAKE_WORKER, R.COORDINATOR)
_WRITERS: Final = (R.OUTREACH_WORKER, R.CASE_LEAD, R.COORDINATOR)
_OFFICE: Final = (R.SECRETARIAT, R.CLERK)
_AT_THE_TABLE: Final = (R.CHAIR, R.MEMBER, R.TEMPORARY_MEMBER)

_CREATING: Final = _line(H.AT_LARGE, *_WORKERS, R.MUNICIPAL_OFFICER) | _line(
    H.ON_CASE, R.MESSAGE_APPROVER, R.MEMBER
)
# multi-agency staff work on it before consent; participation staff do not.
_READING_BEFORE_CONSENT: Final = (
    _line(H.ON_CASE, *_WRITERS, R.MESSAGE_APPROVER, R.MUNICIPAL_OFFICER)
    | _line(H.ON_CASE, R.INTAKE_WORKER, manner=M.SOURCE_PART)
    | _line(H.ON_ITEM, *_OFFICE, manner=M.AGENDA_ONLY)
    | _line(H.ON_ITEM, *_AT_THE_TABLE, manner=M.ITEM_ONLY)
    | _line(H.AT_LARGE, R.PRIVACY_OFFICER, manner=M.TRAIL_ONLY)
)
_DECIDING_AT_THE_TABLE: Final = _line(
    H.ON_ITEM, R.MUNICIPAL_OFFICER, R.MEMBER, R.TEMPORARY_MEMBER, manner=M.VOTE
) | _line(H.AT_LARGE, R.CHAIR, manner=M.WITH_MEMBERS)

_TABLE: Final[dict[Action, Line]] = {
    Action.CREATE_CASE: _CREATING,
    Action.LOG_CONTACT: _CREATING,
    Action.READ_PRE_CONSENT_CASE: _READING_BEFORE_CONSENT,
    # [D] the table speaks of the time before consent; afterwards participation staff join in.
    Action.READ_CONSENTED_CASE: _READING_BEFORE_CONSENT | _line(H.ON_CASE, R.PARTICIPATION_WORKER),
    # DOMAIN §2.2: community supporters see only what was shared with them.
    Action.READ_SHARED_PART: _line(H.ON_CASE, R.COMMUNITY_SUPPORTER, manner=M.SHARED_ONLY),
    Action.READ_TAX_DERIVED: (
        _line(H.ON_CASE, R.MUNICIPAL_OFFICER, manner=M.HOLDER_ONLY)
        | _line(H.AT_LARGE, R.PRIVACY_OFFICER, manner=M.TRAIL_ONLY)
    ),
    Action.RECORD_CONSENT: (
        _line(H.ON_CASE, *_WORKERS, R.MESSAGE_APPROVER, R.MUNICIPAL_OFFICER)
        | _line(H.AT_LARGE, R.SYSTEM, manner=M.BY_PERSONS_ACT)
    ),
    Action.DRAFT_PLAN: {
        R.OUTREACH_WORKER: Grant(hold=H.ON_CASE, programme=Programme.OUTREACH),
        R.PARTICIPATION_WORKER: Grant(hold=H.ON_CASE, programme=Programme.PARTICIPATION),
        R.COORDINATOR: Grant(hold=H.ON_CASE, programme=Programme.MULTI_AGENCY),
    },
    Action.APPROVE_PLAN: _DECIDING_AT_THE_TABLE,
    Action.DECIDE_SUPPORT: _line(H.AT_LARGE, R.MUNICIPAL_OFFICER),
    Action.APPROVE_LETTER: _line(H.ON_CASE, R.MESSAGE_APPROVER),
    Action.SEND_LETTER: _line(H.AT_LARGE, R.SYSTEM, manner=M.APPROVED_ONLY),
    Action.CLOSE_CASE: (
        _DECIDING_AT_THE_TABLE
        | _line(
            H.ON_CASE, R.OUTREACH_WORKER, R.PARTICIPATION_WORKER, R.COORDINATOR, manner=M.PROPOSE
        )
        | _line(H.ON_ITEM, *_OFFICE, manner=M.RECORD)
    ),
    Action.BREAK_GLASS: (
        _line(H.ON_CASE, *_WORKERS, R.MUNICIPAL_OFFICER, manner=M.WITH_REASON)
        | _line(H.AT_LARGE, R.PRIVACY_OFFICER, manner=M.REVIEW)
    ),
    Action.EXPORT_STATISTICS: (
        _line(
            H.AT_LARGE,
            R.OUTREACH_WORKER,
            R.PARTICIPATION_WORKER,
            R.INTAKE_WORKER,
            manner=M.OWN_FIGURES,
        )
        | _line(H.AT_LARGE, R.COORDINATOR, R.MUNICIPAL_OFFICER, R.PRIVACY_OFFICER)
    ),
    # What letters and links need; not lines of the table [D].
    Action.READ_CASE: _line(H.ON_CASE, *_WRITERS, R.MESSAGE_APPROVER, R.MUNICIPAL_OFFICER),
    Action.WRITE_LETTER: _line(H.ON_CASE, *_WRITERS),
    Action.STOP_LETTER: _line(H.ON_CASE, *_WRITERS, R.MESSAGE_APPROVER),
    # Intake forms and assessments: by those who work on the case [D].
    Action.WRITE_INTAKE: _line(H.ON_CASE, *_WORKERS, R.CASE_LEAD),
    # A case goes its course by those who work on it; each row of a course names its own roles.
    Action.MOVE_CASE: _line(H.ON_CASE, *_WORKERS, R.CASE_LEAD, R.MUNICIPAL_OFFICER),
    Action.ISSUE_LINK_CODE: _line(H.ON_CASE, *_WRITERS),
    Action.READ_RECEPTION: _line(H.AT_LARGE, R.INTAKE_WORKER, R.COORDINATOR),
    Action.READ_AUDIT: _line(H.AT_LARGE, R.PRIVACY_OFFICER, R.AUDITOR),
}
MATRIX: Final[Mapping[Action, Line]] = MappingProxyType(_TABLE)

# Of two ways in, the one that reaches further is taken.
REACH: Final = {manner: place for place, manner in enumerate(Manner)}


def holders(action: Action) -> frozenset[Role]:
    """The roles that hold an action somewhere, in some manner."""
    return frozenset(MATRIX[action])
