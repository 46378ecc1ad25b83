"""The case core: courses, plans, meetings, referrals, places, and the whole consent ledger.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "meeting_bodies",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('SHIEN', 'JUSO', 'CASE', 'OTHER')", name=op.f("ck_meeting_bodies_basis")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_meeting_bodies")),
    )
    op.create_table(
        "places",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("host_agency_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('IBASHO', 'SALON', 'COMMUNITY_MEAL', 'CHILD_CAFETERIA', 'SHELTER', 'WORK_TRIAL', 'WORK_PREPARATION', 'FARM', 'VOLUNTEER_ROLE', 'LEARNING')",
            name=op.f("ck_places_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "host_agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_places_municipality_id_host_agency_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_places")),
    )
    op.create_table(
        "providers",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("programme", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("outsourced_to", sa.Text(), nullable=True),
        sa.Column("site_type", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "programme IN ('comprehensive_consultation', 'participation', 'community_building', 'outreach', 'multi_agency')",
            name=op.f("ck_providers_programme"),
        ),
        sa.CheckConstraint(
            "site_type IN ('ONE_SCHEME', 'SEVERAL_SCHEMES', 'COMMUNITY')",
            name=op.f("ck_providers_site_type"),
        ),
        sa.CheckConstraint(
            "since IS NULL OR until IS NULL OR since <= until", name=op.f("ck_providers_lasts")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_providers_municipality_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "outsourced_to"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_providers_municipality_id_outsourced_to"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "agency_id", "programme", name=op.f("pk_providers")
        ),
    )
    op.create_table(
        "gaps",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state <> 'CLOSED' OR closed_by IS NOT NULL", name=op.f("ck_gaps_closed_by")
        ),
        sa.CheckConstraint("state IN ('OPEN', 'FORWARDED', 'CLOSED')", name=op.f("ck_gaps_state")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "closed_by"],
            ["places.municipality_id", "places.id"],
            name=op.f("fk_gaps_municipality_id_closed_by"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_gaps")),
    )
    op.create_table(
        "meetings",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("begins_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('REQUESTED', 'TYPE_CHECKED', 'SLOT_OFFERED', 'SCHEDULED', 'CONVENED', 'HELD', 'MINUTES_DRAFT', 'MINUTES_CONFIRMED', 'CLOSED', 'POSTPONED', 'CANCELLED')",
            name=op.f("ck_meetings_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "requested_by"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_meetings_municipality_id_requested_by"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_meetings_begins", ["municipality_id", "begins_at", "id"], unique=False
        )

    op.create_table(
        "care_marks",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("closes_case", sa.Boolean(), nullable=False),
        sa.Column("cleared", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_care_marks_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_care_marks")),
    )
    with op.batch_alter_table("care_marks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_care_marks_closing",
            ["municipality_id", "person_id"],
            unique=False,
            sqlite_where=sa.text("closes_case"),
            postgresql_where=sa.text("closes_case"),
        )
        batch_op.create_index(
            "ix_care_marks_person", ["municipality_id", "person_id"], unique=False
        )

    op.create_table(
        "participants",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=True),
        sa.Column("agency_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_participants_municipality_id_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_participants_municipality_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "staff_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_participants_municipality_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_participants")),
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.create_index(
            "ix_participants_staff", ["municipality_id", "staff_id"], unique=False
        )

    op.create_table(
        "agenda_items",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "basis IS NULL OR basis <> 'CASE' OR purpose NOT IN ('PLAN', 'REPLAN', 'CLOSE', 'INTERRUPT')",
            name=op.f("ck_agenda_items_four_timings"),
        ),
        sa.CheckConstraint(
            "basis IS NULL OR basis IN ('SHIEN', 'JUSO', 'CASE', 'OTHER')",
            name=op.f("ck_agenda_items_basis"),
        ),
        sa.CheckConstraint(
            "purpose IN ('PLAN', 'REPLAN', 'CLOSE', 'INTERRUPT', 'PROGRESS', 'INFO_SHARE', 'URGENT', 'RESOURCE_GAP')",
            name=op.f("ck_agenda_items_purpose"),
        ),
        sa.CheckConstraint("state IN ('LIVE', 'DROPPED')", name=op.f("ck_agenda_items_state")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_agenda_items_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "meeting_id"],
            ["meetings.municipality_id", "meetings.id"],
            name=op.f("fk_agenda_items_municipality_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_agenda_items")),
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index(
            "ix_agenda_items_case", ["municipality_id", "case_id", "meeting_id"], unique=False
        )
        batch_op.create_index(
            "ix_agenda_items_meeting", ["municipality_id", "meeting_id"], unique=False
        )

    op.create_table(
        "applications",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_applications_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_applications_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_applications")),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(
            "ix_applications_case",
            ["municipality_id", "case_id", "received_on", "id"],
            unique=False,
        )

    op.create_table(
        "assessments",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("early_links", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_assessments_municipality_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_assessments")),
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assessments_case", ["municipality_id", "case_id", "assessed_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_assessments_early",
            ["municipality_id", "assessed_on", "id"],
            unique=False,
            sqlite_where=sa.text("early_links <> ''"),
            postgresql_where=sa.text("early_links <> ''"),
        )

    op.create_table(
        "connect_sheets",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("from_agency_id", sa.Text(), nullable=False),
        sa.Column("to_agency_id", sa.Text(), nullable=False),
        sa.Column("reply_due_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_connect_sheets_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "from_agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_connect_sheets_municipality_id_from_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "to_agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_connect_sheets_municipality_id_to_agency_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_connect_sheets")),
    )
    with op.batch_alter_table("connect_sheets", schema=None) as batch_op:
        batch_op.create_index(
            "ix_connect_sheets_case", ["municipality_id", "case_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_connect_sheets_waiting",
            ["municipality_id", "reply_due_on"],
            unique=False,
            sqlite_where=sa.text("sent_on IS NOT NULL AND returned_on IS NULL"),
            postgresql_where=sa.text("sent_on IS NOT NULL AND returned_on IS NULL"),
        )

    op.create_table(
        "disclosures",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_disclosures_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_disclosures_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_disclosures")),
    )
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.create_index(
            "ix_disclosures_case", ["municipality_id", "case_id", "id"], unique=False
        )

    op.create_table(
        "emergencies",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= raised_at", name=op.f("ck_emergencies_ends_after")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_emergencies_municipality_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_emergencies")),
    )
    with op.batch_alter_table("emergencies", schema=None) as batch_op:
        batch_op.create_index(
            "uq_emergencies_raised", ["municipality_id", "case_id", "raised_at"], unique=True
        )
        batch_op.create_index(
            "uq_emergencies_running",
            ["municipality_id", "case_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "inquiries",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("to_agency_id", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_inquiries_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "member_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_inquiries_municipality_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "to_agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_inquiries_municipality_id_to_agency_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_inquiries")),
    )
    with op.batch_alter_table("inquiries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inquiries_case", ["municipality_id", "case_id", "at", "id"], unique=False
        )

    op.create_table(
        "matches",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stable_since", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state <> 'STABLE' OR stable_since IS NOT NULL", name=op.f("ck_matches_stable_since")
        ),
        sa.CheckConstraint(
            "state IN ('TOLD_OF', 'VISITED', 'TRIAL', 'SETTLING', 'STABLE', 'ENDED')",
            name=op.f("ck_matches_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_matches_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_matches_municipality_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "place_id"],
            ["places.municipality_id", "places.id"],
            name=op.f("fk_matches_municipality_id_place_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_matches")),
    )
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.create_index("ix_matches_case", ["municipality_id", "case_id", "id"], unique=False)
        batch_op.create_index(
            "ix_matches_place", ["municipality_id", "place_id", "id"], unique=False
        )

    op.create_table(
        "multi_agency_courses",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('RECEIVED', 'SCREENED', 'ASSESSING', 'PLAN', 'COORDINATING', 'CLOSED', 'INTERRUPTED', 'REOPENED')",
            name=op.f("ck_multi_agency_courses_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_multi_agency_courses_municipality_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_multi_agency_courses_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_multi_agency_courses")),
    )
    op.create_table(
        "open_glass",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("reviewed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_open_glass_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "staff_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_open_glass_municipality_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_open_glass")),
    )
    with op.batch_alter_table("open_glass", schema=None) as batch_op:
        batch_op.create_index(
            "ix_open_glass_review",
            ["municipality_id", "until"],
            unique=False,
            sqlite_where=sa.text("reviewed_at IS NULL"),
            postgresql_where=sa.text("reviewed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_open_glass_staff", ["municipality_id", "case_id", "staff_id", "until"], unique=False
        )

    op.create_table(
        "outreach_courses",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_outreach_courses_municipality_id_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_outreach_courses")),
    )
    op.create_table(
        "participation_courses",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('RECEIVED', 'ASSESSING', 'PLAN', 'MATCHING', 'SETTLING', 'CLOSED', 'KEEP_IN_TOUCH', 'INTERRUPTED', 'REOPENED')",
            name=op.f("ck_participation_courses_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_participation_courses_municipality_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "person_id"],
            ["people.municipality_id", "people.id"],
            name=op.f("fk_participation_courses_municipality_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_participation_courses")),
    )
    op.create_table(
        "pledges",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.Text(), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "participant_id"],
            ["participants.municipality_id", "participants.id"],
            name=op.f("fk_pledges_municipality_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_pledges")),
    )
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pledges_participant", ["municipality_id", "participant_id"], unique=False
        )

    op.create_table(
        "queries",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("taken_at_desk", sa.Text(), nullable=False),
        sa.Column("owner_desk", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(state = 'TAKEN_UP') = (case_id IS NOT NULL)", name=op.f("ck_queries_taken_up")
        ),
        sa.CheckConstraint(
            "state IN ('WAITING', 'TAKEN_UP', 'SETTLED')", name=op.f("ck_queries_state")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_queries_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "taken_by"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_queries_municipality_id_taken_by"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_queries")),
    )
    with op.batch_alter_table("queries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_queries_taken_at", ["municipality_id", "taken_at", "id"], unique=False
        )

    op.create_table(
        "referrals",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("from_agency_id", sa.Text(), nullable=False),
        sa.Column("to_agency_id", sa.Text(), nullable=False),
        sa.Column("explained_at", MOMENT, nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("acknowledge_by", sa.Date(), nullable=True),
        sa.Column("feedback_due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('TO_MULTI_AGENCY', 'TO_OUTREACH', 'TO_PARTICIPATION', 'TO_AGENCY', 'HANDBACK', 'POST_CLOSING')",
            name=op.f("ck_referrals_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'EXPLAINED', 'ACCEPTED_BY_PERSON', 'NOT_YET', 'SENT', 'RECEIVED', 'ACCEPTED', 'RETURNED', 'CONNECTED', 'FEEDBACK_DUE', 'FEEDBACK_GIVEN', 'DONE')",
            name=op.f("ck_referrals_state"),
        ),
        sa.CheckConstraint(
            "sent_on IS NULL OR explained_at IS NOT NULL", name=op.f("ck_referrals_explained")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_referrals_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "from_agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_referrals_municipality_id_from_agency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "to_agency_id"],
            ["agencies.municipality_id", "agencies.id"],
            name=op.f("fk_referrals_municipality_id_to_agency_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_referrals")),
    )
    with op.batch_alter_table("referrals", schema=None) as batch_op:
        batch_op.create_index(
            "ix_referrals_case", ["municipality_id", "case_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_referrals_state", ["municipality_id", "state", "feedback_due_on"], unique=False
        )

    op.create_table(
        "plans",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("assessment_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("before_consent", sa.Boolean(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("final_on", sa.Date(), nullable=True),
        sa.Column("next_monitoring_on", sa.Date(), nullable=True),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "NOT before_consent OR state IN ('DRAFT', 'SUBMITTED_SHIEN', 'RETURNED', 'ENDORSED', 'IN_FORCE_PRECONSENT', 'SUPERSEDED')",
            name=op.f("ck_plans_before_consent"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR drafted_by NOT LIKE '%,' || decided_by || ',%'",
            name=op.f("ck_plans_not_own_plan"),
        ),
        sa.CheckConstraint(
            "programme IN ('multi_agency', 'outreach', 'participation')",
            name=op.f("ck_plans_programme"),
        ),
        sa.CheckConstraint(
            "state <> 'IN_FORCE' OR next_monitoring_on IS NOT NULL",
            name=op.f("ck_plans_monitoring_set"),
        ),
        sa.CheckConstraint(
            "state IN ('DRAFT', 'SUBMITTED_SHIEN', 'SUBMITTED_JUSO', 'RETURNED', 'ENDORSED', 'IN_FORCE_PRECONSENT', 'APPROVED', 'AWAITING_DECISION', 'FINAL', 'IN_FORCE', 'EVALUATION_DUE', 'EVALUATED', 'SUPERSEDED', 'CLOSED', 'INTERRUPTED')",
            name=op.f("ck_plans_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('FINAL', 'IN_FORCE', 'EVALUATION_DUE', 'EVALUATED') OR final_on IS NOT NULL",
            name=op.f("ck_plans_final_day"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "assessment_id"],
            ["assessments.municipality_id", "assessments.id"],
            name=op.f("fk_plans_municipality_id_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "case_id"],
            ["cases.municipality_id", "cases.id"],
            name=op.f("fk_plans_municipality_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "replaces"],
            ["plans.municipality_id", "plans.id"],
            name=op.f("fk_plans_municipality_id_replaces"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_plans")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(
            "ix_plans_monitoring",
            ["municipality_id", "next_monitoring_on", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'IN_FORCE'"),
            postgresql_where=sa.text("state = 'IN_FORCE'"),
        )
        batch_op.create_index(
            "uq_plans_under_way",
            ["municipality_id", "case_id", "programme", "before_consent"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('CLOSED', 'INTERRUPTED', 'SUPERSEDED')"),
            postgresql_where=sa.text("state NOT IN ('CLOSED', 'INTERRUPTED', 'SUPERSEDED')"),
        )

    op.create_table(
        "monitorings",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "plan_id"],
            ["plans.municipality_id", "plans.id"],
            name=op.f("fk_monitorings_municipality_id_plan_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_monitorings")),
    )
    with op.batch_alter_table("monitorings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_monitorings_plan", ["municipality_id", "plan_id", "due_on", "id"], unique=False
        )

    with op.batch_alter_table("agencies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("more", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_entries_subject", ["municipality_id", "subject", "number"], unique=False
        )

    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("detail", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.add_column(sa.Column("more", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("more", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reads_from", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("answer_by", MOMENT, nullable=True))

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("more", sa.LargeBinary(), nullable=True))

    # A case may stand in participation or multi-agency alone. SQLite builds the table anew and
    # takes no CHECK over with it.
    with op.batch_alter_table("cases") as batch_op:
        if op.get_bind().dialect.name == "postgresql":
            batch_op.drop_constraint(op.f("ck_cases_state"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_cases_state"),
            "state IN ('RECEIVED', 'DISCOVERED', 'LEAD_REVIEW', 'PRE_COORDINATION', 'RELATIONSHIP_BUILDING', 'CONSENTED', 'CONTINUING_SUPPORT', 'CLOSING_REVIEW', 'CLOSED', 'FOLLOW_UP', 'INTERRUPTION_REVIEW', 'INTERRUPTED', 'REOPENED', 'REFERRED_OUT', 'NO_ACTION')",
        )

    _whole_ledger()


def _whole_ledger() -> None:
    """Lines of every kind, with their content; those from before keep what was noted then.

    Written by hand: no generator sees CHECKs, or that a person has two permissions.
    """
    # One permission to write is enough: an earlier account's gives way to the later one's.
    op.execute(
        "UPDATE consents SET state = 'REPLACED', version = version + 1"
        " WHERE type = 'CHANNEL_LINE' AND state = 'GIVEN' AND EXISTS ("
        "SELECT 1 FROM consents later WHERE later.municipality_id = consents.municipality_id"
        " AND later.person_id = consents.person_id AND later.type = 'CHANNEL_LINE'"
        " AND later.state = 'GIVEN' AND (later.given_at > consents.given_at"
        " OR (later.given_at = consents.given_at AND later.id > consents.id)))"
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("programme", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("content", sa.LargeBinary(), nullable=True))
        batch_op.alter_column("given_at", existing_type=MOMENT, nullable=True)
        batch_op.alter_column("evidence", existing_type=sa.LargeBinary(), nullable=True)
        batch_op.alter_column("scope", existing_type=sa.LargeBinary(), nullable=True)
        for name, rule in (
            (
                "type",
                "type IN ('CHANNEL_LINE', 'SERVICE_USE', 'INFO_COLLECT', 'SHARE_MEETING', 'SHARE_AGENCY', 'SHARE_FAMILY', 'ATTEND')",
            ),
            ("given", "(given_at IS NULL) = (state IN ('EXPLAINING', 'DECLINED_FOR_NOW'))"),
            ("withdrawn", "(withdrawn_at IS NULL) = (state <> 'WITHDRAWN')"),
            ("service", "(programme IS NULL) = (type <> 'SERVICE_USE')"),
            ("told", "content IS NOT NULL OR evidence IS NOT NULL"),
        ):
            batch_op.create_check_constraint(op.f(f"ck_consents_{name}"), rule)
        batch_op.create_index(
            "ix_consents_run_out",
            ["municipality_id", "expires_on", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'GIVEN' AND expires_on IS NOT NULL"),
            postgresql_where=sa.text("state = 'GIVEN' AND expires_on IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_consents_channel",
            ["municipality_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("type = 'CHANNEL_LINE' AND state = 'GIVEN'"),
            postgresql_where=sa.text("type = 'CHANNEL_LINE' AND state = 'GIVEN'"),
        )
        batch_op.create_index(
            "uq_consents_service",
            ["municipality_id", "person_id", "programme"],
            unique=True,
            sqlite_where=sa.text("type = 'SERVICE_USE' AND state = 'GIVEN'"),
            postgresql_where=sa.text("type = 'SERVICE_USE' AND state = 'GIVEN'"),
        )


def downgrade() -> None:
    raise NotImplementedError("forward only")
