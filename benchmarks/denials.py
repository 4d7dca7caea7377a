"""How well the classifier tells, of sentences with a "not" in them, which deny the practice they speak of.

Run: python -m benchmarks.denials

On the seeds, cross-validated by groups of similar clauses: a row a language, with the share of such clauses that
deny, the area under the ROC curve, and what share of the answers is right that affirm, deny, or stay unsure.
"""

from __future__ import annotations

import numpy as np
from sklearn.metrics import roc_auc_score

from privacyscan import load_rules
from privacyscan.learning.seeds import LANGUAGES, read_seeds, read_thesaurus
from privacyscan.learning.training import denials_of, fit, labels_of
from privacyscan.resources import data_dir
from privacyscan.scanning.folding import fold
from privacyscan.scanning.grammar import Grammar
from privacyscan.scanning.word_order import read


def main() -> None:
    """Print the table."""
    rules, folder = load_rules(), data_dir("seeds")
    practices, fusion = tuple(rules.rules), rules.scoring.fusion
    print("| language | clauses | deny | area | affirm: right | deny: right | unsure |\n|---|---|---|---|---|---|---|")
    for language in LANGUAGES:
        grammar = Grammar(rules.lexicons[language])
        seeds = read_seeds(folder, language, practices)
        texts, labels, denied = [seed.text for seed in seeds], labels_of(seeds, practices), denials_of(seeds, practices)
        fitted = fit(texts, labels, denied, read_thesaurus(folder, language))
        holding = np.array([bool(read(grammar, fold(text)).negations) for text in texts])
        asked = labels & holding[:, None]
        truth, likely = denied[asked], fitted.held_out_denials[asked]
        affirm, deny = likely < fusion.affirms, likely >= fusion.denies
        print(
            f"| {language} | {len(truth)} | {truth.mean():.2f} | {roc_auc_score(truth, likely):.2f} "
            f"| {(affirm & ~truth).sum()} of {affirm.sum()} | {(deny & truth).sum()} of {deny.sum()} "
            f"| {(~affirm & ~deny).sum()} |"
        )


if __name__ == "__main__":
    main()
