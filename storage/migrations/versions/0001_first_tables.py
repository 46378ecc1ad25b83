"""The first tables: a town, its people, cases, letters, outbox, inbox and chained record.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality_id", "number", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint(
            "municipality_id", "hash", name=op.f("uq_audit_entries_municipality_id_hash")
        ),
    )
    op.create_index(
        "ix_audit_entries_approved",
        "audit_entries",
        ["municipality_id", "subject"],
        unique=False,
        sqlite_where=sa.text("action = 'letter.approved'"),
        postgresql_where=sa.text("action = 'letter.approved'"),
    )
    op.create_index(
        "ix_audit_entries_case",
        "audit_entries",
        ["municipality_id", "case_id", "number"],
        unique=False,
    )
    op.create_table(
        "municipalities",
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("letters", sa.JSON(), nullable=False),
        sa.Column("pushes_stopped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipalities")),
        sa.UniqueConstraint("code", name=op.f("uq_municipalities_code")),
    )
    op.create_table(
        "agencies",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_municipality", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_agencies_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_agencies")),
        sa.UniqueConstraint(
            "municipality_id", "code", name=op.f("uq_agencies_municipality_id_code")
        ),
    )
    op.create_table(
        "areas",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_areas_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_areas")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_areas_municipality_id_code")),
    )
    op.create_table(
        "audit_heads",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_audit_heads_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_audit_heads")),
    )
    op.create_table(
        "channel_rests",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_channel_rests_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_channel_rests")),
    )
    op.create_table(
        "heartbeats",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("tick", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_heartbeats_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "tick", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "line_events",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("event_key", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('WAITING', 'UNDERSTOOD', 'TRAY')", name=op.f("ck_line_events_state")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_line_events_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_line_events")),
        sa.UniqueConstraint(
            "municipality_id", "event_key", name=op.f("uq_line_events_municipality_id_event_key")
        ),
    )
    op.create_index(
        "ix_line_events_message", "line_events", ["municipality_id", "message_id"], unique=False
    )
    op.create_index(
        "ix_line_events_tray",
        "line_events",
        ["municipality_id", "received_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'TRAY'"),
        postgresql_where=sa.text("state = 'TRAY'"),
    )
    op.create_index(
        "ix_line_events_waiting",
        "line_events",
        ["municipality_id", "next_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'WAITING'"),
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    op.create_table(
        "unsent_messages",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_unsent_messages_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "message_id", name=op.f("pk_unsent_messages")),
    )
    op.create_table(
        "used_passes",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("nonce", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_used_passes_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "nonce", name=op.f("pk_used_passes")),
    )
    op.create_index(
        "ix_used_passes_until", "used_passes", ["municipality_id", "until"], unique=False
    )
    op.create_table(
        "webhooks",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("split_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_webhooks_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_webhooks")),
    )
    op.create_index(
        "ix_webhooks_unsplit",
        "webhooks",
        ["municipality_id", "received_at", "id"],
        unique=False,
        sqlite_where=sa.text("split_at IS NULL"),
        postgresql_where=sa.text("split_at IS NULL"),
    )
    op.create_table(
        "households",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=False),
        sa.Column("area_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["areas.municipality_id", "areas.id"],
            name=op.f("fk_households_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_households_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_households")),
        sa.UniqueConstraint(
            "municipality_id", "code", name=op.f("uq_households_municipality_id_code")
        ),
    )
    op.create_table(
        "staff",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("agency_id", sa.Text(), nullable=True),
        sa.Column("slack_team_id", sa.Text(), nullable=True),
        sa.Column("slack_user_id", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(slack_team_id IS NULL) = (slack_user_id IS NULL)", name=op.f("ck_staff_slack_pair")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_staff_municipality_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_staff_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_staff")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_staff_municipality_id_code")),
    )
    op.create_index(
        "uq_staff_slack",
        "staff",
        ["municipality_id", "slack_team_id", "slack_user_id"],
        unique=True,
    )
    op.create_table(
        "people",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("kana", sa.LargeBinary(), nullable=False),
        sa.Column("household_id", sa.Text(), nullable=True),
        sa.Column("area_id", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("phones", sa.LargeBinary(), nullable=False),
        sa.Column("language_style", sa.Text(), nullable=False),
        sa.Column("interests", sa.LargeBinary(), nullable=False),
        sa.Column("do_not_mention", sa.LargeBinary(), nullable=False),
        sa.Column("shared_device", sa.Boolean(), nullable=False),
        sa.Column("is_minor", sa.Boolean(), nullable=False),
        sa.Column("wakes", sa.Time(), nullable=True),
        sa.Column("sleeps", sa.Time(), nullable=True),
        sa.Column("deceased_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["areas.municipality_id", "areas.id"],
            name=op.f("fk_people_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "household_id"],
            ["households.municipality_id", "households.id"],
            name=op.f("fk_people_municipality_id_household_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_people_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_people")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_people_municipality_id_code")),
    )
    op.create_index(
        "ix_people_household", "people", ["municipality_id", "household_id"], unique=False
    )
    op.create_table(
        "standing_texts",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "approved_by <> author_id", name=op.f("ck_standing_texts_second_person")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "approved_by"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_standing_texts_municipality_id_approved_by"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "author_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_standing_texts_municipality_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_standing_texts_municipality_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "name", "version", name=op.f("pk_standing_texts")
        ),
    )
    op.create_table(
        "cases",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("household_id", sa.Text(), nullable=True),
        sa.Column("area_id", sa.Text(), nullable=True),
        sa.Column("lead_staff_id", sa.Text(), nullable=True),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('DISCOVERED', 'LEAD_REVIEW', 'PRE_COORDINATION', 'RELATIONSHIP_BUILDING', 'CONSENTED', 'CONTINUING_SUPPORT', 'CLOSING_REVIEW', 'CLOSED', 'FOLLOW_UP', 'INTERRUPTION_REVIEW', 'INTERRUPTED', 'REOPENED', 'REFERRED_OUT', 'NO_ACTION')",
            name=op.f("ck_cases_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "area_id"],
            ["areas.municipality_id", "areas.id"],
            name=op.f("fk_cases_municipality_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "household_id"],
            ["households.municipality_id", "households.id"],
            name=op.f("fk_cases_municipality_id_household_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "lead_staff_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_cases_municipality_id_lead_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_cases_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_cases")),
        sa.UniqueConstraint(
            "municipality_id", "alias", name=op.f("uq_cases_municipality_id_alias")
        ),
        sa.UniqueConstraint(
            "municipality_id", "case_no", name=op.f("uq_cases_municipality_id_case_no")
        ),
    )
    op.create_index("ix_cases_lead", "cases", ["municipality_id", "lead_staff_id"], unique=False)
    op.create_index("ix_cases_person", "cases", ["municipality_id", "person_id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.Column("scope", sa.LargeBinary(), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('EXPLAINING', 'GIVEN', 'DECLINED_FOR_NOW', 'WITHDRAWN', 'REPLACED', 'EXPIRED')",
            name=op.f("ck_consents_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_consents_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_consents")),
    )
    op.create_index(
        "ix_consents_person",
        "consents",
        ["municipality_id", "person_id", "type", "given_at", "id"],
        unique=False,
    )
    op.create_table(
        "line_links",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("line_user_id", sa.LargeBinary(), nullable=False),
        sa.Column("line_user_index", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("linked_at", MOMENT, nullable=True),
        sa.Column("state_since", MOMENT, nullable=True),
        sa.Column("paused_until", MOMENT, nullable=True),
        sa.Column("last_inbound_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR NOT (state IN ('LINKED', 'PAUSED'))",
            name=op.f("ck_line_links_in_use_by_someone"),
        ),
        sa.CheckConstraint(
            "state IN ('UNLINKED', 'LINKED', 'PAUSED', 'BLOCKED', 'UNLINKED_BY_PERSON')",
            name=op.f("ck_line_links_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_line_links_municipality_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_line_links_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_line_links")),
        sa.UniqueConstraint(
            "municipality_id",
            "line_user_index",
            name=op.f("uq_line_links_municipality_id_line_user_index"),
        ),
    )
    op.create_index(
        "ix_line_links_paused",
        "line_links",
        ["municipality_id", "paused_until"],
        unique=False,
        sqlite_where=sa.text("state = 'PAUSED'"),
        postgresql_where=sa.text("state = 'PAUSED'"),
    )
    op.create_index(
        "ix_line_links_person",
        "line_links",
        ["municipality_id", "person_id", "linked_at"],
        unique=False,
    )
    op.create_index(
        "uq_line_links_in_use",
        "line_links",
        ["municipality_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('LINKED', 'PAUSED')"),
        postgresql_where=sa.text("state IN ('LINKED', 'PAUSED')"),
    )
    op.create_table(
        "link_codes",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("code_index", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.CheckConstraint("issued_at < expires_at", name=op.f("ck_link_codes_lasts")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_link_codes_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "code_index", name=op.f("pk_link_codes")),
    )
    op.create_table(
        "cards",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_cards_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "staff_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_cards_municipality_id_staff_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_cards_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_cards")),
        sa.UniqueConstraint(
            "municipality_id",
            "subject_id",
            "kind",
            "staff_id",
            name=op.f("uq_cards_municipality_id_subject_id_kind_staff_id"),
        ),
    )
    op.create_index(
        "ix_cards_undrawn",
        "cards",
        ["municipality_id", "next_at", "id"],
        unique=False,
        sqlite_where=sa.text("revision > drawn"),
        postgresql_where=sa.text("revision > drawn"),
    )
    op.create_table(
        "letters",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("alt_text", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("approved_facts", sa.Integer(), nullable=True),
        sa.Column("bound_hash", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("line_request_id", sa.Text(), nullable=True),
        sa.Column("acknowledges", sa.Text(), nullable=True),
        sa.Column("command_key", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'SENT') = (sent_at IS NOT NULL)", name=op.f("ck_letters_sent")
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'LINTED', 'PENDING_APPROVAL', 'APPROVED', 'SCHEDULED', 'HELD', 'SENT', 'FAILED', 'UNREACHABLE', 'CANCELLED')",
            name=op.f("ck_letters_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('APPROVED', 'SCHEDULED', 'SENT', 'FAILED', 'UNREACHABLE') OR (approved_by IS NOT NULL AND approved_at IS NOT NULL AND bound_hash IS NOT NULL)",
            name=op.f("ck_letters_approved"),
        ),
        sa.CheckConstraint("approved_by <> author_id", name=op.f("ck_letters_second_person")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_letters_window")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "approved_by"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_letters_municipality_id_approved_by"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "author_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_letters_municipality_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_letters_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_letters_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_letters")),
    )
    op.create_index(
        "ix_letters_author",
        "letters",
        ["municipality_id", "author_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_letters_case",
        "letters",
        ["municipality_id", "case_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_letters_closing",
        "letters",
        ["municipality_id", "closes_at"],
        unique=False,
        sqlite_where=sa.text(
            "state IN ('APPROVED', 'DRAFT', 'HELD', 'LINTED', 'PENDING_APPROVAL', 'SCHEDULED')"
        ),
        postgresql_where=sa.text(
            "state IN ('APPROVED', 'DRAFT', 'HELD', 'LINTED', 'PENDING_APPROVAL', 'SCHEDULED')"
        ),
    )
    op.create_index(
        "ix_letters_paced",
        "letters",
        ["municipality_id", "person_id", "sent_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NOT NULL AND kind NOT IN ('ACKNOWLEDGEMENT', 'REPLY')"),
        postgresql_where=sa.text(
            "sent_at IS NOT NULL AND kind NOT IN ('ACKNOWLEDGEMENT', 'REPLY')"
        ),
    )
    op.create_index(
        "ix_letters_unsent",
        "letters",
        ["municipality_id", "person_id"],
        unique=False,
        sqlite_where=sa.text(
            "state IN ('APPROVED', 'DRAFT', 'HELD', 'LINTED', 'PENDING_APPROVAL', 'SCHEDULED')"
        ),
        postgresql_where=sa.text(
            "state IN ('APPROVED', 'DRAFT', 'HELD', 'LINTED', 'PENDING_APPROVAL', 'SCHEDULED')"
        ),
    )
    op.create_index(
        "uq_letters_command", "letters", ["municipality_id", "command_key"], unique=True
    )
    op.create_table(
        "replies",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("occurred_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('KEPT', 'READ', 'WITHDRAWN')", name=op.f("ck_replies_state")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_replies_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_replies_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_replies")),
    )
    op.create_index(
        "ix_replies_case",
        "replies",
        ["municipality_id", "case_id", "occurred_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_replies_unread",
        "replies",
        ["municipality_id", "case_id"],
        unique=False,
        sqlite_where=sa.text("state = 'KEPT'"),
        postgresql_where=sa.text("state = 'KEPT'"),
    )
    op.create_index("uq_replies_message", "replies", ["municipality_id", "message_id"], unique=True)
    op.create_table(
        "seats",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_seats_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "staff_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_seats_municipality_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "case_id", "staff_id", "role", name=op.f("pk_seats")
        ),
    )
    op.create_index(
        "ix_seats_staff", "seats", ["municipality_id", "staff_id", "role"], unique=False
    )
    op.create_table(
        "wrong_codes",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "link_id"],
            ["line_links.municipality_id", "line_links.id"],
            name=op.f("fk_wrong_codes_municipality_id_link_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_wrong_codes")),
    )
    op.create_index(
        "ix_wrong_codes_link", "wrong_codes", ["municipality_id", "link_id", "at"], unique=False
    )
    op.create_table(
        "contacts",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("met", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("letter_id", sa.Text(), nullable=True),
        sa.Column("reply_id", sa.Text(), nullable=True),
        sa.Column("command_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id", "by"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_contacts_municipality_id_by"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_contacts_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "letter_id"],
            ["letters.municipality_id", "letters.id"],
            name=op.f("fk_contacts_municipality_id_letter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "reply_id"],
            ["replies.municipality_id", "replies.id"],
            name=op.f("fk_contacts_municipality_id_reply_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_contacts")),
    )
    op.create_index(
        "ix_contacts_case", "contacts", ["municipality_id", "case_id", "at", "id"], unique=False
    )
    op.create_index(
        "uq_contacts_command", "contacts", ["municipality_id", "command_key"], unique=True
    )
    op.create_table(
        "outbox",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("letter_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("retry_key", sa.Text(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubt_since", MOMENT, nullable=True),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'CLAIMED') = (lease IS NOT NULL)", name=op.f("ck_outbox_leased")
        ),
        sa.CheckConstraint(
            "state IN ('READY', 'CLAIMED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN', 'IN_DOUBT')",
            name=op.f("ck_outbox_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_outbox_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "letter_id"],
            ["letters.municipality_id", "letters.id"],
            name=op.f("fk_outbox_municipality_id_letter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_outbox_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_outbox")),
        sa.UniqueConstraint(
            "municipality_id", "retry_key", name=op.f("uq_outbox_municipality_id_retry_key")
        ),
    )
    op.create_index(
        "ix_outbox_active",
        "outbox",
        ["municipality_id", "next_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('READY', 'CLAIMED')"),
        postgresql_where=sa.text("state IN ('READY', 'CLAIMED')"),
    )
    op.create_index("ix_outbox_letter", "outbox", ["municipality_id", "letter_id"], unique=False)
    op.create_index(
        "ix_outbox_doubted",
        "outbox",
        ["municipality_id", "person_id", "doubt_since"],
        unique=False,
        sqlite_where=sa.text("doubt_since IS NOT NULL AND state IN ('READY', 'IN_DOUBT')"),
        postgresql_where=sa.text("doubt_since IS NOT NULL AND state IN ('READY', 'IN_DOUBT')"),
    )
    op.create_index(
        "ix_outbox_on_its_way",
        "outbox",
        ["municipality_id", "next_at", "person_id"],
        unique=False,
        sqlite_where=sa.text("state = 'CLAIMED'"),
        postgresql_where=sa.text("state = 'CLAIMED'"),
    )
    op.create_index(
        "uq_outbox_letter",
        "outbox",
        ["municipality_id", "letter_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('READY', 'CLAIMED', 'ACCEPTED')"),
        postgresql_where=sa.text("state IN ('READY', 'CLAIMED', 'ACCEPTED')"),
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
