"""Leaflets: what makes one fit to be sent, and to whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.agencies import Role
from core.approach import LeafletUnfit
from core.errors import CaseworkError
from core.ids import AreaId, LeafletId, PlaceId
from core.leaflet_choice import (
    Given,
    LeafletElsewhere,
    LeafletGiven,
    LeafletNotReleased,
    LeafletNotYet,
    LeafletOver,
    NoNeedUnsaid,
    choices,
    require_leaflet_words,
    require_may_go,
    says_no_need,
    shared_topics,
    was_given,
)
from core.leaflet_links import link_ends
from core.leaflet_pages import MOST_PAGES, PageRef, TooManyPages
from core.leaflets import (
    DeadlinePressed,
    Leaflet,
    LeafletIncomplete,
    LeafletNotPublic,
    LeafletState,
    LeafletStepClosed,
    OwnLeaflet,
    approve,
    pressing_words,
    replace_by,
    require_whole,
    withdraw,
)
from core.link_tokens import token_hash
from tests.library import ABOUT_TRAINS, EXHIBITION, ON_SHOW, TODAY, page_of
from tests.people import MONDAY, SATO, TANAKA, TOKYO

KAWA = AreaId("area-kawa")


def goes(**changes: Any) -> frozenset[str]:
    asked: dict[str, Any] = {
        "on": TODAY,
        "areas": (None,),
        "given": (),
        "interests": ("鉄道",),
    } | changes
    leaflet = asked.pop("leaflet", ON_SHOW)
    return require_may_go(leaflet, **asked).tags


def changed(**changes: Any) -> Leaflet:
    return replace(EXHIBITION, **changes)


@pytest.mark.rule("R-026")
def test_it_goes_by_what_the_person_cares_about() -> None:
    assert goes() == {"鉄道"}
    assert goes(interests=("駅の写真",)) == {"写真"}
    assert goes(interests=("ﾃﾂﾄﾞｳ", "鉄 道", "写真")) == {"写真"}


@pytest.mark.rule("R-026")
def test_without_an_interest_it_goes_only_with_a_colleagues_reason() -> None:
    with pytest.raises(LeafletUnfit):
        goes(interests=("料理",))
    with pytest.raises(LeafletUnfit):
        goes(interests=(), reason="   ")
    assert goes(interests=("料理",), reason="先週、駅の話をされた") == frozenset()


def test_one_letter_is_no_topic() -> None:
    assert shared_topics({"本"}, interests=("本", "絵本")) == frozenset()
    assert shared_topics({"ゲーム"}, interests=("ゲーム音楽",)) == {"ゲーム"}


@pytest.mark.rule("G-20")
@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (ON_SHOW.valid_from - timedelta(days=1), LeafletNotYet),
        (ON_SHOW.valid_from, None),
        (ON_SHOW.valid_until, None),
        (ON_SHOW.valid_until + timedelta(days=1), LeafletOver),
    ],
)
def test_it_goes_in_its_time_only(day: object, refusal: type[CaseworkError] | None) -> None:
    if refusal is None:
        assert goes(on=day)
    else:
        with pytest.raises(refusal):
            goes(on=day)


@pytest.mark.rule("G-20")
@pytest.mark.parametrize("state", sorted(set(LeafletState) - {LeafletState.APPROVED}))
def test_it_goes_only_while_it_is_approved(state: LeafletState) -> None:
    with pytest.raises(LeafletNotReleased):
        goes(leaflet=replace(ON_SHOW, state=state))


@pytest.mark.rule("R-026")
def test_a_leaflet_for_another_part_of_the_town_stays_there() -> None:
    there = replace(ON_SHOW, area_ids=frozenset({KAWA}))
    with pytest.raises(LeafletElsewhere):
        goes(leaflet=there, areas=(AreaId("area-nishi"), None))
    assert goes(leaflet=there, areas=(None, KAWA))


@pytest.mark.rule("R-026")
def test_the_same_one_goes_once_whatever_the_edition() -> None:
    had = (Given(ON_SHOW.root_id, 1),)
    second = replace(ON_SHOW, id=LeafletId("leaflet-trains-2"), edition=2)
    for leaflet in (ON_SHOW, second):
        with pytest.raises(LeafletGiven):
            goes(leaflet=leaflet, given=had)
    assert goes(given=(Given(LeafletId("another"), 1),))


@pytest.mark.rule("R-026")
def test_an_edition_that_somebody_called_new_may_go_again_and_then_counts() -> None:
    news = replace(ON_SHOW, id=LeafletId("leaflet-trains-2"), edition=2, fresh_since=2)
    third = replace(news, id=LeafletId("leaflet-trains-3"), edition=3)
    assert goes(leaflet=news, given=(Given(ON_SHOW.root_id, 1),))
    assert not was_given(third, [Given(ON_SHOW.root_id, 1)])
    assert was_given(third, [Given(ON_SHOW.root_id, 2)])


@pytest.mark.rule("R-026", "R-064")
def test_the_list_leaves_out_what_may_not_go_and_puts_what_fits_first() -> None:
    over = replace(ON_SHOW, id=LeafletId("over"), root_id=LeafletId("over"), valid_until=TODAY)
    cooking = replace(
        ON_SHOW,
        id=LeafletId("cooking"),
        root_id=LeafletId("cooking"),
        tags=frozenset({"料理"}),
        valid_until=TODAY + timedelta(days=1),
    )
    lunch = replace(
        cooking, id=LeafletId("l"), root_id=LeafletId("l"), place_id=PlaceId("place-lunch")
    )
    sent = replace(ON_SHOW, id=LeafletId("sent"), root_id=LeafletId("sent"))
    found = choices(
        [cooking, over, ON_SHOW, lunch, sent],
        on=TODAY + timedelta(days=1),
        areas=(None,),
        given=[Given(sent.root_id, 1)],
        interests=("鉄道",),
        known_places=[PlaceId("place-lunch")],
    )
    assert [(one.leaflet.id, set(one.shared)) for one in found] == [
        (ON_SHOW.id, {"鉄道"}),
        (cooking.id, set()),
    ]


@pytest.mark.rule("G-20")
@pytest.mark.parametrize(
    "words",
    [
        ABOUT_TRAINS,
        "行っても、行かなくても、いいです。",
        "いっても いかなくても だいじょうぶです。",
        "読んでも読まなくても大丈夫です。",
    ],
)
def test_the_words_say_that_going_is_not_needed(words: str) -> None:
    assert says_no_need(words)
    require_leaflet_words(words)


@pytest.mark.rule("G-20")
def test_words_that_do_not_say_so_are_refused() -> None:
    with pytest.raises(NoNeedUnsaid):
        require_leaflet_words("鈴木です。写真展があります。ぜひ行ってみてください。")


@pytest.mark.rule("G-20")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("申込締切は9日です", "締切"),
        ("締め切りまで", "締め切り"),
        ("お早めにどうぞ", "お早め"),
        ("先着二十名", "先着"),
        ("定員になり次第おわります", "定員になり次第"),
        ("申し込みの期限", "期限"),
    ],
)
def test_no_leaflet_and_no_letter_with_one_presses(words: str, found: str) -> None:
    assert pressing_words(words) == (found,)
    for said in ("title", "quiet_title", "plain"):
        with pytest.raises(DeadlinePressed):
            require_whole(changed(**{said: words}))
    with pytest.raises(DeadlinePressed):
        require_leaflet_words(f"{words}。行っても行かなくても大丈夫です。")


def test_it_lacks_nothing() -> None:
    require_whole(EXHIBITION)
    lacking: dict[str, Any]
    for lacking in (
        {"title": " "},
        {"quiet_title": ""},
        {"issuer": ""},
        {"plain": ""},
        {"tags": frozenset()},
        {"pages": ()},
        {"valid_until": EXHIBITION.valid_from - timedelta(days=1)},
    ):
        with pytest.raises(LeafletIncomplete):
            require_whole(changed(**lacking))
    with pytest.raises(TooManyPages):
        pages = (PageRef.of(page_of()),) * (MOST_PAGES + 1)
        require_whole(replace(EXHIBITION, pages=pages))


@pytest.mark.rule("DOMAIN-2.7")
def test_only_public_information_goes_over_line() -> None:
    with pytest.raises(LeafletNotPublic):
        require_whole(replace(EXHIBITION, is_public_info=False))


@pytest.mark.rule("G-06")
def test_whoever_added_it_does_not_approve_it() -> None:
    with pytest.raises(OwnLeaflet):
        approve(EXHIBITION, by=SATO.id, role=Role.MESSAGE_APPROVER, at=MONDAY)
    moved = approve(EXHIBITION, by=TANAKA.id, role=Role.MESSAGE_APPROVER, at=MONDAY)
    assert (moved.leaflet.state, moved.leaflet.approved_by) == (LeafletState.APPROVED, TANAKA.id)
    assert (moved.event.was, moved.event.now) == ("WAITING", "APPROVED")


def test_what_was_withdrawn_or_replaced_stays_so() -> None:
    told: dict[str, Any] = {"by": TANAKA.id, "role": Role.COORDINATOR, "at": MONDAY}
    gone = withdraw(ON_SHOW, why="会場が替わった", **told).leaflet
    old = replace_by(ON_SHOW, **told).leaflet
    for ended in (gone, old):
        with pytest.raises(LeafletStepClosed):
            withdraw(ended, why="", **told)
        with pytest.raises(LeafletStepClosed):
            approve(ended, **told)


def test_a_link_lives_for_months_and_outlives_its_leaflet() -> None:
    soon_over = link_ends(ON_SHOW, at=MONDAY, tz=TOKYO)
    assert soon_over == MONDAY + timedelta(days=180)
    year = replace(ON_SHOW, valid_until=TODAY + timedelta(days=365))
    assert link_ends(year, at=MONDAY, tz=TOKYO) == datetime(2028, 2, 28, 15, tzinfo=UTC)


def test_only_the_hash_of_a_token_is_kept() -> None:
    assert token_hash("abc") == token_hash("abc") != token_hash("abd")
    assert len(token_hash("abc")) == 64
