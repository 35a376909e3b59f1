# -- In containers, on this machine (docs/docker.md) ----------------------------------------

# With FAKE_PROVIDERS=true, what can be bought is bought from fakes (docs/providers.md).
COMPOSE := docker compose $(if $(FAKE_PROVIDERS),--file docker-compose.yml --file deploy/docker/compose.fakes.yml)
IMAGES := $(addsuffix -service,$(SERVICES))

.PHONY: build
build: ## Build the images (SERVICE=poi-service for one)
	$(COMPOSE) build $(SERVICE)

.PHONY: up
up: ## Build and start the platform in containers; returns once all of it is ready (FAKE_PROVIDERS=true)
	@$(COMPOSE) up --detach --build --remove-orphans --wait --wait-timeout 300 \
		|| { $(COMPOSE) logs --tail 5 $$($(COMPOSE) ps --all --format '{{.Service}} {{.ExitCode}} {{.Health}}' \
			| awk '$$2 > 0 || $$3 == "unhealthy" {print $$1}'); exit 1; }
	@$(COMPOSE) ps --format '{{.Service}} {{.Ports}}' | sort | awk \
		'match($$0, /127\.0\.0\.1:[0-9]+/) { \
			address = substr($$0, RSTART, RLENGTH); sub("127.0.0.1", "localhost", address); sub("-fakes", "", $$1); \
			printf "%-22s %s\n", $$1, ($$1 ~ /-service/) ? "http://" address "/docs" : address }'

.PHONY: down
down: ## Stop the containers; what they have stored stays
	$(COMPOSE) down --remove-orphans

.PHONY: down-v
down-v: ## Stop the containers and delete what they have stored
	$(COMPOSE) down --remove-orphans --volumes

FOLLOW ?= yes

.PHONY: logs
logs: ## Follow the containers' logs (SERVICE=render-service for one; FOLLOW= prints them all and ends)
	$(COMPOSE) logs $(if $(FOLLOW),--follow --tail 100) $(SERVICE)

.PHONY: ps
ps: ## The containers, and how they are
	@$(COMPOSE) ps --all

.PHONY: scale
scale: ## Run N processes of a service: SERVICE=render-service N=3
	@[[ " $(IMAGES) " == *" $(SERVICE) "* && "$(N)" =~ ^[1-9][0-9]*$$ ]] \
		|| { echo "usage: make scale SERVICE=render-service N=3" >&2; exit 2; }
	$(COMPOSE) up --detach --wait --no-deps --no-recreate --scale $(SERVICE)-replica=$$(($(N) - 1)) \
		$(SERVICE) $(SERVICE)-replica

.PHONY: smoke-test
smoke-test: ## Check that a running platform works: the five services, one thing made with each
	@scripts/smoke-test.sh

.PHONY: seed
seed: ## Register the sample villa on a running platform and order its film
	@scripts/seed.sh
