"""`python -m devstack dev|demo`."""

import importlib
import sys

_USAGE = "usage: python -m devstack dev|demo\n"

if __name__ == "__main__":
    if sys.argv[1:] not in (["dev"], ["demo"]):
        sys.exit(_USAGE)
    sys.exit(importlib.import_module(f"devstack.{sys.argv[1]}").main())
