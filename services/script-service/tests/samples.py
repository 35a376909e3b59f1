"""Properties and pictures to write scripts of."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from app.core.brief import ScriptBrief, ScriptOrder
from contracts.asset import Asset, AssetType, ContentStatus, Room
from contracts.poi import Poi

_SPACE = UUID("7d9d7c1e-5b0a-4e0e-9a52-6a2f0c1d3b44")
_WHEN = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

VILLA: dict[str, Any] = {
    "name": "Villa Méditerranée",
    "description": (
        "Villa contemporaine aux volumes généreux. La cuisine ouverte est équipée d'un îlot"
        " central. Le séjour donne sur la piscine. Au calme, à 5 minutes du centre-ville."
    ),
    "address": "12 rue des Oliviers, 34000 Montpellier, France",
    "poi_type": "villa",
    "tags": ["piscine", "calme"],
    "facts": {
        "price": {"amount": "890000", "currency": "EUR"},
        "transaction": "sale",
        "surface_m2": "185.5",
        "land_m2": "1200",
        "rooms": 6,
        "bedrooms": 4,
        "bathrooms": "2",
        "year_built": 1998,
        "energy_class": "C",
        "climate_class": "A",
        "features": ["Piscine chauffée", "Climatisation", "Garage"],
    },
    "agency": {
        "name": "Agence du Soleil",
        "phone": "04 67 00 11 22",
        "email": "contact@agence-soleil.fr",
        "url": "https://www.agence-soleil.fr",
    },
}


def poi(**fields: Any) -> Poi:
    """A property with only a name, unless fields say more."""
    return Poi.model_validate(
        {
            "id": uuid5(_SPACE, str(fields.get("name", "Maison"))),
            "name": "Maison",
            "description": "",
            "address": "",
            "lat": None,
            "lon": None,
            "poi_type": "other",
            "tags": [],
            "facts": {},
            "agency": None,
            "status": "draft",
            "version": 1,
            "created_at": _WHEN,
            "updated_at": _WHEN,
            **fields,
        }
    )


def photo(room: Room, name: str = "", **fields: Any) -> Asset:
    """A photo with content."""
    name = name or f"{room.value}.jpg"
    return Asset.model_validate(
        {
            "id": uuid5(_SPACE, f"{name} {fields.get('position')}"),
            "poi_id": uuid5(_SPACE, "Maison"),
            "name": name,
            "asset_type": AssetType.PLAN if room is Room.PLAN else AssetType.PHOTO,
            "file_path": name,
            "mime_type": "image/jpeg",
            "room": room,
            "position": None,
            "metadata": {},
            "content_status": ContentStatus.AVAILABLE,
            "size_bytes": 1,
            "sha256": "0" * 64,
            "width": 1600,
            "height": 1200,
            "duration_s": None,
            "created_at": _WHEN,
            "updated_at": _WHEN,
            **fields,
        }
    )


def photos(*rooms: Room) -> tuple[Asset, ...]:
    """One photo per room named; a room may come more than once."""
    return tuple(photo(room, f"{room.value} {at}.jpg") for at, room in enumerate(rooms))


def brief(
    property_: Poi, assets: tuple[Asset, ...] = (), *transcripts: str, **order: Any
) -> ScriptBrief:
    """A brief with the defaults of the API."""
    return ScriptBrief(property_, assets, transcripts, ScriptOrder(**order))
