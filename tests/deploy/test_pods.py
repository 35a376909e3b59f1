"""What holds for every pod, whatever it runs."""

from deploy.builds import Build, Pod

#: Seconds in which a service ends after SIGTERM (docs/architecture.md).
STOPS_WITHIN_S = 30


def test_every_pod_is_confined(built: Build) -> None:
    for pod in built.pods():
        of_pod = pod.spec["securityContext"]
        assert of_pod["runAsNonRoot"] is True, pod.name
        assert of_pod["runAsUser"] > 0, pod.name
        assert of_pod["seccompProfile"] == {"type": "RuntimeDefault"}, pod.name
        for container in pod.containers():
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, (pod.name, container["name"])


def test_no_pod_can_talk_to_the_cluster(built: Build) -> None:
    for pod in built.pods():
        assert pod.spec["automountServiceAccountToken"] is False, pod.name


def test_no_pod_has_settings_that_a_service_name_made_up(built: Build) -> None:
    for pod in built.pods():
        assert pod.spec["enableServiceLinks"] is False, pod.name


def test_every_container_says_what_it_needs(built: Build) -> None:
    for pod in built.pods():
        for container in pod.containers():
            resources = container["resources"]
            assert resources["requests"].keys() == {"cpu", "memory"}, (pod.name, container["name"])
            assert resources["limits"].keys() == {"cpu", "memory"}, (pod.name, container["name"])


def test_scratch_space_has_an_end(built: Build) -> None:
    for pod in built.pods():
        for volume in pod.spec["volumes"]:
            assert "emptyDir" not in volume or volume["emptyDir"]["sizeLimit"], pod.name


def test_a_service_has_the_time_to_hand_back_what_it_does(built: Build) -> None:
    for pod in services(built):
        (container,) = pod.spec["containers"]
        leaving_s = container["lifecycle"]["preStop"]["sleep"]["seconds"]

        assert pod.spec["terminationGracePeriodSeconds"] > leaving_s + STOPS_WITHIN_S, pod.name


def test_a_service_waits_for_its_migrations(built: Build) -> None:
    migrations = {
        pod.labels["app.kubernetes.io/name"]: pod
        for pod in built.pods()
        if pod.labels["app.kubernetes.io/component"] == "migration"
    }
    for pod in services(built):
        migrate = migrations[pod.labels["app.kubernetes.io/name"]]
        (waiting,) = pod.spec["initContainers"]
        images = {each["image"] for each in [*pod.containers(), *migrate.containers()]}

        assert waiting["args"] == ["wait-migrated"], pod.name
        assert len(images) == 1, f"{pod.name} and its migrations are of different releases"


def test_a_service_does_not_know_the_password_of_an_owner_or_of_another(built: Build) -> None:
    for pod in services(built):
        name = pod.labels["app.kubernetes.io/name"].removesuffix("-service")
        for container in pod.containers():
            env = {each["name"]: each for each in container["env"]}
            secret = env["POSTGRES_PASSWORD"]["valueFrom"]["secretKeyRef"]
            whole = [each.get("secretRef", {}).get("name") for each in container["envFrom"]]

            assert env["POSTGRES_USER"]["value"] == f"{name}_app", pod.name
            assert secret["key"] == f"{name.upper()}_DB_PASSWORD", pod.name
            assert "database-passwords" not in whole, pod.name


def test_the_probes_are_those_that_were_promised(built: Build) -> None:
    for pod in services(built):
        (container,) = pod.spec["containers"]
        live, ready = container["livenessProbe"], container["readinessProbe"]

        assert live["httpGet"]["path"] == "/healthz"
        assert (live["initialDelaySeconds"], live["periodSeconds"]) == (10, 10)
        assert ready["httpGet"]["path"] == "/readyz"
        assert (ready["initialDelaySeconds"], ready["periodSeconds"]) == (5, 5)


def services(built: Build) -> list[Pod]:
    found = [
        pod
        for pod in built.pods()
        if pod.labels["app.kubernetes.io/component"] in {"api", "worker"}
    ]
    assert len(found) >= 5
    return found
