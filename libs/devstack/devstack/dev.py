"""`make dev`: the stack in the foreground, until Ctrl-C or SIGTERM."""

import sys

from devstack.options import BadOption, StackOptions
from devstack.signals import Stopped, StopSignals
from devstack.stack import Stack, StackFailed, say


def main() -> int:
    """Runs the stack; 0 when asked to stop, 1 when it could not be started, 2 for a bad value."""
    try:
        options = StackOptions.read()
    except BadOption as error:
        say(str(error))
        return 2
    try:
        with StopSignals() as signals, Stack(options, signals) as stack:
            sys.stdout.write(f"{stack.addresses}\n")
            sys.stdout.flush()
            while True:
                stack.tend()
    except Stopped:
        return 0
    except StackFailed as failure:
        say(str(failure))
        return 1
