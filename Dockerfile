# syntax=docker/dockerfile:1

FROM python:3.11-slim AS build
WORKDIR /src
COPY . .
RUN scripts/install --no-editable /opt/hoopoe

FROM python:3.11-slim
# Charts write Chinese, Japanese and Korean names with it.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --create-home hoopoe
COPY --from=build /opt/hoopoe /opt/hoopoe
ENV PATH=/opt/hoopoe/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite+aiosqlite:////data/hoopoe.sqlite3 \
    MPLCONFIGDIR=/tmp/matplotlib
USER hoopoe
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 CMD ["hoopoe", "status"]
CMD ["hoopoe", "run"]
