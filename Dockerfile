# syntax=docker/dockerfile:1
FROM node:22.19-slim AS page
WORKDIR /page
COPY dashboard/package.json dashboard/package-lock.json dashboard/.npmrc ./
RUN npm ci
COPY dashboard ./
RUN npm run build

FROM python:3.12-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /src
RUN python -m venv /opt/recado
COPY requirements.lock ./
RUN /opt/recado/bin/pip install --require-hashes -r requirements.lock
# The build tool, at the version and hash that the lock file of development has.
COPY requirements-dev.lock ./
RUN awk '/^setuptools==/ {on = 1} on {print} on && !/\\$/ {exit}' requirements-dev.lock > build.lock \
    && pip install --require-hashes -r build.lock
COPY pyproject.toml README.md LICENSE ./
COPY domain domain
COPY prompts prompts
COPY tools tools
COPY graph graph
COPY nodes nodes
COPY server server
COPY sandbox sandbox
COPY evals evals
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/recado/bin/pip install --no-deps /wheels/*.whl

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 recado && install -d -o recado -g recado /data
COPY --from=build /opt/recado /opt/recado
# Beside the server's own package, where it looks for the page.
COPY --from=page /page/dist /opt/recado/lib/python3.12/site-packages/dashboard/dist
ENV PATH=/opt/recado/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LANGGRAPH_STRICT_MSGPACK=true \
    RECADO_DATA_DIR=/data \
    RECADO_HOST=0.0.0.0
USER recado
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["recado", "serve"]
