# -- In a cluster: the one of kubectl's current context (docs/kubernetes.md) ----------------

OVERLAY ?= dev
NAMESPACE := poi-video-platform
KUBECTL := kubectl --namespace $(NAMESPACE)

.PHONY: k8s-up
k8s-up: ## Deploy to the current cluster, and wait until all is ready (OVERLAY=dev|local|production)
	$(KUBECTL) delete jobs --all --ignore-not-found
	kubectl apply --server-side --kustomize deploy/k8s/overlays/$(OVERLAY)
	@$(KUBECTL) wait --for=condition=Complete jobs --all --timeout=10m
	@$(KUBECTL) rollout status deployments --timeout=10m

.PHONY: k8s-down
k8s-down: ## Remove everything from the cluster but what has been stored (OVERLAY=…)
	kubectl kustomize deploy/k8s/overlays/$(OVERLAY) | kubectl delete --filename - \
		--selector '!poi-video-platform/keeps-data' --ignore-not-found

.PHONY: k8s-logs
k8s-logs: ## Follow the logs of a service's pods (SERVICE=render-service)
	@[ -n "$(SERVICE)" ] || { echo "usage: make k8s-logs SERVICE=render-service" >&2; exit 2; }
	$(KUBECTL) logs --selector app.kubernetes.io/name=$(SERVICE) --all-containers --prefix \
		--follow --tail 100 --max-log-requests 40

.PHONY: k8s-port-forward
k8s-port-forward: ## Reach a service on this machine (SERVICE=poi-service PORT=8001)
	@[ -n "$(SERVICE)" ] && [ -n "$(PORT)" ] \
		|| { echo "usage: make k8s-port-forward SERVICE=poi-service PORT=8001" >&2; exit 2; }
	$(KUBECTL) port-forward service/$(SERVICE) $(PORT):http

.PHONY: e2e-k8s
e2e-k8s: ## The Karate suite against the current cluster
	@scripts/with-k8s-services.sh $(MAKE) --no-print-directory e2e
