"""鈴木 chooses words for A: what fits, what was said already, what the letter remembers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bots.wordbook import shipped_library
from core.access import NotYours
from core.ids import StaffId
from core.letters import LetterKind, LetterState, Origin
from core.municipal_profiles.duties import USUAL_HOURS
from core.people import LanguageStyle
from core.profiles import StandingText, TextUse
from core.usecases.letters.compose_letter import compose_letter
from core.usecases.letters.offer_words import WordsOffer, offer_words
from core.usecases.letters.write_letter import write_letter
from core.wording.fields import FieldsMissing
from core.wording.kinds import TextKind
from core.wording.library import Composed, NoSuchTemplate, SaidBefore
from core.wording.season import OutOfSeason
from storage.unit_of_work import SqlUnitOfWork
from tests.contracts.letters_at_hand import scheduled
from tests.people import A12, LETTER, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A
from tests.proofs import PROOF

TUESDAY = date(2026, 12, 1)
HERE: Any = {
    "library": shipped_library(),
    "case_id": A12.id,
    "tz": TOKYO,
    "hours": USUAL_HOURS,
}


async def offered(
    uow: SqlUnitOfWork, *, kind: LetterKind = LetterKind.CHECK_IN, day: date = TUESDAY
) -> WordsOffer:
    return await offer_words(uow, by=SUZUKI.id, kind=kind, day=day, **HERE)


async def made(uow: SqlUnitOfWork, template: str, **more: Any) -> Composed:
    given: dict[str, Any] = {"by": SUZUKI.id, "day": TUESDAY} | more
    return await compose_letter(uow, template=template, **given, **HERE)


async def lives(uow: SqlUnitOfWork, **changes: Any) -> None:
    async with uow.write() as work:
        await work.people.put(replace(A, **changes))
        await work.commit()


async def test_a_template_becomes_a_letter_for_this_person(midori: SqlUnitOfWork) -> None:
    found = await made(midori, "futo/1")
    offer = await offered(midori)
    first = offer.phrases[0]

    assert found.body == (
        f"鈴木です。{first.standard}ふと思い出して書いています。返事はいりません。"
    )
    assert (found.template, found.season) == ("futo/1", first.id)
    assert found == await made(midori, "futo/1")


async def test_who_reads_and_when_is_the_towns_own(midori: SqlUnitOfWork) -> None:
    found = await made(midori, "hajimete/1")

    assert "みどりのたよりの鈴木です" in found.body
    assert "平日8時30分〜17時15分に鈴木か佐藤が読みます" in found.body


async def test_a_leaflet_names_an_interest_or_is_not_offered(midori: SqlUnitOfWork) -> None:
    assert "鉄道のちらし" in (await made(midori, "chirashi/1")).body
    await lives(midori, interests=("鉄道模型",), do_not_mention=("鉄道",))

    assert (await offered(midori, kind=LetterKind.LEAFLET)).templates == ()
    with pytest.raises(FieldsMissing) as refused:
        await made(midori, "chirashi/1")
    assert refused.value.facts == {"fields": "好きなもの"}


@pytest.mark.rule("G-19")
@pytest.mark.parametrize("style", LanguageStyle)
async def test_words_are_offered_in_the_persons_own_style(
    midori: SqlUnitOfWork, style: LanguageStyle
) -> None:
    await lives(midori, language_style=style)
    offer = await offered(midori)

    assert offer.templates
    assert {one.style for one in offer.templates} == {style}
    body = (await made(midori, offer.templates[0].known_as)).body
    assert ("(へんじ)" in body) is (style is LanguageStyle.YASASHII_RUBY)
    assert "《" not in body


async def test_words_for_others_are_refused(midori: SqlUnitOfWork) -> None:
    with pytest.raises(NoSuchTemplate):
        await made(midori, "futo-plain/1")
    with pytest.raises(NoSuchTemplate):
        await made(midori, "futo/2")
    newcomer = replace(
        SUZUKI, id=StaffId("staff-new"), code="新人", slack_team_id=None, slack_user_id=None
    )
    async with midori.write() as work:
        await work.staff.put(newcomer)
        await work.commit()
    with pytest.raises(NotYours):
        await made(midori, "futo/1", by=newcomer.id)


@pytest.mark.rule("G-04")
async def test_what_was_said_within_a_year_is_neither_offered_nor_made_again(
    midori: SqlUnitOfWork,
) -> None:
    name = "nanimo-shinai-hi/1"
    body = (await made(midori, name)).body
    at = MONDAY - timedelta(days=300)
    sent = scheduled(
        "earlier", body=body.replace("、", "") + " ", state=LetterState.SENT, sent_at=at
    )
    async with midori.write() as work:
        await work.letters.add(sent)
        await work.commit()

    assert name not in {one.known_as for one in (await offered(midori)).templates}
    with pytest.raises(SaidBefore):
        await made(midori, name)
    later = TUESDAY + timedelta(days=70)
    assert (await made(midori, name, day=later)).body == body


@pytest.mark.rule("G-04")
async def test_a_phrase_of_a_letter_that_only_waits_is_used_already(
    midori: SqlUnitOfWork,
) -> None:
    first, second, _ = (await offered(midori)).phrases
    async with midori.write() as work:
        await work.letters.add(replace(LETTER, season=first.id))
        await work.commit()

    assert (await offered(midori)).phrases[0] == second
    assert (await made(midori, "futo/1")).season == second.id


async def test_a_phrase_of_other_days_is_refused(midori: SqlUnitOfWork) -> None:
    first, *_ = (await offered(midori)).phrases
    with pytest.raises(OutOfSeason):
        await made(midori, "futo/1", season=first.id, day=date(2026, 12, 20))


async def test_a_towns_own_template_comes_first_and_replaces_ours(midori: SqlUnitOfWork) -> None:
    own = StandingText(
        municipality_id=MIDORI,
        name="futo",
        version="2027",
        body="{名乗り}です。こちらは変わりありません。{季節のことば}",
        author_id=SUZUKI.id,
        approved_by=TANAKA.id,
        approved_at=MONDAY,
        use=TextUse.TEMPLATE,
        title="みどり市のたより",
        kind=TextKind.CHECK_IN,
        style=LanguageStyle.STANDARD,
    )
    async with midori.write() as work:
        await work.towns.put_standing_text(own)
        await work.commit()

    names = [one.known_as for one in (await offered(midori)).templates]
    assert names[0] == "futo/2027"
    assert "futo/1" not in names
    assert (await made(midori, "futo/2027")).body.startswith("鈴木です。こちらは")


async def test_a_letter_remembers_what_it_was_written_from(midori: SqlUnitOfWork) -> None:
    found = await made(midori, "futo/1")
    letter = await write_letter(
        midori,
        case_id=A12.id,
        by=SUZUKI.id,
        body=found.body,
        opens_at=MONDAY + timedelta(days=1),
        at=MONDAY,
        tz=TOKYO,
        proof=PROOF,
        origin=Origin(template=found.template, season=found.season),
    )
    async with midori.read() as work:
        kept = await work.letters.get(letter.id)
        entries = await work.audit.of_case(A12.id)
    assert (kept.template, kept.season) == ("futo/1", found.season)
    assert any("template=futo/1" in entry.event.evidence for entry in entries)


async def test_who_has_left_is_not_said_to_read(midori: SqlUnitOfWork) -> None:
    async with midori.write() as work:
        await work.staff.put(replace(SATO, active=False))
        await work.commit()

    assert "に鈴木が読みます" in (await made(midori, "hajimete/1")).body
