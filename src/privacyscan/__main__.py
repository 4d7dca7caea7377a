"""The program, ``privacyscan`` or ``python -m privacyscan``: sets up the process, then hands over to the commands."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

# Objects between two looks for garbage. A scan makes many that live to its end; Python would look a hundred times.
_OBJECTS_BETWEEN_LOOKS = 200_000


def main() -> NoReturn:
    """Run the command line and end the process."""
    _open_closed_streams()
    # numpy's BLAS would start a thread a processor; nothing here multiplies matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    # Imported here, since numpy reads its settings when it is imported.
    from privacyscan.cli import main as run

    try:
        run()
    except SystemExit as ended:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        # The memory goes with the process; taking apart what it holds would take longer than rendering a report.
        os._exit(ended.code if isinstance(ended.code, int) else 0)


def _open_closed_streams() -> None:
    """Put something in the place of the streams that whoever started the program closed.

    Else the next file or pipe that is opened would take their number, and with it what is written to them. Nothing
    comes from standard input then, and errors go nowhere; but a report that nobody can take is an error.
    """
    for name, access, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, access), mode, encoding="utf-8"))


if __name__ == "__main__":
    main()
