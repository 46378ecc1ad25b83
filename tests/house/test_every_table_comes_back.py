"""Every table has a test through its repository, on both databases: what goes in comes back."""

import ast
from typing import Final

from storage.tables import METADATA
from tests.house.sources import modules

FOLDER: Final = "tests/contracts/"
PROVED: Final = {
    "absences": "test_an_absence_holds_for_its_days_and_ends_sooner",
    "agencies": "test_organisations",
    "agenda_items": "test_sittings",
    "answers": "test_an_answer_comes_back_word_for_word",
    "applications": "test_intake_forms",
    "areas": "test_the_towns_parts_come_back",
    "assessments": "test_assessments",
    "audit_entries": "test_audit_events_come_back_in_order",
    "audit_heads": "test_the_chain_stays_whole_under_writers_at_once",
    "cards": "test_a_touched_card_is_due_once_and_has_its_place_afterwards",
    "care_marks": "test_marks_come_back_and_shut_out_whoever_is_not_named",
    "cases": "test_cases_come_back",
    "channel_rests": "test_a_rest_of_the_channel_comes_back",
    "connect_sheets": "test_referrals_and_sheets",
    "consents": "test_consents_come_back",
    "contacts": "test_contacts_come_back",
    "disclosures": "test_what_was_asked_and_given",
    "emergencies": "test_one_emergency_runs_at_a_time",
    "gaps": "test_places_matches_and_gaps",
    "heartbeats": "test_ticks_beat",
    "households": "test_people",
    "inquiries": "test_what_was_asked_and_given",
    "leaflet_links": "test_what_a_letter_carries_comes_back",
    "leaflet_pages": "test_pictures_come_back_once",
    "leaflets": "test_leaflets_come_back",
    "letters": "test_letters_come_back",
    "line_events": "test_an_event_is_decided_once",
    "line_quotas": "test_what_line_says_of_its_quota_comes_back",
    "line_links": "test_line_accounts_come_back",
    "link_codes": "test_a_code_works_once_and_only_in_time",
    "matches": "test_places_matches_and_gaps",
    "media": "test_media_come_back",
    "media_bytes": "test_bytes_come_back_and_can_be_erased",
    "meeting_bodies": "test_bodies",
    "meetings": "test_sittings",
    "monitorings": "test_plans_with_their_monitoring",
    "months": "test_a_closed_month_comes_back_and_is_never_told_anew",
    "multi_agency_courses": "test_multi_agency",
    "municipalities": "test_a_municipality_comes_back",
    "open_glass": "test_opened_glass_comes_back",
    "outbox": "test_deliveries_come_back",
    "outreach_courses": "test_outreach_stands_around_its_case",
    "page_links": "test_links_to_a_page_come_back_and_end",
    "page_pins": "test_a_pin_comes_back_and_is_tried_once_at_a_time",
    "participants": "test_people_at_the_table",
    "participation_courses": "test_participation",
    "people": "test_people_come_back",
    "places": "test_places_matches_and_gaps",
    "plans": "test_plans_with_their_monitoring",
    "pledges": "test_people_at_the_table",
    "providers": "test_organisations",
    "queries": "test_queries",
    "referrals": "test_referrals_and_sheets",
    "replies": "test_replies_come_back",
    "seats": "test_seats_come_back",
    "series": "test_a_series_comes_back_whole",
    "staff": "test_staff_come_back",
    "standing_texts": "test_the_towns_parts_come_back",
    "unsent_messages": "test_what_was_taken_back_is_gone_and_stays_known",
    "used_passes": "test_a_pass_opens_once",
    "webhooks": "test_raw_events_come_back_to_the_byte",
    "wrong_codes": "test_wrong_codes_are_counted_from_a_moment_on",
}


def test_every_table_has_a_test_that_reads_back_what_it_wrote() -> None:
    contracts = {
        node.name: path
        for path, tree in modules("tests")
        if path.startswith(FOLDER)
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef)
    }
    assert set(PROVED) == set(METADATA.tables)
    assert set(PROVED.values()) <= set(contracts)
