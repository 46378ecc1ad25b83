"""The permission to be written to over LINE: one at a time, and gone with a word (C5, C8)."""

from datetime import timedelta

import pytest

from core.consent.kinds import ConsentState
from core.consent.ledger import NotWider
from core.consent.scopes import KindNotAgreed, LineScope
from core.inbound import Pressed, Said
from core.letters import LetterKind
from core.people import LinkState
from core.replies import Press, ReplyKind
from core.usecases.consents.expire_consents import expire_consents
from core.usecases.linking.issue_link_code import issue_link_code
from tests.core.usecases.ledger_office import Ledger
from tests.core.usecases.office import Office
from tests.people import A12, MAY_WRITE_TO_A, MONDAY, SATO, TOKYO

S = ConsentState
OTHER = "U" + "b" * 32


async def sends_code(office: Office, *, who: str | None = None) -> None:
    """A gets a code on paper and types it."""
    code = await issue_link_code(office.uow, case_id=A12.id, by=SATO.id, at=office.now)
    office.words_said += 1
    said = Said(kind=ReplyKind.TEXT, text=code.code, message_id=f"code-{office.words_said}")
    await office.a.does(said, at=office.now, who=who)


async def permissions(office: Office) -> list[ConsentState]:
    """Newest first."""
    async with office.uow.read() as work:
        lines = await work.consents.of_person(A12.person_id)
    return [line.state for line in lines if isinstance(line.scope, LineScope)]


@pytest.mark.rule("C8")
@pytest.mark.rule("C6")
async def test_a_new_account_takes_the_place_of_the_one_before(office: Office) -> None:
    await sends_code(office, who=OTHER)
    assert await permissions(office) == [S.GIVEN, S.REPLACED]
    async with office.uow.read() as work:
        former = await work.consents.get(MAY_WRITE_TO_A.id)
        (now, _) = await work.consents.of_person(A12.person_id)
    assert former.replaced_by == now.id
    assert (await office.link()).line_user_id == OTHER


@pytest.mark.rule("C5")
async def test_a_stop_takes_back_all_of_it(office: Office) -> None:
    await sends_code(office, who=OTHER)
    await office.a.does(Pressed(press=Press.STOP), at=office.now, who=OTHER)
    assert await permissions(office) == [S.WITHDRAWN, S.REPLACED]
    assert (await office.link()).state is LinkState.UNLINKED_BY_PERSON


@pytest.mark.rule("C8")
@pytest.mark.parametrize("ended", ["taken back in person", "run out"])
async def test_an_account_whose_permission_has_ended_comes_back_with_a_code(
    office: Office, ended: str
) -> None:
    ledger = Ledger(uow=office.uow)
    if ended == "run out":
        await ledger.withdraw(MAY_WRITE_TO_A)
        given = await ledger.given(LineScope(), expires_on=(MONDAY + timedelta(days=9)).date())
        office.clock.at = MONDAY + timedelta(days=10)
        await expire_consents(office.uow, at=office.now, tz=TOKYO)
        assert (await ledger.line(given.id)).state is S.EXPIRED
    else:
        await ledger.withdraw(MAY_WRITE_TO_A)
    await sends_code(office)
    assert (await permissions(office))[0] is S.GIVEN
    assert (await office.link()).state is LinkState.LINKED


@pytest.mark.rule("C8")
async def test_an_account_with_permission_tries_no_codes(office: Office) -> None:
    await sends_code(office)
    assert await permissions(office) == [S.GIVEN]
    async with office.uow.read() as work:
        replies = await work.replies.of_case(A12.id)
    assert len(replies) == 1


@pytest.mark.rule("C2")
@pytest.mark.rule("C8")
async def test_what_the_person_gave_meanwhile_is_not_recorded_twice(office: Office) -> None:
    ledger = Ledger(uow=office.uow)
    await ledger.withdraw(MAY_WRITE_TO_A)
    line = await ledger.explain(LineScope())
    await sends_code(office)
    with pytest.raises(NotWider):
        await ledger.give(line)
    assert (await ledger.line(line.id)).state is S.EXPLAINING


@pytest.mark.rule("S3")
async def test_of_the_kinds_of_letters_only_those_go_that_the_person_agreed_to(
    office: Office,
) -> None:
    ledger = Ledger(uow=office.uow)
    await ledger.withdraw(MAY_WRITE_TO_A)
    await ledger.given(LineScope(kinds=frozenset({LetterKind.CHECK_IN})))
    season = await office.write(kind=LetterKind.SEASON)
    with pytest.raises(KindNotAgreed):
        await office.approve(season)
    await office.approved(opens_at=office.now + timedelta(days=4))
