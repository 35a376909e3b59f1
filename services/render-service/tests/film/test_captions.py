import re
from itertools import accumulate

import pytest

from app.film.captions import caption_cues, subrip, webvtt
from tests.film.stage import scene

NARRATIONS = [
    "Bienvenue à la Villa Méditerranée : 227 m² au calme, à dix minutes de la mer.",
    "La cuisine équipée, ouverte sur le séjour, accueille une table pour huit convives ; ses plans"
    " de travail en granit sont neufs. La terrasse, plein sud, prolonge la pièce de vie.",
    "Quatre chambres. Deux salles de bain. Un bureau.",
    "",
    "Anticonstitutionnellement" * 4,
    "« Un cœur de maison » & une cave < 12 m² > proposés à 1 250 000 €.",
]


def _said(text: str) -> str:
    return re.sub(r"[ \n]+", " ", text).strip()


@pytest.mark.parametrize("narration", NARRATIONS)
def test_captions_carry_the_narration_word_for_word(narration: str) -> None:
    cues = caption_cues([scene(narration=narration, duration_s=8.0)])
    said = _said(" ".join(" ".join(cue.lines) for cue in cues))
    assert said.replace(" ", "") == _said(narration).replace(" ", "")


@pytest.mark.parametrize("narration", NARRATIONS)
def test_a_cue_has_at_most_two_lines_of_42_characters(narration: str) -> None:
    for cue in caption_cues([scene(narration=narration)]):
        assert 1 <= len(cue.lines) <= 2
        assert max(map(len, cue.lines)) <= 42


def test_every_cue_lies_inside_its_scene() -> None:
    scenes = [
        scene(index, narration=narration, duration_s=2.0 + index * 0.37)
        for index, narration in enumerate(NARRATIONS)
    ]
    ends = list(accumulate(each.duration_s for each in scenes))
    cues = caption_cues(scenes)
    for index, end in enumerate(ends):
        start = ends[index - 1] if index else 0.0
        inside = [cue for cue in cues if start * 1000 - 1 <= cue.start_ms < end * 1000 - 1]
        assert all(cue.end_ms <= end * 1000 + 0.5 for cue in inside)
        said = "".join("".join(cue.lines) for cue in inside)
        assert said.replace(" ", "") == scenes[index].narration.replace(" ", "")


def test_cues_end_where_a_sentence_ends() -> None:
    cues = caption_cues(
        [
            scene(
                narration="La maison est au calme, sans vis-à-vis. Son jardin donne au sud et "
                "descend jusqu’à la rivière en pente douce.",
                duration_s=6,
            )
        ]
    )
    assert cues[0].lines == ("La maison est au calme, sans vis-à-vis.",)


def test_no_cue_flashes_by_while_the_scene_has_time() -> None:
    narration = "Oui. " + "Une longue phrase qui prend vraiment toute la place de sa scène. " * 2
    cues = caption_cues([scene(narration=narration, duration_s=6)])
    assert min(cue.end_ms - cue.start_ms for cue in cues) >= 1190


def test_the_file_is_webvtt_with_its_text_escaped() -> None:
    text = webvtt(caption_cues([scene(narration="Cave & cellier <12 m²>", duration_s=3661.5)]))
    assert text == "WEBVTT\n\n00:00:00.000 --> 01:01:01.500\nCave &amp; cellier &lt;12 m²&gt;\n"


def test_the_same_cues_are_written_as_subrip_which_counts_and_has_commas() -> None:
    text = subrip(caption_cues([scene(narration="Cave <12 m²>"), scene(narration="Jardin")]))
    assert text == (
        "1\n00:00:00,000 --> 00:00:02,000\nCave ‹12 m²›\n"
        "\n2\n00:00:02,000 --> 00:00:04,000\nJardin\n"
    )
