"""Practice mode: emulators of LINE and Slack, and the page that shows both.

This package knows the two platforms and nothing of ours, so that what passes here would pass
there. Nothing in it imports the core, the storage or the fronts.
"""
