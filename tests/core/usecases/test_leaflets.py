"""A leaflet goes to somebody whose recorded interest it meets (R-026)."""

import pytest

from core.approach import LeafletUnfit
from core.letters import LetterKind
from storage.engine import Store
from tests.core.usecases.office import Office
from tests.core.usecases.whole import everything

pytestmark = pytest.mark.rule("R-026")
FITS = "鈴木です。鉄道の写真展のちらしです。行っても行かなくても大丈夫です。"
FITS_NOT = "鈴木です。料理の会のちらしです。行っても行かなくても大丈夫です。"


async def test_a_leaflet_that_meets_an_interest_waits_for_approval(office: Office) -> None:
    letter = await office.write(kind=LetterKind.LEAFLET, body=FITS)
    async with office.uow.read() as work:
        trail = await work.audit.of_case(letter.case_id)
    (draft,) = [one.event for one in trail if one.event.action == "letter.draft"]
    assert draft.evidence == ("fit=interest",)


async def test_a_leaflet_that_meets_nothing_recorded_is_not_written(
    office: Office, store: Store
) -> None:
    before = await everything(store)
    with pytest.raises(LeafletUnfit):
        await office.write(kind=LetterKind.LEAFLET, body=FITS_NOT)
    assert await everything(store) == before


async def test_rewriting_does_not_take_it_past_the_interest(office: Office) -> None:
    letter = await office.give_back(await office.write(kind=LetterKind.LEAFLET, body=FITS))
    with pytest.raises(LeafletUnfit):
        await office.rewrite(letter, body=FITS_NOT)
