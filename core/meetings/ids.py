"""Names for the identifiers of meetings. All are opaque text."""

from typing import NewType

BodyId = NewType("BodyId", str)
MembershipId = NewType("MembershipId", str)
ParticipantId = NewType("ParticipantId", str)
MeetingId = NewType("MeetingId", str)
ItemId = NewType("ItemId", str)
RequestId = NewType("RequestId", str)
