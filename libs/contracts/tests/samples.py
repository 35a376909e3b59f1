"""One payload of each kind, with every field that may be given."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import HttpUrl

from contracts.asset import Asset, AssetType, ContentStatus, Room
from contracts.base import Problem
from contracts.events import EVENTS, EventType, Payload, encode
from contracts.poi import Agency, Facts, Poi, PoiStatus, Price
from contracts.render import (
    AspectRatio,
    Render,
    RenderProfile,
    RenderScene,
    RenderStatus,
    RenderVideo,
    SceneGenerated,
    SceneStatus,
)
from contracts.script import Figure, Listing, Motion, Scene, ScenePart, Script, ScriptAspectRatio
from contracts.transcription import Segment, Transcription, TranscriptionStatus

POI_ID = UUID("01927c00-0000-7000-8000-000000000001")
OTHER_ID = UUID("01927c00-0000-7000-8000-000000000002")
EVENT_ID = UUID("01927c00-0000-7000-8000-000000000003")
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
IN_PARIS = AT.astimezone(timezone(timedelta(hours=1)))
SHA256 = "0" * 64

POI = Poi(
    id=POI_ID,
    name="Villa Méditerranée",
    description="Face à la mer.",
    address="Montpellier",
    lat=43.6,
    lon=3.87,
    poi_type="villa",
    tags=("vue", "piscine"),
    facts=Facts(
        price=Price(amount=Decimal("1250000.50"), currency="EUR"),
        transaction="sale",
        surface_m2=Decimal("184.5"),
        land_m2=Decimal(1200),
        rooms=7,
        bedrooms=4,
        bathrooms=Decimal("2.5"),
        floor=-1,
        year_built=1962,
        energy_class="C",
        climate_class="A",
        features=("piscine chauffée",),
    ),
    agency=Agency(
        name="Agence du Port",
        phone="+33 4 00 00 00 00",
        email="contact@agence.example.com",
        url=HttpUrl("https://agence.example.com/"),
    ),
    status=PoiStatus.PUBLISHED,
    version=3,
    created_at=AT,
    updated_at=IN_PARIS,
)
ASSET = Asset(
    id=OTHER_ID,
    poi_id=POI_ID,
    name="salon.jpg",
    asset_type=AssetType.PHOTO,
    file_path="villa/salon.jpg",
    mime_type="image/jpeg",
    room=Room.LIVING_ROOM,
    position=2,
    metadata={"camera": {"lens_mm": 16}},
    content_status=ContentStatus.AVAILABLE,
    size_bytes=1000,
    sha256=SHA256,
    width=1600,
    height=1200,
    duration_s=None,
    created_at=AT,
    updated_at=AT,
)
SCRIPT = Script(
    id=OTHER_ID,
    poi_id=POI_ID,
    title="Une villa face à la mer",
    language="fr",
    aspect_ratio=ScriptAspectRatio.PORTRAIT,
    provider="stub",
    model="director",
    total_duration_s=30.0,
    scenes=(
        Scene(
            index=0,
            title="Accroche",
            narration="Face à la mer.",
            on_screen_text="Villa Méditerranée",
            duration_s=30.0,
            asset_id=None,
            room=Room.EXTERIOR,
            motion=Motion.PUSH_IN,
            visual_prompt="slow push in",
            part=ScenePart.HOOK,
        ),
    ),
    listing=Listing(
        name="Villa Méditerranée",
        town="Montpellier",
        offer="Villa à vendre",
        price=Figure(label="Prix", value="1 250 000,50 €"),
        figures=(Figure(label="Surface", value="184,5 m²"),),
        energy_class="C",
        climate_class="A",
        agency=POI.agency,
    ),
    created_at=AT,
)
TRANSCRIPTION = Transcription(
    id=OTHER_ID,
    poi_id=POI_ID,
    asset_id=EVENT_ID,
    status=TranscriptionStatus.COMPLETED,
    progress=100,
    provider="stub",
    language="fr",
    text="Bonjour.",
    segments=(Segment(start_s=0.0, end_s=1.5, text="Bonjour."),),
    error=None,
    created_at=AT,
    updated_at=AT,
    completed_at=AT,
)
RENDERED_SCENE = RenderScene(
    index=0,
    status=SceneStatus.FAILED,
    provider="local",
    provider_job_id=None,
    duration_s=5.0,
    attempts=1,
    credits=None,
    error=Problem(code="photo_unreadable", detail="the photo is broken"),
)
RENDER = Render(
    id=OTHER_ID,
    poi_id=POI_ID,
    script_id=EVENT_ID,
    status=RenderStatus.COMPLETED,
    stage="done",
    progress=100,
    mode="stub",
    aspect_ratio=AspectRatio.SOCIAL,
    profile=RenderProfile.STANDARD,
    scenes=(RENDERED_SCENE,),
    video=RenderVideo(
        url=f"/renders/{OTHER_ID}/video",
        width=1080,
        height=1350,
        fps=30,
        duration_s=30.0,
        size_bytes=1000,
        sha256=SHA256,
    ),
    poster_url=f"/renders/{OTHER_ID}/poster",
    captions_url=f"/renders/{OTHER_ID}/captions",
    error=None,
    created_at=AT,
    updated_at=AT,
    completed_at=AT,
)
SCENE_GENERATED = SceneGenerated(
    render_id=OTHER_ID, poi_id=POI_ID, script_id=EVENT_ID, scene=RENDERED_SCENE
)

PAYLOADS: dict[type[Payload], Payload] = {
    type(payload): payload
    for payload in (POI, ASSET, SCRIPT, TRANSCRIPTION, RENDER, SCENE_GENERATED)
}


def payload_of(event_type: EventType) -> Payload:
    """A payload that the event type carries."""
    return PAYLOADS[EVENTS[event_type].payload]


def encoded(event_type: EventType, payload: Payload | None = None, **changes: Any) -> bytes:
    """A record's value; `changes` replace what `encode` is told."""
    told = {"event_id": EVENT_ID, "occurred_at": AT, "correlation_id": "a-request", **changes}
    return encode(event_type, payload or payload_of(event_type), **told)
