"""What people sent beside words: fetched, kept, opened."""
