"""A municipality's own way of doing things: names, cadences, criteria, places (DOMAIN §5).

The law is the same everywhere and lives elsewhere in the core; here is what differs from town to
town. `profile` holds the record as a file describes it, `cadence` when bodies meet, `bodies` under
which name and with whom, `escalation` what calls for a meeting, `routing` who takes what up,
`duties` what has to be kept in mind, `fitness` whether a profile holds together.
"""
