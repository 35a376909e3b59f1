# -- Images for others ----------------------------------------------------------------------

PLATFORMS ?= linux/amd64,linux/arm64

.PHONY: publish
publish: ## Build a service's image for all PLATFORMS and push it (SERVICE=poi-service REGISTRY=ghcr.io/owner)
	@[ -n "$(SERVICE)" ] && [ -n "$(REGISTRY)" ] \
		|| { echo "usage: make publish SERVICE=poi-service REGISTRY=ghcr.io/owner" >&2; exit 2; }
	registry="$(REGISTRY)"; image="$${registry,,}/poi-video-platform/$(SERVICE)"; \
	revision=$$(git rev-parse HEAD); \
	docker buildx build --file deploy/docker/Dockerfile --platform $(PLATFORMS) --push \
		--build-arg SERVICE=$(SERVICE) --build-arg REVISION=$$revision --build-arg SOURCE="$(SOURCE)" \
		--provenance mode=max --sbom true \
		--cache-from type=registry,ref=$$image:buildcache \
		--cache-to type=registry,ref=$$image:buildcache,mode=max \
		--tag $$image:sha-$${revision::7} --tag $$image:latest .
