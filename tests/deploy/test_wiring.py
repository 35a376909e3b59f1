"""What objects say of each other is so."""

import re

import pytest
import yaml
from deploy.builds import ROOT, Build, Object, build, names, selects, walk

#: Secrets that come from outside the repository (docs/kubernetes.md), in production and elsewhere.
OUTSIDE = {"platform-secret", "database-passwords", "storage-credentials", "provider-keys"}


def test_what_a_pod_refers_to_is_there(built: Build) -> None:
    configs, secrets = built.named("ConfigMap"), built.named("Secret")
    for pod in built.pods():
        for part in walk(pod.spec):
            config = (
                part.get("configMapKeyRef") or part.get("configMapRef") or part.get("configMap")
            )
            secret = part.get("secretKeyRef") or part.get("secretRef")
            claim = part.get("persistentVolumeClaim")
            if config:
                assert config.get("key") in {None, *configs[config["name"]]["data"]}, pod.name
            if secret:
                assert secret["name"] in secrets.keys() | OUTSIDE, pod.name
                if secret["name"] in secrets and "key" in secret:
                    assert secret["key"] in secrets[secret["name"]]["stringData"], pod.name
            if claim:
                assert claim["claimName"] in built.named("PersistentVolumeClaim"), pod.name
        account = pod.spec.get("serviceAccountName")
        assert account is None or account in built.named("ServiceAccount"), pod.name


def first(part: Object, *keys: str) -> Object:
    return next((part[key] for key in keys if key in part), {})


def test_every_claim_is_used(built: Build) -> None:
    used = {
        part["claimName"]
        for pod in built.pods()
        for part in walk(pod.spec)
        if isinstance(part.get("claimName"), str)
    }

    assert used == built.named("PersistentVolumeClaim").keys()


def test_every_service_leads_to_the_pods_of_one_workload(built: Build) -> None:
    for service in built.of_kind("Service"):
        selector = {"matchLabels": service["spec"]["selector"]}
        (pod,) = (each for each in built.pods() if selects(selector, each.labels))
        ports = {port["name"] for each in pod.spec["containers"] for port in each["ports"]}

        assert pod.of["metadata"]["name"] == service["metadata"]["name"]
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports


def test_what_comes_in_goes_to_services_that_are_there(built: Build) -> None:
    ports = {
        (service["metadata"]["name"], way)
        for service in built.of_kind("Service")
        for port in service["spec"]["ports"]
        for way in (port["name"], port["port"])
    }
    for ingress in built.of_kind("Ingress"):
        for part in walk(ingress):
            if isinstance(service := part.get("service"), dict):
                assert (service["name"], service["port"]["name"]) in ports
    for route in built.of_kind("HTTPRoute"):
        for part in walk(route):
            for backend in part.get("backendRefs", ()):
                assert (backend["name"], backend["port"]) in ports


def test_a_deployment_has_one_autoscaler_or_a_number_of_its_own(built: Build) -> None:
    autoscalers = built.of_kind("HorizontalPodAutoscaler", "ScaledObject")
    scaled = [autoscaler["spec"]["scaleTargetRef"]["name"] for autoscaler in autoscalers]

    assert len(scaled) == len(set(scaled))
    assert set(scaled) <= built.named("Deployment").keys()
    for name, deployment in built.named("Deployment").items():
        assert ("replicas" in deployment["spec"]) is (name not in scaled), name


def test_a_volume_of_one_node_is_never_wanted_by_two_pods(built: Build) -> None:
    claims = []
    for pod in built.pods():
        for volume in pod.spec["volumes"]:
            if claim := volume.get("persistentVolumeClaim"):
                claims.append(claim["claimName"])
                spec = pod.of["spec"]
                assert spec.get("replicas") == 1, pod.name
                assert spec["strategy"]["rollingUpdate"]["maxSurge"] == 0, pod.name

    assert len(claims) == len(set(claims))


def test_a_budget_is_for_pods_that_deployments_replace(built: Build) -> None:
    for budget in built.of_kind("PodDisruptionBudget"):
        held = [pod for pod in built.pods() if selects(budget["spec"]["selector"], pod.labels)]

        assert {pod.of["kind"] for pod in held} == {"Deployment"}, budget["metadata"]["name"]


def test_production_holds_nothing_that_has_to_be_kept(production: Build) -> None:
    kept = production.of_kind("StatefulSet", "PersistentVolumeClaim", "Secret")

    assert kept == []


def test_production_divides_what_answers_from_what_works(production: Build) -> None:
    roles = {
        pod.of["metadata"]["name"]: each["value"]
        for pod in production.pods()
        for each in pod.spec["containers"][0].get("env", ())
        if each["name"] == "ROLE"
    }

    assert roles == {
        f"{service}-service{part}": role
        for service in ("script", "transcription", "render")
        for part, role in (("", "api"), ("-worker", "worker"))
    }


def test_keda_asks_the_database_that_the_workers_use(production: Build) -> None:
    (config,) = (
        found["data"]
        for name, found in production.named("ConfigMap").items()
        if name.startswith("platform-config")
    )
    for scaled in production.of_kind("ScaledObject"):
        for trigger in scaled["spec"]["triggers"]:
            if trigger["type"] == "postgresql":
                asked = trigger["metadata"]
                assert asked["host"] == config["POSTGRES_HOST"]
                assert asked["port"] == config["POSTGRES_PORT"]
                assert asked["sslmode"] == config["PGSSLMODE"]


def test_keda_counts_what_the_workers_take(production: Build) -> None:
    for scaled in production.of_kind("ScaledObject"):
        service = scaled["metadata"]["name"].removesuffix("-worker")
        source = "\n".join(
            file.read_text() for file in (ROOT / "services" / service / "app").rglob("*.py")
        )
        for trigger in scaled["spec"]["triggers"]:
            asked = trigger["metadata"]
            if trigger["type"] == "kafka":
                assert asked["consumerGroup"] == service
                assert "EventConsumer(" in source
            else:
                (kind,) = re.findall(r"kind = '(\w+)'", asked["query"])
                assert f'_JOB = "{kind}"' in source


@pytest.mark.parametrize("name", [name for name in names() if name.startswith("overlays/")])
def test_an_overlay_names_every_image(name: str) -> None:
    for pod in build(name).pods():
        for container in pod.containers():
            image, _, tag = container["image"].partition(":")

            assert "/" in image or image == "postgres"
            assert tag
            assert (tag == "latest") is (container.get("imagePullPolicy") == "Always")


def test_the_cluster_runs_the_servers_that_compose_runs() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    servers = {compose[name]["image"] for name in ("postgres", "redpanda")}
    images = {
        container["image"]
        for pod in build("overlays/local").pods()
        for container in pod.containers()
        if not container["image"].startswith("poi-video-platform/")
    }

    assert images == servers


def test_live_providers_are_all_switched_on_with_the_keys_that_each_service_needs() -> None:
    live = build("components/live-providers")
    (settings,) = (
        config["data"]
        for name, config in live.named("ConfigMap").items()
        if name.startswith("platform-config")
    )
    openai = {settings[name] for name in ("NLP_PROVIDER", "STT_PROVIDER", "VOICE_PROVIDER")}
    keys = {
        pod.of["metadata"]["name"]: {
            each["name"]
            for each in pod.spec["containers"][0].get("env", ())
            if each["name"].endswith("_API_KEY")
        }
        for pod in live.pods()
        if pod.of["kind"] == "Deployment"
    }

    assert (openai, settings["RUNWAY_MODE"]) == ({"openai"}, "live")
    assert keys == {
        "poi-service": set(),
        "asset-service": set(),
        "script-service": {"OPENAI_API_KEY"},
        "transcription-service": {"OPENAI_API_KEY"},
        "render-service": {"OPENAI_API_KEY", "RUNWAY_API_KEY"},
    }
