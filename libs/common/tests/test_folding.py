import pytest

from common.folding import fold


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("Cœur d’Été", "coeur d'ete"),
        ("ŒUVRE Æther Straße", "oeuvre aether strasse"),
        ("Cœur d’Été\u202f: 1\u00a0200 m²", "coeur d'ete : 1 200 m2"),
        ("50 m²  –  ½", "50 m2 – 1/2"),
        ("Smørrebrød, Łódź", "smorrebrod, lodz"),
        ("déjà vu", "deja vu"),
    ],
)
def test_texts_that_people_take_for_the_same_are_the_same(given: str, folded: str) -> None:
    assert fold(given) == folded
