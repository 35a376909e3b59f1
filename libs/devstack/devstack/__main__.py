"""`python -m devstack dev`, `python -m devstack demo [options]`."""

import importlib
import sys

_USAGE = "usage: python -m devstack dev|demo\n"

if __name__ == "__main__":
    if sys.argv[1:] != ["dev"] and sys.argv[1:2] != ["demo"]:
        sys.exit(_USAGE)
    sys.exit(importlib.import_module(f"devstack.{sys.argv[1]}").main())
