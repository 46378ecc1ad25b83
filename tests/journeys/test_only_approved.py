"""Nothing reaches LINE that was not approved, as it was approved, by somebody else."""

import ast
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bots.line.bubbles import LinePress
from bots.line.messenger import LineMessenger
from bots.practice.clock import PracticeClock
from core.access import NotYours, OwnLetter
from core.consent import ConsentState, ConsentType
from core.errors import AlreadyDecided
from core.ids import DeliveryId, StaffId
from core.letters import Letter, LetterState
from core.outbox import Delivery
from core.people import LinkState
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.trail.check_sent import check_sent
from scheduler.deliver import Delivering
from storage.engine import Store
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import new_id
from tests.journeys.outside import Outside, outside
from tests.midori import approved, facts_of, found_midori, letter_now, written
from tests.people import LINK_A, MAY_WRITE_TO_A, MONDAY, SATO, SEATS, SUZUKI, TANAKA, TOKYO, A
from tests.proofs import PROOF

PRESS = LinePress()
DUE = MONDAY + timedelta(minutes=6)
CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clock() -> PracticeClock:
    return PracticeClock(DUE)


@pytest.fixture
async def world(clock: PracticeClock) -> AsyncIterator[Outside]:
    async with outside(clock) as opened:
        opened.line.phones.add("A", user_id=LINK_A.line_user_id, friend=True)
        yield opened


@pytest.fixture
async def loop(
    unit_of_work: SqlUnitOfWork, world: Outside, clock: PracticeClock
) -> AsyncIterator[Delivering]:
    await found_midori(unit_of_work)
    async with LineMessenger(base_url=f"{world.url}/line", access_token="line-token") as messenger:
        yield Delivering(unit_of_work, messenger, clock=clock, tz=TOKYO, new_lease=new_id)


async def approve(uow: SqlUnitOfWork, letter: Letter, *, by: StaffId) -> Letter:
    return await approve_letter(
        uow,
        letter_id=letter.id,
        version=letter.version,
        facts=await facts_of(uow),
        by=by,
        at=MONDAY,
        press=PRESS,
        proof=PROOF,
    )


@pytest.mark.rule("S2")
async def test_an_approved_letter_arrives_word_for_word(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    letter = await approved(unit_of_work, PRESS)
    await loop.run()
    [accepted] = world.line.record
    assert accepted.to == LINK_A.line_user_id
    assert [message["text"] for message in accepted.messages] == [letter.body]
    assert await check_sent(unit_of_work) == ()


@pytest.mark.rule("S1")
async def test_a_letter_that_waits_for_approval_goes_nowhere(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    await written(unit_of_work)
    await loop.run()
    assert not world.line.record


@pytest.mark.rule("G-06")
async def test_neither_the_author_nor_somebody_without_the_right_approves(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    letter = await written(unit_of_work)
    with pytest.raises(NotYours):
        await approve(unit_of_work, letter, by=SUZUKI.id)
    async with unit_of_work.write() as work:
        for seat in SEATS[:1]:
            await work.staff.put_seat(replace(seat, staff_id=SUZUKI.id, role=SEATS[1].role))
        await work.commit()
    with pytest.raises(OwnLetter):
        await approve(unit_of_work, letter, by=SUZUKI.id)
    await loop.run()
    assert not world.line.record
    assert (await letter_now(unit_of_work, letter.id)).state is LetterState.PENDING_APPROVAL


@pytest.mark.rule("S2")
async def test_of_two_approvers_one_decides_and_the_other_is_told_who(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    letter = await written(unit_of_work)
    await approve(unit_of_work, letter, by=SATO.id)
    with pytest.raises(AlreadyDecided) as refused:
        await approve(unit_of_work, letter, by=TANAKA.id)
    assert refused.value.facts["by"] == "佐藤"
    await loop.run()
    assert len(world.line.record) == 1


LETTER_PARTS: list[tuple[str, dict[str, Any]]] = [
    ("the words", {"body": "ほかの言葉です。"}),
    ("the lock screen", {"alt_text": "べつの見え方"}),
    ("the beginning of the window", {"opens_at": MONDAY - timedelta(minutes=1)}),
    ("the end of the window", {"closes_at": MONDAY + timedelta(hours=9)}),
    ("the hash", {"bound_hash": "0" * 64}),
]


@pytest.mark.rule("S2")
@pytest.mark.parametrize("changes", [c for _, c in LETTER_PARTS], ids=[n for n, _ in LETTER_PARTS])
async def test_a_changed_part_of_the_letter_kills_the_approval(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering, changes: dict[str, Any]
) -> None:
    letter = await approved(unit_of_work, PRESS)
    async with unit_of_work.write() as work:
        changed = replace(letter, version=letter.version + 1, **changes)
        assert await work.letters.change(changed, version=letter.version)
        await work.commit()
    await loop.run()
    assert not world.line.record
    held = await letter_now(unit_of_work, letter.id)
    assert (held.state, held.reason) == (LetterState.HELD, "BINDING_BROKEN")


@pytest.mark.rule("S2")
async def test_another_account_kills_the_approval(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    letter = await approved(unit_of_work, PRESS)
    async with unit_of_work.write() as work:
        await work.links.change(replace(LINK_A, line_user_id="U" + "b" * 32, version=2), version=1)
        await work.commit()
    await loop.run()
    assert not world.line.record
    assert (await letter_now(unit_of_work, letter.id)).state is LetterState.HELD


@pytest.mark.rule("C5")
@pytest.mark.rule("S5")
async def test_a_withdrawn_or_renewed_permission_kills_the_approval(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    letter = await approved(unit_of_work, PRESS)
    async with unit_of_work.write() as work:
        consent = await work.consents.current(A.id, ConsentType.CHANNEL_LINE)
        assert consent == MAY_WRITE_TO_A
        await work.consents.change(
            replace(MAY_WRITE_TO_A, state=ConsentState.WITHDRAWN, withdrawn_at=MONDAY, version=2),
            version=1,
        )
        await work.commit()
    await loop.run()
    assert not world.line.record
    assert (await letter_now(unit_of_work, letter.id)).reason == "CONSENT_CHANGED"


@pytest.mark.rule("S5")
async def test_an_approver_who_lost_the_seat_takes_the_approval_along(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    letter = await approved(unit_of_work, PRESS)
    async with unit_of_work.write() as work:
        await work.staff.remove_seat(SEATS[1])
        await work.commit()
    await loop.run()
    assert not world.line.record
    assert (await letter_now(unit_of_work, letter.id)).reason == "APPROVER_LEFT"


@pytest.mark.rule("G-14")
async def test_a_blocked_account_is_sent_nothing(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    letter = await approved(unit_of_work, PRESS)
    async with unit_of_work.write() as work:
        await work.links.change(replace(LINK_A, state=LinkState.BLOCKED, version=2), version=1)
        await work.commit()
    await loop.run()
    assert not world.line.record
    assert (await letter_now(unit_of_work, letter.id)).state is LetterState.CANCELLED


@pytest.mark.rule("S2")
async def test_changed_bytes_in_the_outbox_kill_the_approval(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    """Somebody with the keys to the database swaps the request for another one."""
    letter = await approved(unit_of_work, PRESS)
    async with unit_of_work.write() as work:
        assert await work.outbox.withdraw(letter.id)
        other = PRESS.freeze(
            to=LINK_A.line_user_id, body="ちがう言葉", alt_text="", with_buttons=False
        )
        await work.outbox.add(_delivery(work, letter, other))
        await work.commit()
    await loop.run()
    assert not world.line.record
    assert (await letter_now(unit_of_work, letter.id)).reason == "BINDING_BROKEN"


@pytest.mark.rule("S2")
async def test_a_delivery_without_an_approval_goes_nowhere(
    unit_of_work: SqlUnitOfWork, world: Outside, loop: Delivering
) -> None:
    letter = await written(unit_of_work)
    request = PRESS.freeze(to=LINK_A.line_user_id, body=letter.body, alt_text="", with_buttons=True)
    async with unit_of_work.write() as work:
        await work.outbox.add(_delivery(work, letter, request))
        await work.commit()
    await loop.run()
    assert not world.line.record
    assert (await letter_now(unit_of_work, letter.id)).state is LetterState.PENDING_APPROVAL


@pytest.mark.rule("G-06")
@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE letters SET state = 'SCHEDULED'",
        "UPDATE letters SET state = 'SENT'",
        "UPDATE letters SET approved_by = author_id",
    ],
)
async def test_the_database_itself_refuses_a_letter_without_a_second_person(
    unit_of_work: SqlUnitOfWork, store: Store, loop: Delivering, forged: str
) -> None:
    await written(unit_of_work)
    async with store.writing() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(text(forged))


@pytest.mark.rule("S2")
def test_one_place_sends_and_one_place_writes_into_the_outbox() -> None:
    """Every call in the code that could bring a letter to LINE stands where we look for it.

    An errand brings one approved text to a visitor at the reception desk, who has no case yet.
    """
    assert _callers("push") == {"scheduler/deliver.py", "scheduler/errands.py"}
    assert _callers("enqueue") == {
        "core/acknowledge.py",
        "core/binding_steps.py",
        "core/usecases/replies/answer_person.py",
    }
    assert _callers("add", on="outbox") == {"core/outbox_steps.py"}
    assert _speakers("/v2/bot/message/push") == {"bots/line/messenger.py"}


def _delivery(work: Any, letter: Letter, request: bytes) -> Delivery:
    return Delivery(
        id=DeliveryId(work.new_key()),
        municipality_id=letter.municipality_id,
        letter_id=letter.id,
        case_id=letter.case_id,
        person_id=letter.person_id,
        request=request,
        next_at=letter.opens_at,
    )


def _product() -> list[Path]:
    folders = ("core", "storage", "scheduler", "bots")
    found = [path for folder in folders for path in (CHECKOUT / folder).rglob("*.py")]
    return [path for path in found if "practice" not in path.parts]


def _callers(name: str, *, on: str | None = None) -> set[str]:
    """Which modules call a function or method of this name (on an attribute called `on`), or
    keep it for calling later."""
    files = set()
    for path in _product():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            owner = node.value if isinstance(node, ast.Attribute) else None
            by_attribute = isinstance(node, ast.Attribute) and node.attr == name
            if on is not None:
                by_attribute = by_attribute and isinstance(owner, ast.Attribute)
                by_attribute = by_attribute and owner.attr == on  # type: ignore[union-attr]
            by_name = (
                on is None
                and isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == name
            )
            if by_attribute or by_name:
                files.add(path.relative_to(CHECKOUT).as_posix())
    return files


def _speakers(path_of_line: str) -> set[str]:
    return {
        path.relative_to(CHECKOUT).as_posix()
        for path in _product()
        if path_of_line + '"' in path.read_text(encoding="utf-8")
    }
