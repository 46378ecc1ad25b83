"""Writing a step of the consent ledger down, inside an open transaction."""

from dataclasses import replace

from core.consent.kinds import ConsentState
from core.consent.ledger import ConsentLine, LedgerStep
from core.errors import CaseworkError
from core.ids import CaseId, PersonId
from core.ports import Work


class ConsentLineChanged(CaseworkError):
    """Somebody was faster: the line of the ledger changed since it was shown.

    Facts: `state`, where it stands now; `allowed`.
    """

    rule = "DOMAIN-3.5"


async def write_step(
    work: Work, step: LedgerStep, *, case_id: CaseId | None, evidence: tuple[str, ...] = ()
) -> tuple[ConsentLine, ...]:
    """The lines of a step as they are stored now, in the step's order, and their events.

    Args:
        case_id: the case through which it is recorded.
        evidence: what proves it besides, as `name=value`, for the audit.

    Raises:
        ConsentLineChanged: a line has another version by now; facts `state`.
    """
    stored = tuple(
        line if event.was == "" else replace(line, version=line.version + 1)
        for line, event in zip(step.lines, step.events, strict=True)
    )
    # What ends is written before what begins: of some kinds only one may be given at a time.
    for line in sorted(stored, key=lambda line: line.state is ConsentState.GIVEN):
        if line.version == 1:
            await work.consents.add(line)
        elif not await work.consents.change(line, version=line.version - 1):
            raise ConsentLineChanged(
                state=(await work.consents.get(line.id)).state.value, allowed="look at it again"
            )
    await work.audit.append(
        *(
            replace(event, case_id=case_id, evidence=(*event.evidence, *evidence))
            for event in step.events
        )
    )
    return stored


async def ledger_of(work: Work, person_id: PersonId) -> tuple[ConsentLine, ...]:
    """The person's lines, oldest first, as the machine asks for them."""
    return tuple(reversed(await work.consents.of_person(person_id)))
