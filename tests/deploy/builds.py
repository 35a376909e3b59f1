"""What kustomize makes of deploy/k8s: the base, every overlay, and every component on the base."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
K8S = ROOT / "deploy" / "k8s"

Object = dict[str, Any]

#: Components that need others, in the order in which they are to be listed.
_TOGETHER = {
    "hpa": ["s3-storage", "hpa"],
    "workers": ["workers", "s3-storage"],
    "keda": ["workers", "s3-storage", "keda"],
}


@dataclass(frozen=True, slots=True)
class Pod:
    """A pod as a workload makes it: `of` is the workload, `spec` the pod's own part."""

    of: Object
    labels: dict[str, str]
    spec: Object

    @property
    def name(self) -> str:
        return f"{self.of['kind']} {self.of['metadata']['name']}"

    def containers(self) -> list[Object]:
        return [*self.spec.get("initContainers", ()), *self.spec["containers"]]


@dataclass(frozen=True, slots=True)
class Build:
    """The objects of one build."""

    objects: tuple[Object, ...]

    def of_kind(self, *kinds: str) -> list[Object]:
        return [found for found in self.objects if found["kind"] in kinds]

    def named(self, kind: str) -> dict[str, Object]:
        return {found["metadata"]["name"]: found for found in self.of_kind(kind)}

    def pods(self) -> list[Pod]:
        workloads = self.of_kind("Deployment", "StatefulSet", "Job")
        templates = [(workload, workload["spec"]["template"]) for workload in workloads]
        return [
            Pod(workload, template["metadata"]["labels"], template["spec"])
            for workload, template in templates
        ]


def names() -> list[str]:
    """The names of all builds: `base`, `overlays/dev`, `components/hpa` and so on."""
    folders = [K8S / "base", *(K8S / "overlays").iterdir(), *(K8S / "components").iterdir()]
    return sorted(str(folder.relative_to(K8S)) for folder in folders)


@cache
def build(name: str) -> Build:
    """A build by its name; a component is built with what it needs, on the base."""
    if not name.startswith("components/"):
        return _kustomize(K8S / name)
    component = name.removeprefix("components/")
    together = _TOGETHER.get(component, [component])
    with tempfile.TemporaryDirectory() as folder:
        here = os.path.relpath(K8S, Path(folder).resolve())
        kustomization = {
            "namespace": "poi-video-platform",
            "resources": [f"{here}/base"],
            "components": [f"{here}/components/{each}" for each in together],
        }
        (Path(folder) / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
        return _kustomize(Path(folder).resolve())


def _kustomize(folder: Path) -> Build:
    done = subprocess.run(
        [os.environ["KUSTOMIZE"], "build", str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Build(tuple(yaml.safe_load_all(done.stdout)))


def walk(value: Any) -> Iterator[Object]:
    """Every mapping within a value, itself included."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def selects(selector: Object, labels: dict[str, str]) -> bool:
    """Whether a label selector selects what has these labels; an empty one selects everything."""
    for key, value in selector.get("matchLabels", {}).items():
        if labels.get(key) != value:
            return False
    for expression in selector.get("matchExpressions", ()):
        assert expression["operator"] == "In", expression
        if labels.get(expression["key"]) not in expression["values"]:
            return False
    return True
