"""What every test stands on: no proxies, no outside world."""

import gc
import os

from hypothesis import settings

for _name in list(os.environ):
    if _name.lower().endswith("_proxy"):
        del os.environ[_name]

# For long runs at leisure: pytest --hypothesis-profile deep
settings.register_profile("deep", max_examples=1000, print_blob=True)

pytest_plugins = ["tests.databases"]


def pytest_collection_finish() -> None:
    """Leave thousands of collected tests out of every search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
