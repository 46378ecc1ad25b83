"""Nothing in the checkout depends on the machine it was written on."""

import re
from pathlib import Path

import pytest

from tests.house.sources import CHECKOUT, named, tracked

# In pieces, so that this file does not find itself.
FOREIGN = {
    "a package registry": re.compile(
        "|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + "js"])
    ),
    "a folder of one machine": re.compile(r"(?<![\w.-])/" + r"(?:work|home|Users|opt|root)/\w"),
    "an index of packages": re.compile(
        "--(?:extra-)?" + "index-url|--find" + "-links|--trusted" + "-host"
    ),
}
LOCKS = ("requirements.lock", "requirements-test.lock")
BIGGEST_PICTURE = 300_000


def words(path: Path) -> str:
    """The text of a file; "" for pictures and the like."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("what", sorted(FOREIGN))
def test_no_tracked_file_names(what: str) -> None:
    found = [
        f"{named(path)}:{number} names {what}: {line.strip()[:120]}"
        for path in tracked()
        for number, line in enumerate(words(path).splitlines(), start=1)
        if FOREIGN[what].search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: str) -> None:
    text = (CHECKOUT / lock).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert pins
    assert [
        pin.split("\n")[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin
    ] == []
    assert "://" not in text


def test_both_locks_agree_on_what_they_share() -> None:
    runtime, testing = (
        set(re.findall(r"^[a-zA-Z0-9_.-]+==\S+", (CHECKOUT / lock).read_text(), re.MULTILINE))
        for lock in LOCKS
    )
    assert runtime - testing == set()


def test_pictures_of_the_docs_are_small() -> None:
    big = [
        f"{named(path)}: {path.stat().st_size} bytes"
        for path in tracked()
        if named(path).startswith("docs/")
        and path.suffix in {".png", ".jpg", ".webp", ".gif", ".svg"}
        and path.stat().st_size >= BIGGEST_PICTURE
    ]
    assert not big, "\n".join(big)
