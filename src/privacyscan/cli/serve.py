"""The command `serve`: the page on this computer, or for others."""

from __future__ import annotations

import click

from privacyscan.cli.output import fail, note

# Requests at once, before the server itself answers 503; a scan's own queue is far shorter.
_CONNECTIONS = 100
_GRACE_SECONDS = 5


@click.command(name="serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; the default is reached from this computer alone.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that scan.")
@click.option(
    "--fetch/--no-fetch",
    default=None,
    help="Read policies from addresses too. Default: only for those who sit at this computer.",
)
def serve_command(host: str, port: int, workers: int, fetch: bool | None) -> None:
    """Open the page to paste policies into (needs privacyscan[web]).

    It serves the HTTP API too.
    """
    try:
        import python_multipart  # noqa: F401 - forms need it, and would find out only at the first one
        import uvicorn

        from privacyscan.web.app import create_app
        from privacyscan.web.locality import is_loopback
        from privacyscan.web.settings import Settings
    except ImportError:
        fail("the page needs FastAPI and uvicorn: install privacyscan with its extra, pip install 'privacyscan[web]'")
    app = create_app(Settings(local=is_loopback(host), workers=workers, fetch=fetch))
    note(f"privacyscan: open http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops it)")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        # Addresses hold what was searched for, and who asked.
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
