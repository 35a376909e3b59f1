# -- What is deployed, checked without a cluster or a registry ------------------------------

KUSTOMIZE_VERSION := v5.7.1
ACTIONLINT_VERSION := v1.7.12
KEDA_VERSION := v2.19.0
GATEWAY_API_VERSION := v1.4.1

TOOLS := $(CURDIR)/.tools
KUSTOMIZE := $(TOOLS)/bin/kustomize-$(KUSTOMIZE_VERSION)
ACTIONLINT := $(TOOLS)/bin/actionlint-$(ACTIONLINT_VERSION)
CRDS := $(TOOLS)/crds-keda-$(KEDA_VERSION)-gateway-api-$(GATEWAY_API_VERSION)
DEPLOY_BIN := $(TOOLS)/venv/bin
GO := @command -v go > /dev/null || { echo "make lint-deploy needs Go 1.24 or newer" >&2; exit 1; };

$(TOOLS)/venv/.ready: $(UV) uv.lock pyproject.toml
	UV_PROJECT_ENVIRONMENT=$(TOOLS)/venv $(UV) sync --quiet --locked --only-group deploy --python $(PYTHON)
	@touch $@

$(KUSTOMIZE):
	$(GO) GOBIN=$(TOOLS)/bin go install sigs.k8s.io/kustomize/kustomize/v5@$(KUSTOMIZE_VERSION)
	@mv $(TOOLS)/bin/kustomize $@

$(ACTIONLINT):
	$(GO) GOBIN=$(TOOLS)/bin go install github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT_VERSION)
	@mv $(TOOLS)/bin/actionlint $@

# The definitions of the kinds that Kubernetes does not have itself, as their projects publish them.
$(CRDS):
	@mkdir -p $@.new
	$(GO) set -e; cd $@.new; \
	fetch() { go mod download -json "$$1@$$2" | sed -n 's/^\t"Dir": "\(.*\)",$$/\1/p'; }; \
	keda=$$(fetch github.com/kedacore/keda/v2 $(KEDA_VERSION)); \
	gateway_api=$$(fetch sigs.k8s.io/gateway-api $(GATEWAY_API_VERSION)); \
	cp "$$keda"/config/crd/bases/keda.sh_*.yaml .; \
	cp "$$gateway_api"/config/crd/standard/gateway.networking.k8s.io_*.yaml .; \
	chmod u+w ./*.yaml
	@mv $@.new $@

SHELL_SCRIPTS = .ci/run $(wildcard scripts/*.sh)

.PHONY: lint-deploy
lint-deploy: $(TOOLS)/venv/.ready $(KUSTOMIZE) $(ACTIONLINT) $(CRDS) ## Check manifests, images, workflows and scripts; needs Go, no cluster
	$(DEPLOY_BIN)/yamllint --strict .
	$(DEPLOY_BIN)/shellcheck --external-sources $(SHELL_SCRIPTS)
	$(DEPLOY_BIN)/hadolint deploy/docker/Dockerfile deploy/docker/fakes.Dockerfile
	PATH=$(DEPLOY_BIN):$$PATH $(ACTIONLINT)
	$(DEPLOY_BIN)/zizmor --offline --quiet .github
	@if docker compose version > /dev/null 2>&1; then set -x; docker compose config --quiet; \
		docker compose --file docker-compose.yml --file deploy/docker/compose.fakes.yml config --quiet; \
		else echo "docker compose config: skipped, docker is not here"; fi
	KUSTOMIZE=$(KUSTOMIZE) CRDS=$(CRDS) $(DEPLOY_BIN)/pytest -c tests/deploy/pytest.ini tests/deploy
