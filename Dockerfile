# The bot as an image: pinned versions, a user of its own, nothing to write but the data.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_CONSTRAINT=/build/constraints.txt
WORKDIR /build
COPY constraints.txt pyproject.toml README.md LICENSE ./
# What the bot needs, without the bot: a change of ours fetches nothing anew.
RUN pip install setuptools \
    && python -c "import tomllib; found = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(*found['dependencies'], *found['optional-dependencies']['postgres'], sep='\n')" > needed.txt \
    && pip wheel --no-build-isolation --wheel-dir /wheels --requirement needed.txt
COPY bot bot
COPY content content
COPY model model
# From here on nothing comes from the network. Content and what was learnt from it come along in the wheel.
RUN pip wheel --no-build-isolation --no-deps --wheel-dir /wheels . \
    && python -m venv --without-pip /opt/bot \
    && pip --python /opt/bot/bin/python install --no-index --find-links /wheels 'crawling-bot[postgres]'
WORKDIR /app
RUN /opt/bot/bin/crawling-bot check --shipped \
    && mkdir data && chmod -R a+rX . /opt/bot

FROM python:3.11-slim
ENV PATH=/opt/bot/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/tmp
WORKDIR /app
COPY --from=build /opt/bot /opt/bot
COPY --from=build --chown=10001:10001 /app/data data
USER 10001:10001
VOLUME /app/data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f\"http://127.0.0.1:{os.environ.get('METRICS_PORT') or 9464}/healthz\", timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
