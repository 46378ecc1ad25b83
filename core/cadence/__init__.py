"""リズム: on which days letters go, from a pack, a day to count from, and what the person wishes.

Pure: `packs` says how often, `calendar` which days that is, `planning` when each letter opens,
and why one does not go. Nothing here knows whether anybody has answered: silence cannot make
letters come faster (G-03), because nobody tells it.
"""
