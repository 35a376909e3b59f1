"""A film in the making, and the finished one, as render-service shows it."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from contracts.base import Problem, Progress, Resource, Timestamp


class RenderStatus(StrEnum):
    """Where a render stands."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class SceneStatus(StrEnum):
    """Where a scene stands; `unknown` is a paid call whose outcome was lost."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class AspectRatio(StrEnum):
    """The frame of a film."""

    LANDSCAPE = "16:9"
    PORTRAIT = "9:16"
    SQUARE = "1:1"
    SOCIAL = "4:5"


class RenderProfile(StrEnum):
    """Picture size and frame rate of a film."""

    DRAFT = "draft"
    STANDARD = "standard"
    HIGH = "high"


class CaptionStyle(StrEnum):
    """Where a film's captions are: in files beside it only, or drawn into the picture as well."""

    BESIDE = "beside"
    BURNED = "burned"


class SoundStyle(StrEnum):
    """What is heard: the POI's music or else a quiet bed, always that bed, or nothing."""

    AUTO = "auto"
    AMBIENCE = "ambience"
    NONE = "none"


class RenderScene(Resource):
    """One scene of a render; `duration_s` in seconds, `credits` as the provider charges them."""

    index: int
    status: SceneStatus
    provider: Literal["local", "runway"]
    provider_job_id: str | None
    duration_s: float
    attempts: int
    credits: float | None
    error: Problem | None


class RenderVideo(Resource):
    """The finished film's file; `url` is a path of render-service."""

    url: str
    width: int
    height: int
    fps: int
    duration_s: float
    size_bytes: int
    sha256: str


class Render(Resource):
    """A render with its scenes and, once completed, its film.

    Without `branding`, nothing of the agency is seen or said. `captions_url` is WebVTT,
    `subtitles_url` SubRip. The manifest names all that went into the film.
    """

    id: UUID
    poi_id: UUID
    script_id: UUID
    status: RenderStatus
    stage: str
    progress: Progress
    mode: Literal["stub", "live"]
    aspect_ratio: AspectRatio
    profile: RenderProfile
    scenes: tuple[RenderScene, ...]
    video: RenderVideo | None
    poster_url: str | None
    captions_url: str | None
    branding: bool = True
    captions: CaptionStyle = CaptionStyle.BESIDE
    sound: SoundStyle = SoundStyle.AUTO
    subtitles_url: str | None = None
    storyboard_url: str | None = None
    preview_url: str | None = None
    manifest_url: str | None = None
    error: Problem | None
    created_at: Timestamp
    updated_at: Timestamp
    completed_at: Timestamp | None

    @property
    def partition_key(self) -> UUID:
        """The POI whose events must stay in order."""
        return self.poi_id


class SceneGenerated(Resource):
    """One scene of a render is done."""

    render_id: UUID
    poi_id: UUID
    script_id: UUID
    scene: RenderScene

    @property
    def partition_key(self) -> UUID:
        """The POI whose events must stay in order."""
        return self.poi_id
