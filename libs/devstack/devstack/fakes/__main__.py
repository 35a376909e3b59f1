"""Both fake providers in one process: `python -m devstack.fakes --port 9901`.

OpenAI answers at that port, Runway at the next. It says where, and runs until its standard input
ends: whoever started it is gone then.
"""

import argparse
import sys
from contextlib import ExitStack

from devstack.fakes.openai import FakeOpenAI
from devstack.fakes.runway import FakeRunway
from devstack.fakes.serving import serving


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="A fake OpenAI and a fake Runway.")
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    with ExitStack() as running:
        openai = running.enter_context(serving(FakeOpenAI(), port=port))
        runway = running.enter_context(serving(FakeRunway(), port=port + 1))
        sys.stdout.write(f"openai={openai}/v1 runway={runway}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
