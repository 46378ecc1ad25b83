"""docs/stories.md names every story that ships, as the menu does."""

from bots.practice.script import read_script, shipped_stories
from tests.house.sources import document


def test_every_story_is_on_the_page_with_its_title_and_length() -> None:
    page = document("docs/stories.md")
    missing = [
        name
        for name in shipped_stories()
        if f"| `{name}` | {read_script(name).title} |" not in page
        or not page.split(f"| `{name}` |")[1]
        .split("\n")[0]
        .endswith(f"| {len(read_script(name).steps)} |")
    ]
    assert missing == []


def test_there_are_the_six_worked_cases_and_the_twelve_municipal_examples() -> None:
    names = shipped_stories()
    assert len([name for name in names if name.startswith("worked-")]) == 6
    assert len([name for name in names if name.startswith("town-")]) == 12
