"""Draws policies at random and prints every affirmed finding of the weightiest practices, to be read by a person.

Run: python -m benchmarks.affirmed --data DIR [--policies 30] [--practices 10] [--seed 2026] [-o FILE]

DIR holds policies/{en,zh}. The answer is JSON: a list of findings with policy,
practice, quote, matched words and section. Whoever reads it judges each one:
does the quote say that the service does this? docs/polarity.md holds the
verdicts of one such reading.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

from privacyscan import Scanner
from privacyscan.models import Polarity, State


def main() -> None:
    """Print the findings as JSON, in the order of the policies' names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--policies", type=int, default=30)
    parser.add_argument("--practices", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("-o", "--output", type=Path)
    arguments = parser.parse_args()
    scanner = Scanner()
    risks = [rule for rule in scanner.rules.rules.values() if rule.polarity is Polarity.RISK]
    weighty = {rule.id for rule in sorted(risks, key=lambda rule: (-rule.weight, rule.id))[: arguments.practices]}
    files = sorted(path for code in ("en", "zh") for path in (arguments.data / "policies" / code).iterdir())
    drawn = sorted(random.Random(arguments.seed).sample(files, min(arguments.policies, len(files))))
    rows = []
    for path in drawn:
        report = scanner.scan_file(path)
        rows += [
            {
                "policy": path.stem,
                "practice": item.practice,
                "words": report.document.text[item.match_start : item.match_end],
                "quote": item.quote,
                "section": list(item.section),
                "confidence": item.confidence,
                "strength": item.strength.value,
                "reasons": [f"{reason.code} {reason.detail}".strip() for reason in item.reasons],
            }
            for item in report.findings
            if item.practice in weighty and item.state is State.AFFIRMED
        ]
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    if arguments.output is None:
        sys.stdout.write(text + "\n")
    else:
        arguments.output.write_text(text + "\n", encoding="utf-8")
    sys.stderr.write(f"{len(drawn)} policies, {len(rows)} affirmed findings of {', '.join(sorted(weighty))}\n")


if __name__ == "__main__":
    main()
