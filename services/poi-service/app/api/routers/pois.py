"""The endpoints of properties."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Response
from fastapi.exceptions import RequestValidationError
from pydantic import JsonValue, ValidationError

from app.core.draft import PoiDraft
from app.db.repository import PoiFilter
from app.services import pois, transitions
from common.dependencies import Events, Reads, Writes
from common.idempotency import IdempotentRoute
from common.pagination import Page
from common.preconditions import ExpectedVersions, etag
from contracts.poi import Poi, PoiStatus, Slug

router = APIRouter(prefix="/pois", tags=["pois"], route_class=IdempotentRoute)
