FROM python:3.11-slim
WORKDIR /app
COPY . /src
RUN pip install --no-cache-dir "/src[web,documents]" && rm -rf /src \
    && useradd --system --no-create-home privacyscan
USER privacyscan
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["privacyscan", "serve", "--host", "0.0.0.0", "--port", "8000"]
