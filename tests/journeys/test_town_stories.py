"""The municipal examples of DOMAIN §5 as stories that ship, held against the record."""

import pytest

from tests.journeys.telling_stories import tell


@pytest.mark.rule("MA-3", "R-090", "R-049")
async def test_komaki_prompts_at_the_third_field_and_asks_for_nothing() -> None:
    untouched = {"state": "PRE_COORDINATION", "items": [], "consents": set(), "letters": {}}
    await tell(
        "town-komaki",
        scenes={"1": {"M-3": untouched}, "2": {"M-3": untouched}, "3": {"M-3": untouched}},
    )
