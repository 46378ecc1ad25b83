"""A small browser for practice: what a page shows, and acting on it by visible label."""
