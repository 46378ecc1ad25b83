"""Plans of the three programmes: what they contain, how they become final, how they end (§3.2)."""
