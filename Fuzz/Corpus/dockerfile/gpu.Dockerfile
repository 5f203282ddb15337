# syntax=docker/dockerfile:1.7
# A training image as teams write them: one base pinned, one floating, installs of every kind.
ARG CUDA=12.1.1
ARG UBUNTU
FROM nvidia/cuda:${CUDA}-cudnn8-runtime-ubuntu22.04 AS base
ARG TORCH=2.1.0
ENV DEBIAN_FRONTEND=noninteractive \
    # comments may stand inside
    PIP_NO_CACHE_DIR=1

RUN apt-get update && apt-get install -y --no-install-recommends \
      git \
      curl=7.88.1-10+deb12u5 \
    && rm -rf /var/lib/apt/lists/*
RUN curl -LsSf https://example.com/uv/install.sh | sh
COPY --from=ghcr.io/astral-sh/uv:latest /uv /usr/local/bin/
COPY requirements.txt /tmp/
RUN --mount=type=cache,target=/root/.cache \
    pip install --index-url https://example.com/whl/cu121 torch==${TORCH}+cu121 \
      "transformers>=4.38,<5" accelerate \
    && pip install -r /tmp/requirements.txt

FROM base AS train
RUN <<EOF
set -e
conda install -y -c conda-forge faiss-gpu=1.7.4 mkl==2023.1.0
pip install -e .
EOF
ADD https://example.com/weights.bin /models/
CMD ["python", "train.py"]
