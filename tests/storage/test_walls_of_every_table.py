"""Every wall of every table, by its name: who writes past the code runs into it."""

from collections.abc import Mapping
from typing import Final

import pytest
from sqlalchemy import Executable, Table, Update, null
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Store
from tests.people import MONDAY
from tests.storage.rows import (
    LATER,
    SECOND,
    TABLES,
    Values,
    checks,
    clause,
    references,
    row_of,
    twin,
    uniques,
)

# What breaks a CHECK; where it only lists words, any other word does.
BREAKS: Final[Mapping[str, Values]] = {
    "ck_absences_another": {"deputy_id": "staff"},
    "ck_absences_lasts": {"last_day": MONDAY.date().replace(day=1)},
    "ck_agenda_items_four_timings": {"basis": "CASE", "purpose": "CLOSE"},
    "ck_consents_given": {"given_at": None},
    "ck_consents_service": {"programme": None},
    "ck_consents_type": {"type": "EVERYTHING", "programme": None},
    "ck_consents_told": {"content": None, "evidence": None},
    "ck_consents_withdrawn": {"withdrawn_at": MONDAY},
    "ck_crisis_alerts_rings": {"next_at": None},
    "ck_crisis_alerts_state": {"state": "SOMETHING_ELSE", "next_at": None},
    "ck_crisis_alerts_whose": {"case_id": None},
    "ck_duty_shifts_lasts": {"ends_at": MONDAY},
    "ck_duty_shifts_place": {"place": 10},
    "ck_emergencies_ends_after": {"raised_at": LATER, "ended_at": MONDAY},
    "ck_gaps_closed_by": {"state": "CLOSED"},
    "ck_leaflet_links_ends": {"token_hash": None},
    "ck_leaflets_approved": {"state": "APPROVED"},
    "ck_leaflets_second_person": {"approved_by": "staff"},
    "ck_leaflets_valid": {"valid_until": MONDAY.date().replace(day=1)},
    "ck_letters_approved": {"state": "SCHEDULED"},
    "ck_letters_confirmed": {"confirmed_at": MONDAY},
    "ck_letters_excused": {"excused": "L1", "excuse": None},
    "ck_letters_second_person": {"approved_by": "staff"},
    "ck_letters_self_approved": {"self_approved_reason": b"sealed", "approved_by": SECOND},
    "ck_letters_sent": {"sent_at": MONDAY},
    "ck_months_counted": {"revision": 0},
    "ck_letters_window": {"closes_at": MONDAY},
    "ck_line_links_in_use_by_someone": {"person_id": None},
    "ck_line_errands_words": {"kind": "TEXT"},
    "ck_visitors_handled": {"state": "CLOSED"},
    "ck_visitors_state": {"state": "NOWHERE", "handled_at": MONDAY},
    "ck_link_codes_lasts": {"expires_at": MONDAY},
    "ck_matches_stable_since": {"state": "STABLE"},
    "ck_media_fetched_when": {"next_at": None},
    "ck_media_state": {"state": "NOWHERE", "next_at": None},
    "ck_outbox_replies_for_a_while": {"reply_until": MONDAY},
    "ck_letters_passes_pace": {"passes_pace": True},
    "ck_notices_approved": {"state": "APPROVED"},
    "ck_notices_second_person": {"approved_by": "staff"},
    "ck_notices_window": {"closes_at": MONDAY},
    "ck_outbox_leased": {"state": "CLAIMED"},
    "ck_page_links_lasts": {"expires_at": MONDAY},
    "ck_page_pins_tries": {"wrong": -1},
    "ck_plans_before_consent": {"before_consent": True, "state": "SUBMITTED_JUSO"},
    "ck_plans_final_day": {"state": "FINAL"},
    "ck_plans_monitoring_set": {"state": "IN_FORCE", "final_on": MONDAY.date()},
    "ck_plans_not_own_plan": {"drafted_by": ",staff,", "decided_by": "staff"},
    "ck_providers_lasts": {"since": LATER.date(), "until": MONDAY.date().replace(day=1)},
    "ck_queries_taken_up": {"state": "TAKEN_UP"},
    "ck_referrals_explained": {"sent_on": MONDAY.date()},
    "ck_staff_slack_pair": {"slack_user_id": None},
    "ck_standing_texts_second_person": {"approved_by": "staff"},
    "ck_standing_texts_template": {"kind": "CHECK_IN"},
}
# What rows are, so that no other wall is in the way of the one that is meant.
SETTING: Final[Mapping[str, Values]] = {
    "fk_letters_municipality_id_confirmed_by": {
        "asks_again": True,
        "approved_at": MONDAY,
        "confirmed_at": MONDAY,
    },
    "fk_queries_municipality_id_case_id": {"state": "TAKEN_UP"},
    "uq_leaflets_approved": {"state": "APPROVED", "approved_by": SECOND, "is_public_info": True},
    "uq_consents_channel": {"type": "CHANNEL_LINE", "programme": None},
    "uq_crisis_alerts_link": {"person_id": None, "case_id": None},
    "uq_crisis_alerts_person": {"link_id": None},
    "uq_emergencies_raised": {"ended_at": LATER},
    "uq_line_links_municipality_id_line_user_index": {"state": "UNLINKED"},
    "uq_outbox_municipality_id_retry_key": {"state": "REFUSED"},
    "uq_series_command": {"state": "ENDED"},
}


@pytest.fixture
async def filled(store: Store) -> Store:
    """A database with a row in every table, a second colleague and a second letter."""
    async with store.writing() as connection:
        for table in TABLES:
            await connection.execute(clause(table).insert(), row_of(table))
            if table.name == "staff":
                again = {"id": SECOND, "code": SECOND, "slack_user_id": SECOND}
                await connection.execute(clause(table).insert(), row_of(table) | again)
            if table.name == "letters":
                again = {"id": SECOND, "command_key": SECOND}
                await connection.execute(clause(table).insert(), row_of(table) | again)
        await connection.commit()
    return store


def first_of(table: Table) -> Update:
    """A change of the first row of a table."""
    there = clause(table)
    update = there.update()
    return update.where(there.c.id != SECOND) if table.name in ("staff", "letters") else update


async def told(connection: AsyncConnection, *statements: Executable) -> str:
    """What the database says against the last of these; none of them is kept."""
    *before, statement = statements
    for one in before:
        await connection.execute(one)
    try:
        await connection.execute(statement)
    except IntegrityError as no:
        return str(no.orig)
    finally:
        await connection.rollback()
    return "nothing"


async def test_every_check_holds(filled: Store) -> None:
    async with filled.writing() as connection:
        for name, (table, says) in checks().items():
            word = name.removeprefix(f"ck_{table.name}_")
            listed = f"{word} IN ('" in says
            assert name in BREAKS or listed, f"say in BREAKS what breaks {name}"
            change = BREAKS.get(name, {word: "SOMETHING_ELSE"})
            assert name in await told(connection, first_of(table).values(**change)), name


async def test_every_unique_key_holds(filled: Store) -> None:
    async with filled.writing() as connection:
        for name, (table, columns) in uniques().items():
            given = SETTING.get(name, {})
            setting = [clause(table).update().values(**given)] if given else []
            second = clause(table).insert().values(**twin(table, columns, given=given))
            said = await told(connection, *setting, second)
            seen = ", ".join(f"{table.name}.{column}" for column in columns)
            assert (name if filled.postgres else seen) in said, name


async def test_every_reference_leads_to_somebody_who_is_there(filled: Store) -> None:
    async with filled.writing() as connection:
        for name, (table, column) in references().items():
            change = {column: "nobody", **SETTING.get(name, {})}
            said = await told(connection, first_of(table).values(**change))
            assert "foreign key" in said.lower(), name


async def test_nothing_is_left_empty_that_has_to_be_known(filled: Store) -> None:
    async with filled.writing() as connection:
        for table in TABLES:
            for one in (one for one in table.columns if not one.nullable):
                said = await told(connection, first_of(table).values(**{one.name: null()}))
                assert "null" in said.lower(), f"{table.name}.{one.name}"
