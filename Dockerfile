# The product without the sandbox's data and without secrets; one image for web, worker, beat and migrate.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements/installer.txt requirements/base.txt requirements/
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/installer.txt \
 && VIRTUAL_ENV=/venv /venv/bin/uv pip sync --no-cache --compile-bytecode --require-hashes requirements/base.txt
# The optional parts, by name: --build-arg EXTRAS="voice telemetry".
ARG EXTRAS=""
COPY requirements requirements
RUN for extra in $EXTRAS; do \
      VIRTUAL_ENV=/venv /venv/bin/uv pip install --no-cache --compile-bytecode \
        -r "requirements/$extra.in" -c requirements/base.txt || exit 1; \
    done
COPY . .
RUN /venv/bin/python -m frontdesk.words compile
# With both URLs set manage.py starts no servers and writes no development secrets into the image.
RUN DATABASE_URL=postgres://build@127.0.0.1:1/build REDIS_URL=redis://127.0.0.1:1/0 SECRET_KEY=build \
    STATIC_BUILT=true /venv/bin/python manage.py collectstatic --noinput

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent frontdesk \
 && install -d -o frontdesk -g frontdesk /media
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LOG_JSON=true MEDIA_ROOT=/media \
    STATIC_BUILT=true
USER frontdesk
EXPOSE 8000
CMD ["uvicorn", "frontdesk.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--timeout-graceful-shutdown", "2", "--no-access-log", "--proxy-headers", "--forwarded-allow-ips", "*"]
