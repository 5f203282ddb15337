ARG PYTHON=3.10.13
FROM --platform=$BUILDPLATFORM python:${PYTHON}-slim AS build-amd64
FROM --platform=$BUILDPLATFORM python:${PYTHON}-slim AS build-arm64
FROM build-${TARGETARCH} AS build
RUN --mount=type=bind,from=busybox:1.36.1,target=/bb /bb/bin/true
FROM scratch AS assets
COPY --from=BUILD /out /out
FROM gcr.io/distroless/python3@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
COPY --from=assets /out /out
COPY --from=0 /x /x
ONBUILD RUN pip install extra
