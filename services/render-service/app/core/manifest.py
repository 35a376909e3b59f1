"""The manifest of a film: all that went into it, so that it can be traced and made again."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.core.renders import Cut
from contracts.base import Problem
from contracts.render import Render, RenderScene
from contracts.script import Scene, Script

#: What a scene's picture is, for those who must or wish to disclose it (EU AI Act, art. 50).
Origin = Literal["drawn", "rendered from a photograph", "AI-generated from a photograph"]

Sounding = Literal["music", "ambience", "silence"]


class ManifestScene(BaseModel):
    """What one scene shows; `photo_sha256` is of the photo's bytes as they were fetched, also where
    a clip was bought of it. A scene that was to show a photo and is a card says why: `problem`.
    `glyphs_missing` are the signs of its words that are not in the picture: no typeface has them.
    """

    model_config = ConfigDict(frozen=True)

    scene: Scene
    origin: Origin
    photo_sha256: str | None
    provider: str
    provider_job_id: str | None
    problem: Problem | None = None
    glyphs_missing: str = ""


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
    refused: Mapping[int, Problem] = MappingProxyType({}),
    glyphs_missing: Mapping[int, str] = MappingProxyType({}),
    voice: ManifestVoice | None = None,
) -> Manifest:
    """The manifest of a film: `script` as it was filmed, `sha256_of` the assets used, by id, and
    `bought_of` the photos that clips were bought of, by position; `refused` tells why a scene does
    not show its photo, `glyphs_missing` which signs of its words could not be drawn, by position.

    `disclosures` are sentences on how its scenes were made; `voice` is None for a film that nobody
    was asked to speak in.
    """
    music = _content(script.music_asset_id, sha256_of)
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
            _scene(
                scene,
                render.scenes[position],
                bought_of.get(position) or _content(scene.asset_id, sha256_of),
                refused.get(position),
                glyphs_missing.get(position, ""),
            )
            for position, scene in enumerate(script.scenes)
        ),
        disclosures=disclosures,
        made_at=made_at,
    )


def _content(asset_id: UUID | None, sha256_of: Mapping[UUID, str]) -> str | None:
    return sha256_of.get(asset_id) if asset_id else None


def _scene(
    scene: Scene, made: RenderScene, photo: str | None, refusal: Problem | None, glyphs_missing: str
) -> ManifestScene:
    return ManifestScene(
        scene=scene,
        origin=_origin(made.provider, None if refusal else photo),
        photo_sha256=photo,
        provider=made.provider,
        provider_job_id=made.provider_job_id,
        problem=refusal,
        glyphs_missing=glyphs_missing,
    )


def _origin(provider: str, photo: str | None) -> Origin:
    if provider == "runway":
        return "AI-generated from a photograph"
    return "rendered from a photograph" if photo else "drawn"
