"""How long a whole cold scan takes, beside importing scikit-learn, and how fast the classifier reads.

Run: python -m benchmarks.cold POLICY [--rounds 5]

Both processes run in turn, `rounds` times, after a round that is not counted:
their bytecode and files are at hand as on the second day after an installation.
The figure is the ratio of their medians in this run. The throughput is that of the classifier alone on the
clauses of POLICY, repeated to a million characters.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import cast

from privacyscan import Scanner
from privacyscan.documents import detect_language, read_source
from privacyscan.models import Language
from privacyscan.scanning.classification import shipped_classifier
from privacyscan.scanning.segmentation import segment

_IMPORT = "import sklearn.linear_model, sklearn.feature_extraction.text"
_CHARACTERS = 1_000_000


def seconds(command: list[str]) -> float:
    """Return how long a process takes, start to end."""
    started = time.perf_counter()
    # Without bytecode of its own, a checkout would be compiled anew in every round.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - started


def main() -> None:
    """Print the ratio and the throughput."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("policy", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    scan = [sys.executable, "-m", "privacyscan", "scan", str(arguments.policy)]
    imports = [sys.executable, "-c", _IMPORT]
    _, *pairs = [(seconds(scan), seconds(imports)) for _ in range(arguments.rounds + 1)]
    scanned, imported = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"cold scan {scanned:.2f} s, importing scikit-learn {imported:.2f} s: ratio {scanned / imported:.2f}")
    document = read_source(str(arguments.policy))
    language = cast(Language, detect_language(document).code)
    lexicon = Scanner(classifier=None).rules.lexicons[language]
    texts = [clause.text for clause in segment(document, lexicon.abbreviations)]
    length = sum(map(len, texts))
    texts *= max(_CHARACTERS // length, 1)
    model = shipped_classifier().model(language)
    model.probabilities(texts)
    started = time.perf_counter()
    model.probabilities(texts)
    spent = time.perf_counter() - started
    print(f"classifier: {sum(map(len, texts)) / spent / 1e6:.1f} million characters a second ({language})")


if __name__ == "__main__":
    main()
