"""What every test stands on: no proxies, no outside world."""

import os

from hypothesis import settings

for _name in list(os.environ):
    if _name.lower().endswith("_proxy"):
        del os.environ[_name]

# For long runs at leisure: pytest --hypothesis-profile deep
settings.register_profile("deep", max_examples=1000, print_blob=True)

pytest_plugins = ["tests.databases"]
