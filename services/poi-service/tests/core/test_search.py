import pytest

from app.core.search import prefix_query, search_words


def test_words_lose_case_accents_ligatures_and_punctuation() -> None:
    assert search_words("Cœur d'Été, ÆGIR! Straße") == ["aegir", "coeur", "d", "ete", "strasse"]


def test_words_of_several_texts_are_one_set() -> None:
    assert search_words("villa mer", "Mer villa") == ["mer", "villa"]


@pytest.mark.parametrize("query", ["", "  ", "!?—"])
def test_a_query_without_words_asks_for_nothing(query: str) -> None:
    assert prefix_query(query) is None


def test_a_query_wants_every_word_as_a_prefix() -> None:
    assert prefix_query("Appart MONT") == "'appart':* & 'mont':*"


def test_a_query_cannot_leave_its_quotes() -> None:
    assert prefix_query("a' | b:* \\") == "'a':* & 'b':*"
