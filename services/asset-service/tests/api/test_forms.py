"""The form that an upload comes in."""

from typing import Any

import pytest

from tests.media import picture
from tests.support import Agency


async def test_fields_say_more_than_the_files_name(agency: Agency) -> None:
    asset = await agency.uploaded(
        picture(), "cuisine.jpg", name="Côté jardin", asset_type="floor_plan", room="garden"
    )
    assert (asset["name"], asset["asset_type"], asset["room"]) == ("Côté jardin", "plan", "garden")


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("C:\\Photos\\Salon.jpg", "Salon.jpg"),
        ("../../etc/salon.jpg", "salon.jpg"),
        ("x" * 300 + ".jpg", "x" * 251 + ".jpg"),
        ("E\u0301te\u0301\u00a02.jpg", "Été 2.jpg"),
    ],
)
async def test_a_files_name_is_only_a_name(agency: Agency, sent: str, name: str) -> None:
    assert (await agency.uploaded(picture(), sent))["name"] == name


async def test_control_characters_are_no_part_of_a_name(agency: Agency) -> None:
    form = _form(
        ('name="poi_id"', agency.poi_id.encode()),
        ('name="file"; filename="chambre\u202e \x07d\'amis.jpg"', picture()),
    )
    answer = await agency.client.post("/assets/upload", content=form, headers=_FORM)
    assert (answer.json()["name"], answer.json()["room"]) == ("chambre d'amis.jpg", "bedroom")


async def test_the_parts_of_a_form_come_in_any_order(agency: Agency) -> None:
    content = picture()
    form = _form(
        ('name="file"; filename="salon.jpg"', content),
        ('name="room"', b"office"),
        ('name="poi_id"', agency.poi_id.encode()),
    )
    answer = await agency.client.post("/assets/upload", content=form, headers=_FORM)
    assert answer.status_code == 201
    assert answer.json()["room"] == "office"
    assert await agency.content(answer.json()["id"]) == content


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"poi_id": "x"}, ["body", "poi_id"]),
        ({"asset_type": "hologram"}, ["body", "asset_type"]),
        ({"room": "dungeon"}, ["body", "room"]),
        ({"name": ""}, ["body", "name"]),
        ({"name": "x" * 256}, ["body", "name"]),
        ({"colour": "red"}, ["body", "colour"]),
        ({"name": "x" * 70_000}, ["body", "name"]),
    ],
)
async def test_a_bad_field_of_a_form_is_named(
    agency: Agency, fields: dict[str, Any], where: list[str]
) -> None:
    answer = await agency.upload(picture(), **fields)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "validation_error")
    assert problem["errors"][0]["loc"] == where
    await agency.assert_nothing_is_kept()


async def test_broken_forms_are_refused(agency: Agency) -> None:
    poi = ('name="poi_id"', agency.poi_id.encode())
    file = ('name="file"; filename="a.jpg"', picture())
    whole = _form(poi, file)
    for form in (
        _form(poi),
        _form(file),
        _form(poi, poi, file),
        _form(poi, file, file),
        _form(("filename=x", b"")),
        whole[:-10],
        whole[:100],
        b"",
        b"no form at all",
    ):
        answer = await agency.client.post("/assets/upload", content=form, headers=_FORM)
        assert (answer.status_code, answer.json()["code"]) == (422, "validation_error"), form[:80]
    for headers in ({"content-type": "application/json"}, {"content-type": "multipart/form-data"}):
        answer = await agency.client.post("/assets/upload", content=whole, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    await agency.assert_nothing_is_kept()


async def test_a_form_of_very_many_fields_is_given_up_early(agency: Agency) -> None:
    form = _form(*((f'name="field {n}"', b"") for n in range(1_000)))
    answer = await agency.client.post("/assets/upload", content=form, headers=_FORM)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "validation_error")
    assert problem["detail"] == "body: a form has at most 20 fields"


_FORM = {"content-type": "multipart/form-data; boundary=XX"}


def _form(*parts: tuple[str, bytes]) -> bytes:
    return b"".join(
        f"--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + b"\r\n"
        for head, body in parts
    ) + (b"--XX--\r\n")
