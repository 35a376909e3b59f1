"""Who may talk to whom, as a network plugin would decide it."""

from collections.abc import Iterator

import pytest
from deploy.builds import Build, Object, Pod, build, selects

PORTS = {
    "poi-service": 8001,
    "asset-service": 8002,
    "script-service": 8003,
    "transcription-service": 8004,
    "render-service": 8005,
    "postgres": 5432,
    "redpanda": 9092,
}

#: Who opens connections to whom, besides those that every service opens to its data.
CALLS = {
    ("script-service", "poi-service"),
    ("script-service", "asset-service"),
    ("transcription-service", "asset-service"),
    ("render-service", "asset-service"),
}


@pytest.fixture
def guarded() -> Build:
    """The platform in one cluster, with the policies."""
    return build("components/network-policies")


def test_every_call_that_is_needed_is_let_through_and_no_other(guarded: Build) -> None:
    for caller in guarded.pods():
        for name, port in PORTS.items():
            called = running(guarded, name)
            wanted = needs(caller, name)

            assert reaches(guarded, caller, called, port) is wanted, f"{caller.name} to {name}"


def test_a_service_has_no_other_port(guarded: Build) -> None:
    script, poi = running(guarded, "script-service"), running(guarded, "poi-service")

    assert not reaches(guarded, script, poi, 9999)


def test_metrics_and_requests_come_from_their_namespaces_alone(guarded: Build) -> None:
    for pod in guarded.pods():
        component = pod.labels["app.kubernetes.io/component"]
        sources = set(namespaces_let_in(guarded, pod))

        assert sources == (
            {"ingress-nginx", "envoy-gateway-system", "monitoring"} if component == "api" else set()
        ), pod.name


def test_every_pod_may_look_names_up_and_nothing_else_outside(guarded: Build) -> None:
    for pod in guarded.pods():
        outside = [
            port["port"]
            for rule in rules(guarded, "egress", pod)
            if any("namespaceSelector" in peer or "ipBlock" in peer for peer in rule["to"])
            for port in rule["ports"]
        ]

        assert outside == [53, 53], pod.name


def test_production_opens_to_the_internet_only_what_stores_files(production: Build) -> None:
    open_to_all = {
        pod.labels["app.kubernetes.io/name"]
        for pod in production.pods()
        for rule in rules(production, "egress", pod)
        for peer in rule["to"]
        if peer.get("ipBlock", {}).get("cidr") == "0.0.0.0/0"
    }

    assert open_to_all == {"asset-service", "render-service"}


def test_every_policy_is_about_somebody(production: Build, guarded: Build) -> None:
    for built in (production, guarded):
        for policy in built.of_kind("NetworkPolicy"):
            about = [
                pod for pod in built.pods() if selects(policy["spec"]["podSelector"], pod.labels)
            ]
            assert about, policy["metadata"]["name"]


def running(built: Build, name: str) -> Pod:
    (pod,) = (
        pod
        for pod in built.pods()
        if pod.of["kind"] != "Job" and pod.of["metadata"]["name"] == name
    )
    return pod


def needs(caller: Pod, called: str) -> bool:
    component = caller.labels["app.kubernetes.io/component"]
    match called:
        case "postgres":
            return component in {"api", "migration", "init-databases"}
        case "redpanda":
            return component in {"api", "create-topics"}
        case _:
            # A service's migration is let call what the service may: it runs the same image.
            return (caller.labels["app.kubernetes.io/name"], called) in CALLS


def reaches(built: Build, caller: Pod, called: Pod, port: int) -> bool:
    named = {
        each["containerPort"]: each["name"]
        for container in called.spec["containers"]
        for each in container["ports"]
    }

    def lets(rule: Object, side: str, other: Pod) -> bool:
        peers = [peer["podSelector"] for peer in rule[side] if "podSelector" in peer]
        ports = {each["port"] for each in rule["ports"]}
        return any(selects(peer, other.labels) for peer in peers) and bool(
            {port, named.get(port)} & ports
        )

    out = any(lets(rule, "to", called) for rule in rules(built, "egress", caller))
    into = any(lets(rule, "from", caller) for rule in rules(built, "ingress", called))
    return out and into


def namespaces_let_in(built: Build, pod: Pod) -> Iterator[str]:
    for rule in rules(built, "ingress", pod):
        for peer in rule["from"]:
            selector = peer.get("namespaceSelector", {})
            yield from selector.get("matchLabels", {}).values()
            for expression in selector.get("matchExpressions", ()):
                yield from expression["values"]


def rules(built: Build, direction: str, pod: Pod) -> Iterator[Object]:
    """The rules that are about a pod; every pod is under a policy, so no rule means no way."""
    policies = [
        policy["spec"]
        for policy in built.of_kind("NetworkPolicy")
        if selects(policy["spec"]["podSelector"], pod.labels)
    ]
    assert any(direction.title() in policy["policyTypes"] for policy in policies)
    for policy in policies:
        yield from policy.get(direction, ())
