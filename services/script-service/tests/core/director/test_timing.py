import pytest

from app.core.director.timing import share


@pytest.mark.parametrize("duration_s", [15, 30, 61, 90])
def test_shares_add_up_exactly_in_half_seconds(duration_s: int) -> None:
    seconds = share(duration_s, [1.2, 1, 0.8, 0.7, 1.1, 3])
    assert sum(seconds) == duration_s
    assert all(second >= 2 and (second * 2).is_integer() for second in seconds)


def test_no_scene_is_shorter_than_two_seconds_however_light() -> None:
    assert share(15, [1, 0.01, 10]) == [2.0, 2.0, 11.0]


def test_more_scenes_than_there_is_time_for_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        share(15, [1] * 8)
