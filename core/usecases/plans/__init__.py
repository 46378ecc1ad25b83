"""Applications, assessments, plans: drafted, decided, followed (DOMAIN §3.2)."""
