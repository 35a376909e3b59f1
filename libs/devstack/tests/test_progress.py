import pytest

from devstack.progress import BarProgress


@pytest.mark.parametrize("told", ["uploaded salon[neuf].jpg", "wrote “Villa [/]”"])
def test_brackets_in_names_and_titles_are_shown_as_they_are(
    told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    BarProgress().step(told)
    assert told in capsys.readouterr().out
