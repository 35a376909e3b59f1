import tempfile
from pathlib import Path

import pytest

from devstack.options import StackOptions
from devstack.signals import StopSignals
from devstack.stack import Stack


def test_a_stack_leaves_nothing_behind_unless_that_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for wanted in (False, True):
        stack = Stack(StackOptions.read({}), StopSignals())
        (created,) = tmp_path.iterdir()
        if wanted:
            assert stack.keep() == created
        stack.stop()
        assert list(tmp_path.iterdir()) == ([created] if wanted else [])
