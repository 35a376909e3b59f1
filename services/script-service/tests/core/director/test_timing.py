import pytest

from app.core.director.timing import fits, lengths, shares, shortest, speech_s
from contracts.script import Language

LANGUAGES: list[Language] = ["fr", "en"]


@pytest.mark.parametrize("duration_s", [15, 30, 61, 90, 180])
def test_shares_add_up_exactly_in_half_seconds(duration_s: int) -> None:
    seconds = shares(duration_s, [1.2, 1, 0.8, 0.7, 1.1, 3])
    assert sum(seconds) == duration_s
    assert all(second >= 2 and (second * 2).is_integer() for second in seconds)


def test_no_scene_is_shorter_than_two_seconds_however_light() -> None:
    assert shares(12, [1, 0.01, 10]) == [2.0, 2.0, 8.0]


def test_more_scenes_than_there_is_time_for_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        shares(15, [1] * 8)


def test_the_same_text_takes_longer_in_french_than_in_english() -> None:
    assert speech_s("la villa", "fr") > speech_s("la villa", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shortest_scene_for_some_words_is_long_enough_and_no_longer(language: Language) -> None:
    for count in range(1, 18):
        text = "mot " * count
        seconds = shortest(speech_s(text, language))
        assert fits(text, seconds, language)
        assert seconds == 2 or not fits(text, seconds - 0.5, language)


def test_a_scene_is_as_long_as_its_words_and_what_is_left_is_shared_as_silence() -> None:
    assert lengths(16, [1.0, 4.5, 3.0], [1, 1, 1]) == [3.5, 7.0, 5.5]


def test_of_two_scenes_of_equal_words_the_worthier_picture_is_held_longer() -> None:
    living_room, hallway = lengths(10, [2.0, 2.0], [1.2, 0.7])
    assert living_room > hallway


def test_a_picture_is_seen_before_another_is_held() -> None:
    assert lengths(9, [4.0, 0.5], [10, 0.1]) == [6.5, 2.5]


def test_each_scene_has_a_breath_before_another_falls_silent_for_long() -> None:
    assert lengths(8, [3.0, 3.5], [100, 1]) == [4.0, 4.0]


def test_no_still_is_held_for_over_eight_seconds_while_another_is_shorter() -> None:
    assert lengths(20, [2.0, 2.0, 2.0], [100, 1, 1]) == [8.0, 6.0, 6.0]
    assert lengths(30, [2.0, 2.0, 2.0], [1, 1, 1]) == [10.0, 10.0, 10.0]


def test_more_words_than_the_film_has_time_for_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        lengths(15, [6.0, 6.0, 6.0], [1, 1, 1])
