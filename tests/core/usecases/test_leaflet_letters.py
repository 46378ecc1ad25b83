"""A letter with a leaflet: chosen, read by a second person, looked at again when it is sent."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from core.agencies import Agency
from core.errors import CaseworkError, NotFound
from core.ids import AgencyId, AreaId, PlaceId
from core.leaflet_choice import LeafletElsewhere, LeafletGiven, LeafletNotReleased, NoNeedUnsaid
from core.leaflet_steps import OpenedLeaflet
from core.leaflets import Leaflet, LeafletState
from core.letters import Letter, LetterKind, LetterState, Reason
from core.lint import WordingBlocked
from core.resources import MatchState, ParticipationPlace, PlaceKind
from core.steps import Overtaken
from core.usecases.leaflets.approve_leaflet import approve_leaflet
from core.usecases.leaflets.open_leaflet import open_leaflet
from core.usecases.leaflets.renew_leaflet import renew_leaflet
from core.usecases.leaflets.stop_link import stop_link
from core.usecases.leaflets.withdraw_leaflet import withdraw_leaflet
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.whole import everything
from tests.library import ABOUT_TRAINS, TODAY, added, on_show, page_of
from tests.people import A12, MIDORI, SATO, SUZUKI, TANAKA, TOKYO, A
from tests.proofs import PROOF


async def choose(office: Office, leaflet: Leaflet, **changes: Any) -> Letter:
    """鈴木 writes to A about the leaflet."""
    asked = {"leaflet_id": leaflet.id, "body": ABOUT_TRAINS, "kind": LetterKind.LEAFLET}
    return await office.write(**(asked | changes))


async def token_of(office: Office, letter: Letter) -> str:
    """The token in the request that LINE gets."""
    request = json.loads((await office.delivery(letter.id)).request)
    (message,) = request["messages"]
    uri: str = message["contents"]["footer"]["contents"][0]["action"]["uri"]
    assert uri.startswith("https://tayori.example/l/")
    return uri.rpartition("/")[2]


async def read(office: Office, token: str, **which: Any) -> OpenedLeaflet:
    return await open_leaflet(office.uow, token=token, at=office.now, tz=TOKYO, **which)


async def renewed(office: Office, was: Leaflet, **changes: Any) -> Leaflet:
    """The next edition, approved by 田中."""
    asked: dict[str, Any] = {
        name: getattr(was, name)
        for name in ("title", "quiet_title", "issuer", "tags", "valid_from", "valid_until", "plain")
    }
    asked |= {"pages": (), "is_news": False, "by": SATO.id, "at": office.now, "proof": PROOF}
    asked |= {"leaflet_id": was.id, "version": was.version}
    now = await renew_leaflet(office.uow, **(asked | changes))
    return await approve_leaflet(
        office.uow, leaflet_id=now.id, version=now.version, by=TANAKA.id, at=office.now, proof=PROOF
    )


@pytest.mark.rule("R-023", "R-026", "G-20")
async def test_it_goes_the_ordinary_way_and_its_link_opens(office: Office) -> None:
    leaflet = await on_show(office.uow)
    letter = await choose(office, leaflet)
    assert (letter.kind, letter.state) == (LetterKind.LEAFLET, LetterState.PENDING_APPROVAL)
    approved = await office.approve(letter)
    token = await token_of(office, approved)
    office.clock.at = SOON
    await office.deliver()
    assert await office.stands(letter) == (LetterState.SENT, None)
    opened = await read(office, token)
    assert opened.leaflet == leaflet
    assert not opened.is_over
    assert (await read(office, token, page=1)).picture == page_of().preview
    assert (await read(office, token, page=1, full=True)).picture == page_of().full


@pytest.mark.rule("G-11", "G-20")
async def test_the_lock_screen_shows_whose_letter_it_is_and_nothing_else(office: Office) -> None:
    letter = await choose(office, await on_show(office.uow))
    assert letter.lock_screen == "鈴木からのおたより"
    approved = await office.approve(letter)
    (message,) = json.loads((await office.delivery(approved.id)).request)["messages"]
    assert message["altText"] == "鈴木からのおたより"
    assert message["contents"]["body"]["contents"][0]["text"] == ABOUT_TRAINS


@pytest.mark.rule("G-11", "G-20")
@pytest.mark.parametrize("title", ["福祉の相談会", "障害のある方へ"])
async def test_a_title_that_does_not_belong_on_a_lock_screen_is_refused(
    office: Office, title: str, store: Store
) -> None:
    before = await everything(store)
    with pytest.raises(WordingBlocked):
        await added(office.uow, quiet_title=title)
    assert await everything(store) == before


@pytest.mark.rule("R-026")
async def test_it_is_on_record_that_it_fits_and_not_what_the_person_likes(office: Office) -> None:
    leaflet = await on_show(office.uow)
    letter = await choose(office, leaflet)
    async with office.uow.read() as work:
        trail = await work.audit.of_case(letter.case_id)
        link = await work.leaflets.link_of(letter.id)
    (draft,) = [one.event for one in trail if one.event.action == "letter.draft"]
    assert draft.evidence == (f"leaflet={leaflet.id}", "fit=interest")
    assert link is not None and link.why == ""


@pytest.mark.rule("R-026")
async def test_a_colleagues_reason_is_kept_with_the_letter_only(office: Office) -> None:
    leaflet = await on_show(office.uow, tags=frozenset({"料理"}))
    letter = await choose(office, leaflet, leaflet_reason="台所の音が楽しいと話された")
    async with office.uow.read() as work:
        trail = await work.audit.of_case(letter.case_id)
        link = await work.leaflets.link_of(letter.id)
    assert link is not None and link.why == "台所の音が楽しいと話された"
    assert "台所" not in repr(trail)


@pytest.mark.rule("G-20", "R-026")
async def test_what_may_not_go_leaves_nothing_behind(office: Office, store: Store) -> None:
    waiting = await added(office.uow)
    shown = await on_show(office.uow)
    there = await on_show(office.uow, area_ids=frozenset({AreaId("area-kawa")}))
    await office.approve(await choose(office, shown))
    before = await everything(store)
    refused: list[tuple[Leaflet, str, type[CaseworkError]]] = [
        (waiting, ABOUT_TRAINS, LeafletNotReleased),
        (there, ABOUT_TRAINS, LeafletElsewhere),
        (shown, ABOUT_TRAINS, LeafletGiven),
    ]
    for leaflet, words, refusal in refused:
        with pytest.raises(refusal):
            await choose(office, leaflet, body=words, opens_at=SOON + timedelta(days=4))
    assert await everything(store) == before


@pytest.mark.rule("G-20")
async def test_the_words_have_to_leave_it_open(office: Office) -> None:
    leaflet = await on_show(office.uow)
    with pytest.raises(NoNeedUnsaid):
        await choose(office, leaflet, body="鈴木です。鉄道の写真展のちらしです。")
    letter = await office.give_back(await choose(office, leaflet))
    with pytest.raises(NoNeedUnsaid):
        await office.rewrite(letter, body="鈴木です。鉄道の写真展のちらしです。")
    again = await office.rewrite(letter, body=f"{ABOUT_TRAINS}返事はいりません。")
    assert again.lock_screen == "鈴木からのおたより"


@pytest.mark.rule("R-026")
async def test_after_a_stopped_letter_it_may_go_after_all(office: Office) -> None:
    leaflet = await on_show(office.uow)
    await office.stop(await choose(office, leaflet))
    letter = await office.approve(await choose(office, leaflet))
    assert letter.state is LetterState.SCHEDULED


@pytest.mark.rule("R-026")
async def test_of_two_colleagues_at_once_one_sends_it(office: Office) -> None:
    leaflet = await on_show(office.uow)
    results = await asyncio.gather(
        choose(office, leaflet),
        choose(office, leaflet, by=SATO.id, body=ABOUT_TRAINS.replace("鈴木", "佐藤")),
        return_exceptions=True,
    )
    refused = [one for one in results if isinstance(one, CaseworkError)]
    assert len(refused) == 1
    assert isinstance(refused[0], LeafletGiven | Overtaken)


@pytest.mark.rule("G-20", "S4")
async def test_expired_between_approval_and_sending_it_is_not_sent_and_says_why(
    office: Office,
) -> None:
    leaflet = await on_show(office.uow, valid_until=TODAY)
    letter = await office.approve(
        await choose(office, leaflet, closes_at=office.now + timedelta(days=3))
    )
    office.clock.at = SOON + timedelta(days=1)
    await office.deliver_all()
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.LEAFLET_OVER)
    assert office.line.took == []
    assert ("AUTHOR", SUZUKI.id) in await office.cards(letter.id)


@pytest.mark.rule("G-20")
async def test_withdrawn_before_it_left_it_is_not_sent(office: Office) -> None:
    leaflet = await on_show(office.uow)
    letter = await office.approve(await choose(office, leaflet))
    await withdraw_leaflet(
        office.uow,
        leaflet_id=leaflet.id,
        version=leaflet.version,
        why="会場が替わった",
        by=SATO.id,
        at=office.now,
    )
    office.clock.at = SOON
    await office.deliver_all()
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.LEAFLET_OVER)


@pytest.mark.rule("S5", "G-20")
async def test_a_new_edition_holds_what_waits_until_somebody_reads_it(office: Office) -> None:
    leaflet = await on_show(office.uow)
    letter = await office.approve(
        await choose(office, leaflet, closes_at=office.now + timedelta(hours=8))
    )
    first = await token_of(office, letter)
    second = await renewed(office, leaflet, plain="二階から一階に移りました。")
    office.clock.at = SOON
    await office.deliver_all()
    assert await office.stands(letter) == (LetterState.HELD, Reason.LEAFLET_CHANGED)
    again = await office.approve(await office.letter(letter))
    await office.deliver_all()
    assert await office.stands(letter) == (LetterState.SENT, None)
    opened = await read(office, await token_of(office, again))
    assert opened.leaflet.id == second.id
    with pytest.raises(NotFound):
        await read(office, first)


async def test_a_link_that_is_out_shows_the_edition_that_counts_now(office: Office) -> None:
    leaflet = await on_show(office.uow)
    token = await token_of(office, await office.approve(await choose(office, leaflet)))
    second = await renewed(office, leaflet, pages=(page_of("blue"),))
    assert (await read(office, token)).leaflet.id == second.id
    assert (await read(office, token, page=1)).picture == page_of("blue").preview


async def test_a_link_lives_on_with_a_kind_line_and_then_ends(office: Office) -> None:
    leaflet = await on_show(office.uow)
    token = await token_of(office, await office.approve(await choose(office, leaflet)))
    office.clock.at += timedelta(days=60)
    assert (await read(office, token)).is_over
    office.clock.at += timedelta(days=121)
    with pytest.raises(NotFound):
        await read(office, token)


async def test_guessed_stopped_and_withdrawn_links_say_the_same(office: Office) -> None:
    leaflet = await on_show(office.uow)
    letter = await office.approve(await choose(office, leaflet))
    token = await token_of(office, letter)
    refusals = []
    for step in (
        lambda: stop_link(office.uow, letter_id=letter.id, by=SUZUKI.id, at=office.now),
        lambda: withdraw_leaflet(
            office.uow,
            leaflet_id=leaflet.id,
            version=leaflet.version,
            why="",
            by=SATO.id,
            at=office.now,
        ),
    ):
        await step()
        with pytest.raises(NotFound) as refused:
            await read(office, token)
        refusals.append(refused.value.facts)
    for guess, page in (("guessed", None), (token, 9)):
        with pytest.raises(NotFound) as refused:
            await read(office, guess, page=page)
        refusals.append(refused.value.facts)
    assert refusals == [{"what": "leaflet"}] * 4


async def test_that_somebody_opened_it_is_written_down_nowhere(
    office: Office, store: Store
) -> None:
    token = await token_of(
        office, await office.approve(await choose(office, await on_show(office.uow)))
    )
    before = await everything(store)
    await read(office, token)
    await read(office, token, page=1)
    assert await everything(store) == before


async def test_the_token_is_in_the_sealed_request_and_nowhere_else(
    office: Office, store: Store
) -> None:
    token = await token_of(
        office, await office.approve(await choose(office, await on_show(office.uow)))
    )
    assert len(token) >= 32
    assert token not in repr(await everything(store))


@pytest.mark.rule("R-064")
async def test_a_place_is_told_of_by_its_leaflet_and_the_next_step_is_the_persons(
    office: Office,
) -> None:
    host = AgencyId("agency-host")
    lunch = ParticipationPlace(
        id=PlaceId("place-lunch"),
        municipality_id=MIDORI,
        kind=PlaceKind.COMMUNITY_MEAL,
        name="お昼の会",
        host_agency_id=host,
    )
    async with office.uow.write() as work:
        await work.towns.put_agency(
            Agency(id=host, municipality_id=MIDORI, code="host", name="ひだまり舎")
        )
        await work.resources.add_place(lunch)
        await work.commit()
    leaflet = await on_show(office.uow, place_id=lunch.id)
    letter = await office.approve(await choose(office, leaflet))
    async with office.uow.read() as work:
        assert await work.resources.matches_of_case(A12.id) == ()
    office.clock.at = SOON
    await office.deliver()
    async with office.uow.read() as work:
        (match,) = await work.resources.matches_of_case(A12.id)
        trail = await work.audit.of_subjects([match.id])
    assert (match.place_id, match.person_id, match.state) == (lunch.id, A.id, MatchState.TOLD_OF)
    (told,) = [one.event for one in trail]
    assert told.action == "match.told_of"
    assert f"letter={letter.id}" in told.evidence


async def test_one_edition_of_a_leaflet_is_approved_at_a_time(office: Office) -> None:
    first = await on_show(office.uow)
    second = await renewed(office, first)
    async with office.uow.read() as work:
        editions = await work.leaflets.editions(first.root_id)
        assert await work.leaflets.current(first.root_id) == second
    assert [(one.edition, one.state) for one in editions] == [
        (2, LeafletState.APPROVED),
        (1, LeafletState.REPLACED),
    ]
