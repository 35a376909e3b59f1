"""What an MP4 says of itself: what it shows, where it comes from, and how it was made."""

from collections.abc import Iterable
from itertools import groupby

from app.film.plan import FilmPlan
from app.film.values import Value
from contracts.script import Script

_MADE = {
    "still": "rendered from photographs",
    "clip": "AI-generated from photographs",
    "card": "drawn",
}


class FilmTags(Value):
    """Tags of the MP4; every player shows the title, and any tool the comment."""

    title: str
    comment: str

    def arguments(self) -> list[str]:
        """Output options of ffmpeg."""
        return ["-metadata", f"title={self.title}", "-metadata", f"comment={self.comment}"]


def tags_of(script: Script, plan: FilmPlan) -> FilmTags:
    """The tags of a film: its script, and how each scene was made.

    Realistic synthetic footage has to be marked as such in a way that machines read (EU AI Act,
    article 50), and photographs that were altered have to be disclosed (California AB 723).
    """
    return FilmTags(
        title=script.title,
        comment=" ".join([f"Script {script.id}.", *disclosures(plan)]),
    )


def disclosures(plan: FilmPlan) -> list[str]:
    """How the scenes of a film were made, as sentences."""
    numbered = sorted((shot.kind, number) for number, shot in enumerate(plan.shots, 1))
    made = [
        f"{_scenes(number for _, number in group)} {_MADE[kind]}."
        for kind, group in groupby(numbered, key=lambda pair: pair[0])
    ]
    if plan.is_matched:
        made.append("Exposure and white balance of the photographs matched; nothing else altered.")
    if plan.spoken:
        made.append("The voice is AI-generated.")
    return made


def _scenes(numbers: Iterable[int]) -> str:
    listed = [str(number) for number in numbers]
    if len(listed) == 1:
        return f"Scene {listed[0]}"
    return f"Scenes {', '.join(listed[:-1])} and {listed[-1]}"
