"""The way a town uses LINE is asked three times: when written, when approved, when it leaves."""

from dataclasses import replace

import pytest

from core.letters import LetterKind, LetterState, Reason
from core.line_modes import LineMode, LineUse, ModeForbids
from scheduler.deliver import Delivering
from tests.core.usecases.office import SOON, Office
from tests.databases import new_id
from tests.people import TOKYO
from tests.proofs import PROOF

PUBLIC = replace(PROOF, use=LineUse(mode=LineMode.PUBLIC_ONLY))


async def deliver(office: Office, mode: LineMode) -> None:
    await Delivering(
        office.uow, office.line, clock=office.clock, tz=TOKYO, new_lease=new_id, mode=mode
    ).run()


@pytest.mark.rule("DOMAIN-9")
async def test_what_the_mode_forbids_is_not_handed_in(office: Office) -> None:
    with pytest.raises(ModeForbids) as refused:
        await office.write(proof=PUBLIC)
    assert refused.value.facts == {"mode": "PUBLIC_ONLY", "kind": "CHECK_IN"}
    await office.write(proof=PUBLIC, kind=LetterKind.SEASON)


@pytest.mark.rule("DOMAIN-9")
async def test_what_the_mode_forbids_is_not_approved(office: Office) -> None:
    letter = await office.write()
    with pytest.raises(ModeForbids):
        await office.approve(letter, proof=PUBLIC)
    assert (await office.stands(letter))[0] is LetterState.PENDING_APPROVAL


@pytest.mark.rule("DOMAIN-9")
async def test_what_was_approved_before_the_mode_was_narrowed_waits_for_a_person(
    office: Office,
) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    await deliver(office, LineMode.PUBLIC_ONLY)
    assert office.line.took == []
    assert await office.stands(letter) == (LetterState.HELD, Reason.LINE_MODE)


@pytest.mark.rule("DOMAIN-9")
async def test_a_season_greeting_leaves_in_public_only(office: Office) -> None:
    letter = await office.approved(kind=LetterKind.SEASON)
    office.clock.at = SOON
    await deliver(office, LineMode.PUBLIC_ONLY)
    assert await office.stands(letter) == (LetterState.SENT, None)
