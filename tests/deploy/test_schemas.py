"""Every object is what its kind's schema allows, and nothing besides."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml
from deploy.builds import Build, Object, walk

#: The oldest Kubernetes that docs/kubernetes.md promises, and the newest that is known here.
VERSIONS = ["1.30", "1.37"]


@cache
def definitions() -> dict[tuple[str, str], Any]:
    """The schemas of the kinds that are not Kubernetes's own, by API version and kind."""
    found = {}
    for file in Path(os.environ["CRDS"]).glob("*.yaml"):
        for definition in filter(None, yaml.safe_load_all(file.read_text())):
            spec = definition["spec"]
            for version in spec["versions"]:
                schema = version["schema"]["openAPIV3Schema"]
                api_version = f"{spec['group']}/{version['name']}"
                found[api_version, spec["names"]["kind"]] = strict(schema)
    return found


def strict(schema: Object) -> Object:
    """The schema, refusing properties that it does not name."""
    schema["properties"]["metadata"] = {"type": "object", "additionalProperties": True}
    for part in walk(schema):
        if part.get("type") == "object" and "properties" in part:
            part.setdefault(
                "additionalProperties", part.get("x-kubernetes-preserve-unknown-fields", False)
            )
    return schema


@cache
def validate(document: str, version: str) -> None:
    """Raises unless the object fits its kind's schema; most builds share most of their objects."""
    found = json.loads(document)
    schema = definitions().get((found["apiVersion"], found["kind"]))
    if schema is None:
        kubernetes_validate.validate(found, version, strict=True)
    else:
        jsonschema.validate(found, schema)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_fits_its_schema(built: Build, version: str) -> None:
    for found in built.objects:
        validate(json.dumps(found), version)


def test_no_object_is_there_twice(built: Build) -> None:
    keys = [(found["kind"], found["metadata"]["name"]) for found in built.objects]

    assert len(keys) == len(set(keys))


def test_everything_is_in_the_platforms_namespace(built: Build) -> None:
    namespaces = {
        found["metadata"].get("namespace")
        for found in built.objects
        if found["kind"] != "Namespace"
    }

    assert namespaces == {"poi-video-platform"}
