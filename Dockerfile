# The steps are the scripts that `make run` and the checks use, so what is built here is what is tested.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

# Packages of the system, Python packages and the front end change seldom: their own layer, from the lock files.
COPY requirements.txt requirements-dev.txt package.json package-lock.json ./
COPY scripts scripts
COPY send/static/scss send/static/scss
RUN python3 scripts/setup.py && rm -rf node_modules .venv/node /var/lib/apt/lists/* ~/.cache ~/.npm

COPY . .
RUN python3 scripts/image.py \
    && useradd --system --uid 10001 --home-dir /app service \
    && install -d -o service -g service -m 0700 /var/lib/send

USER service
ENV PATH=/app/.venv/bin:$PATH VAR_DIR=/var/lib/send
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "scripts/healthcheck.py"]
CMD ["gunicorn", "send.wsgi", "--config", "scripts/gunicorn.conf.py", "--bind", "0.0.0.0:8000"]
