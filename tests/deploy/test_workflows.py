"""What CI does can be done by hand: workflows call make targets and nothing else."""

import re
from collections.abc import Iterator

import pytest
import yaml
from deploy.builds import ROOT, Object

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SERVICES = ["poi", "asset", "script", "transcription", "render"]


def jobs() -> Iterator[tuple[str, Object]]:
    for file in WORKFLOWS:
        for name, job in yaml.safe_load(file.read_text())["jobs"].items():
            yield f"{file.name} {name}", job


def runs() -> Iterator[str]:
    for _, job in jobs():
        for step in job.get("steps", ()):
            if "run" in step:
                yield step["run"]


def targets() -> set[str]:
    makefiles = [ROOT / "Makefile", *(ROOT / "make").glob("*.mk")]
    text = "\n".join(file.read_text() for file in makefiles)
    named = set(re.findall(r"^([a-z0-9-]+):", text, re.MULTILINE))
    made = {f"test-{service}" for service in SERVICES}
    return named | made | {f"test-lib-{library}" for library in ("contracts", "common", "devstack")}


@pytest.mark.parametrize("run", sorted(set(runs())))
def test_a_step_is_a_make_target(run: str) -> None:
    called = re.fullmatch(r'make "?([a-z0-9-]+|test-\$SERVICE)"?( [A-Z]+=\S*)*', run)

    assert called, run
    assert called[1] == "test-$SERVICE" or called[1] in targets()


def test_every_service_is_tested_and_published() -> None:
    tested, published = (
        job["strategy"]["matrix"]["service"]
        for _, job in jobs()
        if "service" in job.get("strategy", {}).get("matrix", {})
    )

    assert tested == SERVICES
    assert published == [f"{service}-service" for service in SERVICES]


def test_a_job_has_an_end_and_few_rights() -> None:
    for name, job in jobs():
        assert "uses" in job or job["timeout-minutes"] <= 60, name
        rights = set(job["permissions"].items()) - {("contents", "read")}
        assert rights <= {("packages", "write")}, name
        assert not rights or name == "docker-publish.yml publish"


def test_the_manifests_name_the_images_that_are_published() -> None:
    for overlay in ("dev", "production"):
        kustomization = ROOT / "deploy" / "k8s" / "overlays" / overlay / "kustomization.yaml"
        images = yaml.safe_load(kustomization.read_text())["images"]

        assert {image["newName"] for image in images} == {
            f"ghcr.io/owner/poi-video-platform/{service}-service" for service in SERVICES
        }
        for image in images:
            assert re.fullmatch(r"latest|sha-[0-9a-f]{7}", image["newTag"])
