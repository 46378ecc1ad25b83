"""When things happen, never what: fixed ticks, and the loops that empty the outboxes."""
