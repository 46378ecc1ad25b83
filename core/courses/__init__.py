"""The course of a case in each of the three programmes (DOMAIN §3.1).

`outreach` is the machine O1 to O20; `participation` (PT1 ...) and `multi_agency` (MK1 ...) are the
two whose states §3.1 names without row ids: the ids are ours [D]. `grounds` holds what a step
stands on, `walking` what the three machines share, `along` how the two beside outreach go.
"""
