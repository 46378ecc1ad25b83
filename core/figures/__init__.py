"""The figures: what the records say of a period, counted and never typed (DOMAIN §6)."""
