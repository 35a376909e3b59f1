from app.core.text import clean, sentences


def test_sentences_are_told_apart_and_cleaned() -> None:
    text = "Vue sur St. Malo. Calme !\n- Cave ; grenier <script>alert(1)</script> • 120.5 m²"
    assert sentences(text) == ["Vue sur St. Malo.", "Calme !", "Cave", "grenier", "120.5 m²"]


def test_cleaning_leaves_one_plain_line() -> None:
    assert clean("a\x00b\n<i>c</i>\u202e {d}") == "a b c d"
