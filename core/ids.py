"""Names for identifiers, so that one cannot be given for another. All are opaque text."""

from typing import NewType

MunicipalityId = NewType("MunicipalityId", str)
AreaId = NewType("AreaId", str)
AgencyId = NewType("AgencyId", str)
StaffId = NewType("StaffId", str)
HouseholdId = NewType("HouseholdId", str)
PersonId = NewType("PersonId", str)
CaseId = NewType("CaseId", str)
ConsentId = NewType("ConsentId", str)
LinkId = NewType("LinkId", str)
LetterId = NewType("LetterId", str)
DeliveryId = NewType("DeliveryId", str)
ContactId = NewType("ContactId", str)
ReplyId = NewType("ReplyId", str)
LineEventId = NewType("LineEventId", str)
CardId = NewType("CardId", str)
