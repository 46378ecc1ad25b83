"""What every test stands on: no proxies, no outside world."""

import os

for _name in list(os.environ):
    if _name.lower().endswith("_proxy"):
        del os.environ[_name]

pytest_plugins = ["tests.databases"]
