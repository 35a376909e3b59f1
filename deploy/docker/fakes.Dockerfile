# syntax=docker/dockerfile:1
# The fakes of OpenAI and Runway that deploy/docker/compose.fakes.yml puts beside the services. From
# the top of the repository:
#   docker build --file deploy/docker/fakes.Dockerfile .
FROM ghcr.io/astral-sh/uv:0.13.9 AS uv

FROM scratch AS manifests
COPY pyproject.toml uv.lock /
COPY libs/contracts/pyproject.toml /libs/contracts/
COPY libs/common/pyproject.toml /libs/common/
COPY libs/devstack/pyproject.toml /libs/devstack/
COPY services/poi-service/pyproject.toml /services/poi-service/
COPY services/asset-service/pyproject.toml /services/asset-service/
COPY services/script-service/pyproject.toml /services/script-service/
COPY services/transcription-service/pyproject.toml /services/transcription-service/
COPY services/render-service/pyproject.toml /services/render-service/

FROM python:3.12-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PROJECT_ENVIRONMENT=/opt/venv \
    UV_PYTHON_DOWNLOADS=never
RUN --mount=from=uv,source=/uv,target=/bin/uv \
    --mount=from=manifests,target=/workspace \
    --mount=type=cache,target=/root/.cache/uv \
    uv sync --project /workspace --locked --only-group fakes
WORKDIR /app
COPY libs/devstack/devstack devstack
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin app \
    && chmod -R a+rX .
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --start-interval=1s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; [urlopen(f'http://127.0.0.1:{port}/_fake/requests') for port in (9901, 9902)]"]
ENTRYPOINT ["python", "-m", "devstack.fakes", "--port", "9901"]
