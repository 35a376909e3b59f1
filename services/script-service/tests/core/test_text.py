import pytest

from app.core.grounding.numbers import numbers_in
from app.core.text import clean, first_words, sentences


def test_sentences_are_told_apart_and_cleaned() -> None:
    text = "Vue sur St. Malo. Calme !\n- Cave ; grenier <script>alert(1)</script> • 120.5 m²"
    assert sentences(text) == ["Vue sur St. Malo.", "Calme !", "Cave", "grenier", "120.5 m²"]


def test_cleaning_leaves_one_plain_line() -> None:
    assert clean("a\x00b\n<i>c</i>\u202e {d}") == "a b c d"


@pytest.mark.parametrize(
    "number", ["1 250 000", "trois mille deux cents", "vingt et un", "quatre-vingt-dix mille"]
)
def test_a_text_is_never_cut_within_a_number(number: str) -> None:
    words = ["Maison", *number.split(), "euros"]
    for most in range(1, len(words) - 1):
        assert first_words(" ".join(words), most) == "Maison"
    assert first_words("Villa Rose 12 avec jardin", 3) == "Villa Rose 12"


@pytest.mark.timeout(10)
@pytest.mark.parametrize("again", ["A. ", "9", "1/2 ", "<script "])
def test_a_text_that_goes_round_in_circles_is_read_in_time(again: str) -> None:
    text = again * (150_000 // len(again))
    assert sentences(text)
    assert bool(numbers_in(text)) is any(map(str.isdigit, again))
