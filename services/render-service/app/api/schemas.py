"""Bodies of requests."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, StringConstraints, model_validator

from app.core.changes import SceneChange
from contracts.base import Given, StorableText
from contracts.render import AspectRatio, CaptionStyle, RenderProfile, SoundStyle
from contracts.script import Motion


class RenderOrder(Given):
    """Which script to render again; the format is the script's and the service's by default.

    `branding` false leaves the agency out, as listing services ask (US MLS rules). `captions`
    burned draws them into the picture. `sound` is the POI's music or a quiet bed (auto), always
    the bed (ambience), or none.
    """

    model_config = ConfigDict(extra="forbid")

    script_id: UUID
    aspect_ratio: AspectRatio | None = None
    profile: RenderProfile | None = None
    branding: bool = True
    captions: CaptionStyle = CaptionStyle.BESIDE
    sound: SoundStyle = SoundStyle.AUTO

    @property
    def cut(self) -> dict[str, Any]:
        """The fields of `core.renders.Cut` that are not left to the service."""
        return self.model_dump(exclude={"script_id"}, exclude_none=True)


#: What can be read while a scene lasts; the signs that set pieces of a text apart are no words.
ON_SCREEN_WORDS = 8
_SEPARATORS = frozenset({"·", "|"})


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _on_screen(text: str) -> str:
    words = [word for word in text.split() if word not in _SEPARATORS]
    if len(words) > ON_SCREEN_WORDS:
        raise ValueError(f"at most {ON_SCREEN_WORDS} words can be read in time")
    return text


_OnScreen = Annotated[
    StorableText,
    StringConstraints(max_length=120),
    AfterValidator(_one_line),
    AfterValidator(_on_screen),
]
_Said = Annotated[StorableText, StringConstraints(max_length=1_000), AfterValidator(_one_line)]


class Regeneration(Given):
    """What is to be different about a scene, in the words of a script's scene; the rest stays.

    Without any of them the scene is made again as it is: its photo may have new content.
    """

    model_config = ConfigDict(extra="forbid")

    title: _OnScreen | None = None
    on_screen_text: _OnScreen | None = None
    narration: _Said | None = None
    motion: Motion | None = None
    asset_id: UUID | None = None

    @model_validator(mode="after")
    def _nothing_is_null(self) -> Self:
        for name in self.model_fields_set:
            if getattr(self, name) is None:
                raise ValueError(f"leave {name} out when it is to stay as it is")
        return self

    @property
    def change(self) -> SceneChange:
        """As the use case takes it."""
        return SceneChange(**self.model_dump())


class Resolution(Given):
    """What became of a paid call: the task that it made (adopt), or nothing (abandon)."""

    model_config = ConfigDict(extra="forbid")

    adopt: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,100}$")] | None = None
    abandon: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.adopt is None) == (self.abandon is None):
            raise ValueError('give either {"adopt": "<task id>"} or {"abandon": true}')
        return self
