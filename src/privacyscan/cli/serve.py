"""The command `serve`: the page on this computer, or for others."""

from __future__ import annotations

from typing import Annotated

import typer

from privacyscan.cli.output import fail, note

# Requests at once, before the server itself answers 503; a scan's own queue is far shorter.
_CONNECTIONS = 100
_GRACE_SECONDS = 5


def serve_command(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; the default is reached from this computer alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="Processes that scan.", min=1, max=64)] = 2,
    fetch: Annotated[
        bool | None,
        typer.Option(
            "--fetch/--no-fetch",
            help="Read policies from addresses too. Default: only for those who sit at this computer.",
            show_default=False,
        ),
    ] = None,
) -> None:
    r"""Open the page to paste policies into, and the HTTP API (needs privacyscan\[web])."""
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
