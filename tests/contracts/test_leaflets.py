"""The library of leaflets gives back what was put in, and knows who was sent what."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import NotFound
from core.ids import LeafletId, LetterId
from core.leaflet_choice import Given
from core.leaflet_links import LeafletLink
from core.leaflet_pages import Picture
from core.leaflets import Leaflet, LeafletState
from core.letters import LetterState
from core.ports import UnitOfWork
from core.steps import Overtaken
from storage.engine import Store
from tests.contracts.test_round_trips_connections import any_of
from tests.databases import unit_of_work_on
from tests.library import EXHIBITION, ON_SHOW, page_of
from tests.people import A12, LETTER, MIDORI, MONDAY, SATO, TANAKA, A

few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LINK = LeafletLink(
    letter_id=LETTER.id,
    municipality_id=MIDORI,
    case_id=A12.id,
    person_id=A.id,
    leaflet_id=EXHIBITION.id,
    root_id=EXHIBITION.root_id,
    edition=1,
    nth=0,
    why="駅の話をされた",
)


@pytest.fixture
async def library(midori: UnitOfWork) -> UnitOfWork:
    """Midori with the exhibition's leaflet, and a letter that carries it."""
    async with midori.write() as work:
        await work.leaflets.add(ON_SHOW)
        await work.letters.add(LETTER)
        await work.leaflets.carry(LINK)
        await work.commit()
    return midori


@few
@given(
    leaflet=any_of(
        Leaflet,
        root_id=st.none(),
        state=st.just(LeafletState.WAITING),
        author_id=st.just(SATO.id),
        approved_by=st.sampled_from([None, TANAKA.id]),
        place_id=st.none(),
        edition=st.integers(1, 1000),
    )
)
async def test_leaflets_come_back(midori: UnitOfWork, leaflet: Leaflet) -> None:
    first, last = sorted((leaflet.valid_from, leaflet.valid_until))
    kept = replace(leaflet, root_id=leaflet.id, valid_from=first, valid_until=last)
    async with midori.write() as work:
        await work.leaflets.add(kept)
        assert await work.leaflets.get(kept.id) == kept
        assert await work.leaflets.editions(kept.root_id) == (kept,)


@few
@given(
    picture=any_of(Picture, media_type=st.just("image/png"), width=st.just(3), height=st.just(4))
)
async def test_pictures_come_back_once(midori: UnitOfWork, picture: Picture) -> None:
    async with midori.write() as work:
        await work.leaflets.keep(picture)
        await work.leaflets.keep(picture)
        assert await work.leaflets.picture(picture.digest) == picture
        with pytest.raises(NotFound):
            await work.leaflets.picture("0" * 64)


async def test_what_a_letter_carries_comes_back(library: UnitOfWork) -> None:
    opened = replace(LINK, token_hash="a" * 64, expires_at=MONDAY + timedelta(days=180), version=2)
    async with library.write() as work:
        assert await work.leaflets.link_of(LETTER.id) == LINK
        assert await work.leaflets.change_link(opened, version=1)
        assert not await work.leaflets.change_link(opened, version=1)
        assert await work.leaflets.by_token("a" * 64) == opened
        assert await work.leaflets.by_token("b" * 64) is None
        assert await work.leaflets.links_of([LETTER.id, LetterId("none")]) == (opened,)
        assert await work.leaflets.link_of(LetterId("none")) is None


async def test_the_approved_edition_is_the_current_one(library: UnitOfWork) -> None:
    second = replace(EXHIBITION, id=LeafletId("second"), edition=2)
    async with library.write() as work:
        await work.leaflets.add(second)
        assert await work.leaflets.current(EXHIBITION.root_id) == ON_SHOW
        assert await work.leaflets.approved() == (ON_SHOW,)
        assert [one.edition for one in await work.leaflets.editions(EXHIBITION.root_id)] == [2, 1]
        assert {one.id for one in await work.leaflets.all()} == {second.id, ON_SHOW.id}
        gone = replace(ON_SHOW, state=LeafletState.WITHDRAWN, version=3)
        assert await work.leaflets.change(gone, version=2)
        assert await work.leaflets.current(EXHIBITION.root_id) is None


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (LetterState.PENDING_APPROVAL, True),
        (LetterState.HELD, True),
        (LetterState.DRAFT, True),
        (LetterState.CANCELLED, False),
    ],
)
async def test_a_stopped_letter_gave_nothing(
    library: UnitOfWork, state: LetterState, counts: bool
) -> None:
    async with library.write() as work:
        await work.letters.change(replace(LETTER, state=state, version=2), version=1)
        given_to_a = (Given(EXHIBITION.root_id, 1),) if counts else ()
        assert await work.leaflets.given_to(A.id) == given_to_a
        assert await work.leaflets.given_to(A.id, but=LETTER.id) == ()
        assert await work.leaflets.carried(A.id, EXHIBITION.root_id) == 1


async def test_the_second_of_two_at_once_finds_the_number_taken(library: UnitOfWork) -> None:
    other = replace(LETTER, id=LetterId("letter-2"), command_key="another")
    async with library.write() as work:
        await work.letters.add(other)
        with pytest.raises(Overtaken):
            await work.leaflets.carry(replace(LINK, letter_id=other.id))


async def test_another_town_has_a_library_of_its_own(library: UnitOfWork, store: Store) -> None:
    elsewhere = unit_of_work_on(store, municipality_id="elsewhere")
    async with library.write() as work:
        await work.leaflets.keep(page_of().full)
        await work.leaflets.change_link(
            replace(LINK, token_hash="a" * 64, expires_at=MONDAY, version=2), version=1
        )
        await work.commit()
    async with elsewhere.read() as work:
        assert await work.leaflets.all() == ()
        assert await work.leaflets.by_token("a" * 64) is None
        with pytest.raises(NotFound):
            await work.leaflets.picture(page_of().full.digest)
