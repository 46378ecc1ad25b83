"""The shipped town of results is what its maker makes, and holds what the print says."""

from tests.house.results_town import FILE, WARDS, town_text


def test_the_file_is_as_it_is_made() -> None:
    assert FILE.read_text(encoding="utf-8") == town_text(), (
        "write it again: python -m tests.house.results_town"
    )


def test_the_wards_hold_thirty_two_cases_of_which_twenty_five_are_planned() -> None:
    planned = sum(w.outreach_only + w.both + w.participation_only + w.neither for w in WARDS)
    assert (planned, planned + sum(w.planless for w in WARDS)) == (25, 32)
