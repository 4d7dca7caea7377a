FROM python:3.11-slim
WORKDIR /app
COPY . /src
RUN pip install --no-cache-dir "/src[web,documents]" && rm -rf /src \
    && useradd --system --uid 10001 --no-create-home privacyscan
USER 10001
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["privacyscan", "serve", "--host", "0.0.0.0", "--port", "8000"]
