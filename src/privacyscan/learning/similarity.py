"""How alike clauses are: Jaccard similarity of their character trigrams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

# From here on two clauses are one clause, written twice.
NEAR_DUPLICATE = 0.8
# From here on they are kept on the same side of a cross-validation split.
_ALIKE = 0.5
_GRAM = 3
# So many texts are compared at once.
_TOGETHER = 256


def similar_pairs(texts: Sequence[str], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of texts, by index, whose similarity is ``threshold`` or more.

    The longer of two such texts has at most ``1 / threshold`` times the
    trigrams of the shorter, so each is compared only with the next longer ones.
    """
    matrix = _trigrams(texts)
    order = np.argsort(np.diff(matrix.indptr), kind="stable")
    matrix = matrix[order]
    sizes = np.diff(matrix.indptr)
    for start in range(0, len(texts), _TOGETHER):
        some = sizes[start : start + _TOGETHER]
        end = np.searchsorted(sizes, some[-1] / threshold, side="right")
        shared = sparse.triu(matrix[start : start + _TOGETHER] @ matrix[start:end].T, k=1).tocoo()
        union = some[shared.row] + sizes[start + shared.col] - shared.data
        similarity = shared.data / np.maximum(union, 1)
        for index in np.flatnonzero(similarity >= threshold):
            first, second = sorted((int(order[start + shared.row[index]]), int(order[start + shared.col[index]])))
            yield first, second, float(similarity[index])


def groups_of(texts: Sequence[str]) -> NDArray[Any]:
    """Return a group number for each text; texts alike share one."""
    pairs = [(first, second) for first, second, _ in similar_pairs(texts, _ALIKE)]
    first, second = zip(*pairs, strict=True) if pairs else ((), ())
    links = sparse.csr_matrix((np.ones(len(pairs)), (first, second)), shape=(len(texts), len(texts)))
    labels: NDArray[Any] = connected_components(links, directed=False)[1]
    return labels


def _trigrams(texts: Sequence[str]) -> sparse.csr_matrix:
    columns: dict[str, int] = {}
    indices: list[int] = []
    ends = [0]
    for text in texts:
        plain = " ".join(text.casefold().split())
        grams = {plain[at : at + _GRAM] for at in range(max(len(plain) - _GRAM + 1, 1))}
        indices += [columns.setdefault(gram, len(columns)) for gram in sorted(grams)]
        ends.append(len(indices))
    return sparse.csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(texts), len(columns)))
