"""The heap of a long-lived process."""

import gc


async def settle_heap() -> None:
    """Leave everything loaded so far out of the search for garbage, and search less often.

    The libraries' own objects never become garbage, and claiming letters allocates enough to
    have them walked through again and again while requests wait. What is made from now on is
    searched as before, in larger portions.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
