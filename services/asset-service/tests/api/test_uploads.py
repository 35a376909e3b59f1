"""Files that are uploaded: taken whole and as what they are, or refused and forgotten."""

import hashlib
from collections.abc import AsyncIterator, Callable

import pytest

from devstack.phone_photo import HEIC, HEIC_SIZE
from tests.media import PDF, Recordings, animation, bomb, picture, plain_picture, sideways_picture
from tests.support import Agency

MIB = 1024 * 1024
Media = Callable[[Recordings], bytes]


async def test_an_uploaded_picture_is_described_and_served_as_it_was_sent(agency: Agency) -> None:
    content = picture(64, 48)
    answer = await agency.upload(content, "Façade nord.jpg", headers={"X-Correlation-ID": "up"})
    asset = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/assets/{asset['id']}"
    described = {
        "poi_id": agency.poi_id,
        "name": "Façade nord.jpg",
        "asset_type": "photo",
        "room": "exterior",
        "mime_type": "image/jpeg",
        "content_status": "available",
        "size_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "width": 64,
        "height": 48,
        "duration_s": None,
    }
    assert asset.items() >= described.items()
    assert await agency.shown(asset["id"]) == asset
    assert await agency.content(asset["id"]) == content
    (event,) = await agency.events()
    assert (event["event_type"], event["correlation_id"]) == ("asset.created", "up")
    assert event["payload"] == asset
    assert await agency.files() == {asset["file_path"]}


@pytest.mark.parametrize(
    ("file_format", "mime_type"),
    [
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/avif"),
        ("TIFF", "image/tiff"),
        ("GIF", "image/gif"),
        ("BMP", "image/bmp"),
    ],
)
async def test_pictures_of_every_usual_format_are_taken_and_truncated_ones_refused(
    agency: Agency, file_format: str, mime_type: str
) -> None:
    content = picture(64, 48, file_format)
    asset = await agency.uploaded(content, "photo")
    assert (asset["mime_type"], asset["width"], asset["height"]) == (mime_type, 64, 48)
    cut = await agency.upload(content[: len(content) * 2 // 3], "photo")
    assert (cut.status_code, cut.json()["code"]) == (422, "content_unreadable")


async def test_a_telephone_s_photo_is_taken_as_it_is_displayed(agency: Agency) -> None:
    asset = await agency.uploaded(HEIC, "photo")
    assert (asset["mime_type"], (asset["width"], asset["height"])) == ("image/heic", HEIC_SIZE)
    assert await agency.content(asset["id"]) == HEIC
    cut = await agency.upload(HEIC[:-100], "photo")
    assert (cut.status_code, cut.json()["code"]) == (422, "content_unreadable")


async def test_an_animated_picture_is_described_by_its_first_frame(agency: Agency) -> None:
    for file_format in ("WEBP", "GIF"):
        asset = await agency.uploaded(animation(file_format))
        assert (asset["width"], asset["height"]) == (32, 24)


async def test_width_and_height_are_those_of_the_picture_as_displayed(
    agency: Agency, recordings: Recordings
) -> None:
    photo = await agency.uploaded(sideways_picture(64, 48))
    assert (photo["width"], photo["height"]) == (48, 64)
    video = await agency.uploaded(recordings.upright_video, asset_type="video")
    assert (video["width"], video["height"]) == (120, 160)


RECORDINGS: list[tuple[Media, str, str]] = [
    (lambda r: r.video, "video", "video/mp4"),
    (lambda r: r.web_video, "raw_video", "video/webm"),
    (lambda r: r.sound, "audio", "audio/wav"),
]


@pytest.mark.parametrize(("media", "asset_type", "mime_type"), RECORDINGS)
async def test_recordings_are_timed_and_truncated_ones_refused(
    agency: Agency, recordings: Recordings, media: Media, asset_type: str, mime_type: str
) -> None:
    content = media(recordings)
    asset = await agency.uploaded(content, "visite", asset_type=asset_type)
    assert asset["mime_type"] == mime_type
    assert asset["duration_s"] == pytest.approx(2, abs=0.1)
    cut = await agency.upload(content[: len(content) * 2 // 3], asset_type=asset_type)
    assert (cut.status_code, cut.json()["code"]) == (422, "content_unreadable")


@pytest.mark.parametrize(
    ("content", "asset_type", "mime_type"),
    [
        (PDF, "document", "application/pdf"),
        (PDF, "plan", "application/pdf"),
        ("Diagnostic énergétique : B\n".encode(), "document", "text/plain"),
        (picture(), "document", "image/jpeg"),
        (picture(), "plan", "image/jpeg"),
    ],
)
async def test_documents_and_plans_are_kept_as_what_they_are(
    agency: Agency, content: bytes, asset_type: str, mime_type: str
) -> None:
    asset = await agency.uploaded(content, asset_type=asset_type)
    assert asset["mime_type"] == mime_type


MISFITS: list[tuple[Media, str]] = [
    (lambda r: r.video, "photo"),
    (lambda r: r.sound, "video"),
    (lambda r: r.video, "audio"),
    (lambda r: r.video, "document"),
    (lambda _: PDF, "photo"),
    (lambda _: picture(), "video"),
    (lambda _: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo"),
    (lambda _: b"MZ\x00\x01 an executable \xff" * 100, "document"),
]


@pytest.mark.parametrize(("media", "asset_type"), MISFITS)
async def test_what_does_not_fit_the_type_is_refused_whatever_it_is_called(
    agency: Agency, recordings: Recordings, media: Media, asset_type: str
) -> None:
    answer = await agency.upload(media(recordings), "photo.jpg", asset_type=asset_type)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    await agency.assert_nothing_is_kept()


@pytest.mark.parametrize(
    ("beginning", "asset_type"),
    [
        (b"\xff\xd8\xff\xe0", "photo"),
        (b"\x89PNG\r\n\x1a\n", "photo"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "video"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00", "audio"),
    ],
)
async def test_a_beginning_alone_is_refused(
    agency: Agency, beginning: bytes, asset_type: str
) -> None:
    answer = await agency.upload(beginning + b"\x01\xff" * 200, asset_type=asset_type)
    assert (answer.status_code, answer.json()["code"]) == (422, "content_unreadable")
    await agency.assert_nothing_is_kept()


async def test_an_empty_file_is_refused(agency: Agency) -> None:
    answer = await agency.upload(b"")
    assert (answer.status_code, answer.json()["code"]) == (422, "content_empty")
    await agency.assert_nothing_is_kept()


async def test_a_picture_of_too_many_pixels_is_refused_by_its_header(agency: Agency) -> None:
    for content in (bomb(), plain_picture(2001, 1000)):
        answer = await agency.upload(content)
        assert (answer.status_code, answer.json()["code"]) == (422, "image_too_large")
        assert "at most 2 megapixels" in answer.json()["detail"]
    assert (await agency.uploaded(plain_picture(2000, 1000)))["width"] == 2000


async def test_a_file_over_the_limit_is_refused(agency: Agency) -> None:
    asset = await agency.create()
    at_limit, over = b"x" * 2 * MIB, b"x" * (2 * MIB + 1)
    taken = await agency.upload(at_limit, asset_type="document")
    assert (taken.status_code, taken.json()["size_bytes"]) == (201, 2 * MIB)
    answers = [
        await agency.upload(over, asset_type="document"),
        await agency.upload(over * 2, asset_type="document"),
        await agency.put(asset["id"], over),
        await agency.put(asset["id"], in_pieces(over)),
    ]
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(413, "payload_too_large")}
    assert await agency.files() == {taken.json()["file_path"]}


async def test_an_upload_that_is_sent_again_happens_once(agency: Agency) -> None:
    key = {"Idempotency-Key": "once"}
    content = picture()
    first = await agency.upload(content, name="Salon", headers=key)
    again = await agency.upload(content, name="Salon", headers=key)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"
    assert len((await agency.client.get("/assets")).json()) == 1
    assert await agency.files() == {first.json()["file_path"]}
    for other in (
        await agency.upload(picture(), name="Salon", headers=key),
        await agency.upload(content, name="Cuisine", headers=key),
    ):
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_refused_upload_that_is_sent_again_is_refused_alike(agency: Agency) -> None:
    key = {"Idempotency-Key": "once"}
    answers = [await agency.upload(b"", headers=key) for _ in range(2)]
    assert [answer.json()["code"] for answer in answers] == ["content_empty"] * 2
    assert answers[1].headers["idempotency-replayed"] == "true"


async def in_pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 64 * 1024):
        yield content[start : start + 64 * 1024]
