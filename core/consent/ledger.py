"""The lines of the consent ledger and their machine, C1 to C8 (DOMAIN §3.5).

Append-only: a line goes on to its next state and is never taken out; a wider consent is a new
line beside the old one. The steps stand in `asking` (C1, C3, C4, C6), `giving` (C2, C8) and
`ending` (C5, C7); each returns the changed lines and what the audit is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from core.agencies import Role
from core.audit import AuditEvent
from core.consent.evidence import Evidence
from core.consent.giver import Giver
from core.consent.kinds import ConsentState, ConsentType
from core.consent.scopes import AgencyScope, Scope, contains, kind_of, same_matter
from core.errors import CaseworkError
from core.ids import ConsentId, MunicipalityId, PersonId, StaffId
from core.transitions import RECORDERS, Row, named, steps_from

_S = ConsentState
ASK_AGAIN_AFTER: Final = timedelta(days=30)
ROLE_OF_PERSON: Final = "person"
_NEW: Final[frozenset[ConsentState]] = frozenset()
_SYSTEM: Final = frozenset({Role.SYSTEM})

# Guards are named here and called by the one function that takes the row.
CONSENT_TABLE: Final[tuple[Row[ConsentState, str], ...]] = (
    Row(id="C1", sources=_NEW, to=_S.EXPLAINING, who=RECORDERS, guards=("explained",)),
    Row(
        id="C2",
        sources=frozenset({_S.EXPLAINING}),
        to=_S.GIVEN,
        who=RECORDERS,
        guards=("require_giver", "require_complete", "chosen"),
    ),
    Row(id="C3", sources=frozenset({_S.EXPLAINING}), to=_S.DECLINED_FOR_NOW, who=RECORDERS),
    Row(
        id="C4",
        sources=frozenset({_S.DECLINED_FOR_NOW}),
        to=_S.EXPLAINING,
        who=RECORDERS,
        guards=("why_now", "not_sooner", "not_scheduled"),
    ),
    Row(id="C5", sources=frozenset({_S.GIVEN}), to=_S.WITHDRAWN, who=frozenset(Role)),
    Row(
        id="C6",
        sources=frozenset({_S.GIVEN}),
        to=_S.REPLACED,
        who=RECORDERS,
        guards=("wider",),
    ),
    Row(
        id="C7",
        sources=frozenset({_S.GIVEN}),
        to=_S.EXPIRED,
        who=_SYSTEM,
        guards=("run_out",),
    ),
    Row(id="C8", sources=_NEW, to=_S.GIVEN, who=_SYSTEM, guards=("require_complete",)),
)
_ROWS: Final = {row.id: row for row in CONSENT_TABLE}


class ConsentStepClosed(CaseworkError):
    """The line of the ledger has no such step now. Facts: `row`, `state`, `allowed`."""

    rule = "DOMAIN-3.5"


class NotForThemToRecord(CaseworkError):
    """This role does not take this step of the ledger (§3.7). Facts: `row`, `role`, `allowed`."""

    rule = "DOMAIN-3.7"


class NothingExplained(CaseworkError):
    """A consent begins with a text and its scope, shown in plain words (C1)."""

    rule = "C1"


class NotChosenByPerson(CaseworkError):
    """No box is ticked before the person ticks it (C2)."""

    rule = "C2"


class AskedTooSoon(CaseworkError):
    """The person said: not now. We wait 30 days before we come back to it (C4).

    Facts: `next`, from when on, ISO 8601; `allowed`.
    """

    rule = "C4"


class AskedWithoutReason(CaseworkError):
    """Coming back to it needs a note why now (C4)."""

    rule = "C4"


class AskedBySchedule(CaseworkError):
    """Nobody is asked for consent by a message on a schedule (C4, R-024)."""

    rule = "C4"


class NotWider(CaseworkError):
    """A new explanation is for a wider scope; the present consent covers this already (C6).

    Facts: `allowed`.
    """

    rule = "C6"


class NotRunOut(CaseworkError):
    """The consent has no date that is past, and its case goes on (C7)."""

    rule = "C7"


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentLine:
    """One line of the ledger.

    Attributes:
        subject: whose consent it is; each member of a household has lines of their own.
        scope: what it covers; its type settles the kind.
        why_now: why a colleague came back to it (C4); staff text.
        expires_on: the first local day on which it no longer holds; None means no date.
        replaces: the narrower line in whose place this one is to come (C6).
    """

    id: ConsentId
    municipality_id: MunicipalityId
    subject: PersonId
    scope: Scope
    state: ConsentState
    text_version: str = ""
    explained_by: StaffId | None = None
    explained_at: datetime | None = None
    why_now: str = ""
    giver: Giver | None = None
    evidence: Evidence | None = None
    given_at: datetime | None = None
    declined_at: datetime | None = None
    withdrawn_at: datetime | None = None
    expires_on: date | None = None
    replaces: ConsentId | None = None
    replaced_by: ConsentId | None = None
    version: int = 1

    @property
    def type(self) -> ConsentType:
        """The kind of DOMAIN §2.4."""
        return kind_of(self.scope)

    @property
    def since(self) -> datetime | None:
        """When it came to where it stands; for a line that was replaced or ran out, when it was
        given."""
        match self.state:
            case _S.EXPLAINING:
                return self.explained_at
            case _S.DECLINED_FOR_NOW:
                return self.declined_at
            case _S.WITHDRAWN:
                return self.withdrawn_at
            case _:
                return self.given_at

    def in_force(self, today: date) -> bool:
        """Whether it covers anything on this local day."""
        return self.state is _S.GIVEN and (self.expires_on is None or today < self.expires_on)


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerStep:
    """What a step changed: lines new or changed, and what the audit is told."""

    lines: tuple[ConsentLine, ...]
    events: tuple[AuditEvent, ...]

    @property
    def line(self) -> ConsentLine:
        """The line that the step was about."""
        return self.lines[0]

    def __add__(self, more: "LedgerStep") -> "LedgerStep":
        return LedgerStep(lines=self.lines + more.lines, events=self.events + more.events)

    def on(self, ledger: Iterable[ConsentLine]) -> tuple[ConsentLine, ...]:
        """The ledger with this step in it: changed lines in their places, new ones last."""
        changed = {line.id: line for line in self.lines}
        kept = tuple(changed.pop(line.id, line) for line in ledger)
        return kept + tuple(changed.values())


def ask_again_from(line: ConsentLine) -> datetime:
    """From when on a colleague may come back to a declined line (C4)."""
    since = line.declined_at or line.explained_at
    if since is None:
        raise ValueError("a declined line says when it was declined")
    return since + ASK_AGAIN_AFTER


def require_row(row: str, *, line: ConsentLine, role: Role | None) -> None:
    """Refuse a row that does not start at this line's state, or is not this role's to take.

    Raises:
        ConsentStepClosed, NotForThemToRecord.
    """
    if line.state not in _ROWS[row].sources:
        open_rows = named(steps_from(CONSENT_TABLE, line.state)) or "C1 on a new line"
        raise ConsentStepClosed(row=row, state=line.state.value, allowed=open_rows)
    if role is not None:
        require_recorder(row, role=role)


def require_recorder(row: str, *, role: Role) -> None:
    """Refuse a role that does not record this step.

    Raises:
        NotForThemToRecord.
    """
    if role not in _ROWS[row].who:
        allowed = ", ".join(sorted(_ROWS[row].who))
        raise NotForThemToRecord(row=row, role=role.value, allowed=allowed)


def require_one_line(line: ConsentLine, *, ledger: Iterable[ConsentLine]) -> None:
    """Refuse a second line for what one that is given covers, or where that one is to grow.

    Agencies may be named in several lines; every other matter stands in one, and grows there.

    Args:
        line: the one to be; the line that it `replaces` does not stand in its way.

    Raises:
        NotWider: facts `allowed`.
    """
    for other in ledger:
        mine = other.subject == line.subject and other.id not in (line.id, line.replaces)
        if not mine or other.state is not _S.GIVEN:
            continue
        if contains(other.scope, line.scope):
            raise NotWider(allowed="use the present consent; C5 to take back")
        if same_matter(other.scope, line.scope) and not isinstance(line.scope, AgencyScope):
            raise NotWider(allowed="C6 on the present consent")


def ledger_step(
    line: ConsentLine,
    *,
    row: str,
    was: str,
    by: StaffId | str,
    role: Role | None,
    at: datetime,
    reason: str = "",
) -> LedgerStep:
    """One changed line with its event; `role` None is the person."""
    event = AuditEvent(
        action=f"consent.{line.state.lower()}",
        at=at,
        actor=by,
        role=ROLE_OF_PERSON if role is None else role.value,
        subject=line.id,
        was=was,
        now=line.state.value,
        reason=reason or line.type.value,
        evidence=(f"row={row}", f"text={line.text_version}"),
    )
    return LedgerStep(lines=(line,), events=(event,))
