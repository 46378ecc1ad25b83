"""つなぎ: handing a case on, with explanation, acceptance, and news back to the sender (§3.4)."""
