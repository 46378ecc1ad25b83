"""What calls people in the tests' みどり市: the real list of words, five minutes."""

from datetime import date

from bots.crisis_words import crisis_reader
from core.crisis.pager import Pager
from core.municipal_profiles.wording import HelpLine

PAGER = Pager(
    reader=crisis_reader(),
    help_lines=(
        HelpLine(
            name="夜の電話", number="0120-000-000", hours="24時間", verified_on=date(2026, 11, 2)
        ),
        HelpLine(name="古い電話", number="0120-111-111", verified_on=date(2026, 1, 5)),
    ),
)
