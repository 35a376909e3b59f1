"""The manifest of a film: all that went into it, so that it can be traced and made again."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.core.renders import Cut
from contracts.base import Problem
from contracts.render import Render
from contracts.script import Scene, Script

#: What a scene's picture is, for those who must or wish to disclose it (EU AI Act, art. 50).
Origin = Literal["drawn", "rendered from a photograph", "AI-generated from a photograph"]

Sounding = Literal["music", "ambience", "silence"]


class ManifestScene(BaseModel):
    """What one scene shows; `photo_sha256` is of the photo's bytes as they were fetched, also where
    a clip was bought of it.
    """

    model_config = ConfigDict(frozen=True)

    scene: Scene
    origin: Origin
    photo_sha256: str | None
    provider: str
    provider_job_id: str | None


class ManifestVoice(BaseModel):
    """Who speaks the narration; with a `problem`, who was to and could not."""

    model_config = ConfigDict(frozen=True)

    provider: str
    model: str
    voice: str
    problem: Problem | None = None


class Manifest(BaseModel):
    """One film, its script and everything that was put into it."""

    model_config = ConfigDict(frozen=True)

    render_id: UUID
    script_id: UUID
    poi_id: UUID
    title: str
    language: str
    cut: Cut
    sound: Sounding
    music_sha256: str | None
    voice: ManifestVoice | None
    scenes: tuple[ManifestScene, ...]
    disclosures: tuple[str, ...]
    made_at: datetime
    film_sha256: str | None = None


def manifest_of(
    render: Render,
    script: Script,
    disclosures: tuple[str, ...],
    sha256_of: Mapping[UUID, str],
    made_at: datetime,
    *,
    bought_of: Mapping[int, str] = MappingProxyType({}),
    voice: ManifestVoice | None = None,
) -> Manifest:
    """The manifest of a film: `script` as it was filmed, `sha256_of` the assets used, by id, and
    `bought_of` the photos that clips were bought of, by position.

    `disclosures` are sentences on how its scenes were made; `voice` is None for a film that nobody
    was asked to speak in.
    """
    music = sha256_of.get(script.music_asset_id) if script.music_asset_id else None
    return Manifest(
        render_id=render.id,
        script_id=script.id,
        poi_id=render.poi_id,
        title=script.title,
        language=script.language,
        cut=Cut.model_validate(render.model_dump(include=set(Cut.model_fields))),
        sound="silence" if render.sound == "none" else "music" if music else "ambience",
        music_sha256=music,
        voice=voice,
        scenes=tuple(
            _scene(render, position, scene, bought_of.get(position), sha256_of)
            for position, scene in enumerate(script.scenes)
        ),
        disclosures=disclosures,
        made_at=made_at,
    )


def _scene(
    render: Render,
    position: int,
    scene: Scene,
    bought_of: str | None,
    sha256_of: Mapping[UUID, str],
) -> ManifestScene:
    made = render.scenes[position]
    photo = bought_of or (sha256_of.get(scene.asset_id) if scene.asset_id else None)
    return ManifestScene(
        scene=scene,
        origin=_origin(made.provider, photo),
        photo_sha256=photo,
        provider=made.provider,
        provider_job_id=made.provider_job_id,
    )


def _origin(provider: str, photo: str | None) -> Origin:
    if provider == "runway":
        return "AI-generated from a photograph"
    return "rendered from a photograph" if photo else "drawn"
