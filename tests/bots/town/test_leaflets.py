"""Leaflets in a town file: read with their files, loaded once, and everything wrong named."""

from datetime import date
from pathlib import Path

import pytest

from bots.town import read_town
from core.leaflets import LeafletState
from core.ports import UnitOfWork
from core.usecases.town.load_town import load_town
from tests.bots.town.small import MONDAY, TOKYO, Desk, small
from tests.files import pdf, png
from tests.proofs import PROOF

TEXTS = "texts:\n"
ENTRY = """\
leaflets:
  - code: trains
    title: 写真展
    quiet_title: 写真展
    issuer: 図書館
    tags: [鉄道]
    areas: [kita]
    valid_from: 2026-11-01
    valid_until: 2026-12-20
    plain: 写真をならべます。
    file: trains.pdf
    is_public_info: true
    author: mori
    approved_by: hara
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "trains.pdf").write_bytes(pdf(2))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "long.pdf").write_bytes(pdf(9))
    (tmp_path / "one.png").write_bytes(png())
    return Desk(tmp_path)


def with_leaflet(*changes: tuple[str, str]) -> str:
    entry = ENTRY
    for was, now in changes:
        assert entry.count(was) == 1, was
        entry = entry.replace(was, now)
    return small((TEXTS, entry + TEXTS))


def test_a_leaflet_comes_with_the_pictures_of_its_file(desk: Desk) -> None:
    (leaflet,) = desk.read(with_leaflet()).leaflets
    assert len(leaflet.pages) == 2
    assert (set(leaflet.tags), leaflet.areas) == ({"鉄道"}, ("kita",))
    (leaflet,) = desk.read(with_leaflet(("trains.pdf", "one.png"))).leaflets
    assert leaflet.pages[0].full.width == 300


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        (("trains.pdf", "other.pdf"), "file", "cannot be read (No such file"),
        (("trains.pdf", "broken.pdf"), "file", "no PDF, PNG or JPEG"),
        (("trains.pdf", "long.pdf"), "file", "more than 8 pages"),
        (("approved_by: hara", "approved_by: mori"), "approved_by", "does not approve it (G-06)"),
        (("approved_by: hara", "approved_by: nobody"), "approved_by", "no member of staff"),
        (("写真をならべます。", "先着十名です。"), "plain", '"先着" presses'),
        (("quiet_title: 写真展", "quiet_title: 福祉の会"), "quiet_title", "(L5)"),
        (("2026-12-20", "2026-10-20"), "valid_until", "must not be before valid_from"),
        (("2026-12-20", "+60d"), "valid_until", "practice towns that ship"),
        (("true", "false"), "is_public_info", "only public information"),
        (("[kita]", "[minami]"), "areas", 'no area "minami"'),
        (("code: trains", "code: trains\n    place: hall"), "place", 'no place "hall"'),
        (("tags: [鉄道]", "tags: []"), "tags", "must not be empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_named_with_its_field(
    desk: Desk, change: tuple[str, str], field: str, sentence: str
) -> None:
    problems = desk.problems(with_leaflet(change))
    assert any(
        problem.field == f"leaflets.0.{field}" and sentence in problem.sentence
        for problem in problems
    ), problems


async def test_it_is_loaded_once_and_then_belongs_to_the_record(
    desk: Desk, unit_of_work: UnitOfWork
) -> None:
    loaded = await load_town(
        unit_of_work, desk.read(with_leaflet()), at=MONDAY, tz=TOKYO, proof=PROOF
    )
    assert loaded.changed["leaflets"] == 1
    again = desk.read(with_leaflet(("title: 写真展\n    quiet", "title: 別の題\n    quiet")))
    assert (await load_town(unit_of_work, again, at=MONDAY, tz=TOKYO, proof=PROOF)).total == 0
    async with unit_of_work.read() as work:
        (leaflet,) = await work.leaflets.all()
        pictures = [await work.leaflets.picture(page.preview) for page in leaflet.pages]
    assert (leaflet.title, leaflet.state) == ("写真展", LeafletState.APPROVED)
    assert all(picture.media_type == "image/jpeg" for picture in pictures)


async def test_without_an_approver_it_waits(desk: Desk, unit_of_work: UnitOfWork) -> None:
    waits = with_leaflet(("    approved_by: hara\n", ""))
    await load_town(unit_of_work, desk.read(waits), at=MONDAY, tz=TOKYO, proof=PROOF)
    async with unit_of_work.read() as work:
        (leaflet,) = await work.leaflets.all()
    assert leaflet.state is LeafletState.WAITING


def test_the_practice_towns_leaflets_are_in_their_time_whenever_practice_begins() -> None:
    town = read_town("practice", at=MONDAY, tz=TOKYO)
    assert {one.code: one.approved_by is not None for one in town.leaflets} == {
        "eki": True,
        "ohiru": True,
        "hoshi": False,
        "tebiki": True,
    }
    for one in town.leaflets:
        assert one.valid_from < date(2026, 1, 1) < MONDAY.date() < one.valid_until
