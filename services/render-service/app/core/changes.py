"""What a person changes about the scenes of one film; the script itself stays as it was written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.film.titling import named, part_of
from contracts.script import Motion, Scene, ScenePart, Script

#: More characters a second cannot be said, nor read: French and English are spoken at about 15.
FASTEST_NARRATION = 20


class SceneChange(BaseModel):
    """What is to be different; None is as it was."""

    model_config = ConfigDict(frozen=True)

    title: str | None = None
    on_screen_text: str | None = None
    narration: str | None = None
    motion: Motion | None = None
    asset_id: UUID | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The fields of a Scene that are changed."""
        return self.model_dump(exclude_none=True)

    @property
    def has_new_words_only(self) -> bool:
        """Whether the picture below the words stays; False for a scene made again unchanged."""
        return bool(self.given) and self.motion is None and self.asset_id is None

    def upon(self, earlier: "SceneChange | None") -> "SceneChange":
        """Both changes, this one after the other."""
        return SceneChange(**{**(earlier.given if earlier else {}), **self.given})

    def applied(self, scene: Scene) -> Scene:
        """The scene as it is now wanted."""
        return scene.model_copy(update=self.given)


def changed(script: Script, changes: Mapping[int, SceneChange]) -> Script:
    """A script with changes to its scenes, by their position.

    The title that a person gives the opening is the name that is read there.
    """
    scenes = list(script.scenes)
    for position, change in changes.items():
        scene = change.applied(scenes[position])
        if change.title is not None and part_of(script, position) is ScenePart.HOOK:
            said = [] if change.on_screen_text is not None else _names(script, position)
            scene = named(scene, instead_of=said)
        scenes[position] = scene
    return script.model_copy(update={"scenes": tuple(scenes)})


def _names(script: Script, position: int) -> list[str]:
    """What the script calls the property in a scene."""
    listed = [script.listing.name] if script.listing else []
    return [script.scenes[position].title, *listed]
