"""Pictures of uploaded leaflets: what LINE and old phones take, whatever came in."""

import io
import time

import pytest
from PIL import Image

from bots.leaflets.maker import PictureMaker, make_pages
from core.errors import CaseworkError
from core.leaflet_pages import (
    LARGEST_FILE,
    LARGEST_PICTURE,
    LARGEST_PREVIEW,
    MOST_PAGES,
    FileTooLarge,
    FileUnreadable,
    Picture,
    TooManyPages,
)
from tests.files import bomb, jpeg, pdf, png


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    return image


@pytest.mark.parametrize(("upload", "count"), [(png(), 1), (jpeg(), 1), (pdf(3), 3)])
def test_every_page_becomes_a_picture_with_a_preview(upload: bytes, count: int) -> None:
    pages = make_pages(upload)
    assert len(pages) == count
    for page in pages:
        for picture, most in ((page.full, LARGEST_PICTURE), (page.preview, LARGEST_PREVIEW)):
            image = opened(picture)
            assert (image.format, image.mode) == ("JPEG", "RGB")
            assert image.size == (picture.width, picture.height)
            assert picture.media_type == "image/jpeg"
            assert len(picture.data) <= most


def test_a_page_of_a_pdf_is_large_enough_to_read_and_keeps_its_shape() -> None:
    (page,) = make_pages(pdf())
    assert (page.full.height, page.preview.height) == (2000, 1000)
    assert abs(page.full.width / page.full.height - 595 / 842) < 0.01


def test_a_small_picture_is_not_blown_up_and_shows_on_white() -> None:
    (page,) = make_pages(png(40, 30, colour="#00000000"))
    assert (page.full.width, page.full.height) == (40, 30)
    assert opened(page.full).getpixel((5, 5)) == (255, 255, 255)


def test_nothing_is_left_of_where_a_photograph_was_taken() -> None:
    upload = jpeg()
    assert b"taken at home" in upload
    (page,) = make_pages(upload)
    assert b"taken at home" not in page.full.data + page.preview.data
    assert not opened(page.full).getexif()


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (b"", FileUnreadable),
        (b"GIF89a" + b"\0" * 50, FileUnreadable),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileUnreadable),
        (b"%PDF-1.7\nnothing of the kind", FileUnreadable),
        (pdf()[:-400], FileUnreadable),
        (png()[:60], FileUnreadable),
        (jpeg()[:200], FileUnreadable),
        (bomb(), FileUnreadable),
        (pdf(MOST_PAGES + 1), TooManyPages),
        (b"%PDF-" + b"\0" * LARGEST_FILE, FileTooLarge),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else str(len(value)),
)
def test_a_file_that_is_no_leaflet_is_refused_in_words(
    upload: bytes, refusal: type[CaseworkError]
) -> None:
    with pytest.raises(refusal):
        make_pages(upload)


def test_work_without_end_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(FileUnreadable):
        make_pages(pdf(MOST_PAGES), within_s=0.05)
    assert time.monotonic() - began < 5


async def test_one_file_after_the_other() -> None:
    maker = PictureMaker()
    assert len(await maker.pages(pdf(2))) == 2
    with pytest.raises(FileUnreadable):
        await maker.pages(b"")
    assert len(await maker.pages(png())) == 1
