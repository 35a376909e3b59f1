import random
import tempfile
from pathlib import Path

import pytest

from devstack.options import StackOptions
from devstack.signals import StopSignals
from devstack.stack import Stack, StackFailed


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


@pytest.mark.parametrize("name", ["kept", "kept/deeper"])
def test_a_data_folder_that_is_a_file_is_named_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "kept").write_text("mine")
    data, offset = tmp_path / name, random.randint(10_000, 20_000)
    options = StackOptions.read({"DEV_DATA": str(data), "PORT_OFFSET": str(offset)})
    with (
        pytest.raises(StackFailed, match=rf"DEV_DATA={data} cannot be used as a folder: .+"),
        Stack(options, StopSignals()),
    ):
        pass
    assert (tmp_path / "kept").read_text() == "mine"
