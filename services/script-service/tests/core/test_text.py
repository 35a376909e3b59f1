from app.core.text import clean, fold, sentences


def test_folding_forgets_case_accents_ligatures_and_kinds_of_space() -> None:
    assert fold("Cœur d’Été\u202f: 1\u00a0200 m²") == "coeur d'ete : 1 200 m2"


def test_sentences_are_told_apart_and_cleaned() -> None:
    text = "Vue sur St. Malo. Calme !\n- Cave ; grenier <script>alert(1)</script> • 120.5 m²"
    assert sentences(text) == ["Vue sur St. Malo.", "Calme !", "Cave", "grenier", "120.5 m²"]


def test_cleaning_leaves_one_plain_line() -> None:
    assert clean("a\x00b\n<i>c</i>\u202e {d}") == "a b c d"
