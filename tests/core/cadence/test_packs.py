"""Packs as data: those that ship, and what is wrong with one of a town's own."""

from dataclasses import replace
from typing import Any

import pytest

from core.cadence.packs import (
    AFTER_CLOSING,
    CC_LETTER,
    CC_TEXT,
    HAGAKI,
    SHIPPED,
    LetterPack,
    PackFlaw,
    Phase,
    flaws,
    offsets,
    packs_of,
)

OWN = LetterPack(key="kisetsu", name="季節のたより", months=(3, 6, 9, 12))


def keys(pack: LetterPack) -> list[str]:
    return [offset.key for offset in offsets(pack)]


@pytest.mark.rule("G-03")
def test_the_packs_that_ship_are_sound_and_thin_out() -> None:
    assert [flaws(pack) for pack in SHIPPED] == [()] * 4
    assert keys(CC_TEXT) == ["d1", "d7", *(f"m{n}" for n in (1, 2, 3, 4, 6, 8, 10, 12))]
    assert keys(HAGAKI)[:4] == ["d15", "m1", "m1d15", "m2"]
    assert keys(HAGAKI)[-6:] == [f"m{n}" for n in range(13, 19)]
    assert len([k for k in keys(HAGAKI) if k not in keys(HAGAKI)[-6:]]) == 24
    assert keys(AFTER_CLOSING) == ["m3", "m6", "m9", "m12"]
    for year in range(5):
        within = [o for o in offsets(CC_LETTER) if 12 * year < o.months <= 12 * year + 12]
        assert len(within) >= 4


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"key": " "}, PackFlaw.NO_KEY),
        ({"starts_from": ()}, PackFlaw.NO_ANCHOR),
        ({"months": ()}, PackFlaw.NO_LETTERS),
        ({"months": (3, 3)}, PackFlaw.TWICE),
        ({"days": (0,)}, PackFlaw.NOT_POSITIVE),
        ({"phases": (Phase(for_months=6, times=0),)}, PackFlaw.NOT_POSITIVE),
        ({"phases": (Phase(for_months=5, every_months=2),)}, PackFlaw.UNEVEN),
        ({"months": (61,)}, PackFlaw.TOO_LONG),
        ({"phases": (Phase(for_months=60, times=2),)}, PackFlaw.TOO_MANY),
        ({"jitter_days": 8}, PackFlaw.JITTER),
    ],
)
def test_what_can_be_wrong_with_a_pack_of_ones_own(change: dict[str, Any], flaw: PackFlaw) -> None:
    assert flaws(OWN) == ()
    assert flaws(replace(OWN, **change)) == (flaw,)


def test_a_towns_own_pack_stands_first_and_may_replace_one_of_ours() -> None:
    own_hagaki = replace(OWN, key="hagaki")
    assert packs_of((OWN,))[0] == OWN
    assert len(packs_of((OWN,))) == 5
    assert packs_of((own_hagaki,))[0] == own_hagaki
    assert len(packs_of((own_hagaki,))) == 4
