"""Meetings: the law attaches to the agenda item, not to the gathering (DOMAIN §0-2, §3.3)."""
