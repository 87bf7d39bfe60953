"""Log-probabilities of many texts that begin alike, each shared token computed once.

Forty proposals for one goal have the prompt in common, and many of them their first tokens too.
The common beginning goes through the model once and leaves its keys and values; what follows is
a tree of tokens, of which one pass rates a few hundred nodes: a node attends to the beginning and
to the nodes on its own path (the mask of X. Miao et al., SpecInfer, arXiv:2305.09781, sect. 4.2).
Nothing is padded, and logits are computed only where a next token is to be rated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NODES = 256
"""Nodes of one pass. More would make attention to other paths, which is thrown away, dearer than
another pass."""


class Tree:
    """Continuations of one beginning, as nodes; parents come before children."""

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.parents: list[int] = []
        """-1: the end of the common beginning."""
        self.depths: list[int] = []
        self._known: dict[tuple[int, int], int] = {}

    def add(self, row: Sequence[int]) -> list[int]:
        """The nodes of a continuation, those that are new being made."""
        path: list[int] = []
        parent = -1
        for depth, token in enumerate(row):
            node = self._known.setdefault((parent, token), len(self.tokens))
            if node == len(self.tokens):
                self.tokens.append(token)
                self.parents.append(parent)
                self.depths.append(depth)
            path.append(node)
            parent = node
        return path


def rate(model: Any, rows: Sequence[list[int]], first: int) -> list[list[float]]:
    """Log-probability of every token of each row from place ``first`` on, given those before it.

    All rows share their first ``first`` ≥ 1 tokens. To be called in inference mode.
    """
    import torch

    device = model.device
    shared = _alike(min(rows), max(rows))
    head = torch.tensor([rows[0][:shared]], device=device)
    done = model(input_ids=head, use_cache=True, logits_to_keep=shared - first + 1)
    plain = done.logits[0].float().log_softmax(-1)
    start = plain[:-1].gather(1, head[0, first:, None])[:, 0].tolist()
    rated = [start] * len(rows)
    order = sorted((i for i in range(len(rows)) if len(rows[i]) > shared), key=lambda i: rows[i])
    at = 0
    while at < len(order):
        tree = Tree()
        paths: dict[int, list[int]] = {}
        while at < len(order) and (not paths or len(tree.tokens) < NODES):
            paths[order[at]] = tree.add(rows[order[at]][shared:])
            at += 1
        values = _values(model, tree, done.past_key_values, plain[-1:], shared)
        for i, path in paths.items():
            rated[i] = start + [values[node] for node in path]
    return rated


def _alike(a: list[int], b: list[int]) -> int:
    """Length of the common beginning; that of the least and the greatest row is that of all."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))


def _values(model: Any, tree: Tree, cache: Any, root: Any, shared: int) -> list[float]:
    """Log-probability of each node after its path; ``root`` are those after the beginning."""
    import torch

    device = model.device
    inner = sorted({p for p in tree.parents if p >= 0})
    logs = root
    if inner:
        reach = inner[-1] + 1  # nodes after the last one that has children are only looked up
        sees = torch.zeros((reach, reach), dtype=torch.bool)
        for node, parent in enumerate(tree.parents[:reach]):
            if parent >= 0:
                sees[node] = sees[parent]
            sees[node, node] = True
        sees = torch.cat([torch.ones((reach, shared), dtype=torch.bool), sees], 1).to(device)
        mask = torch.zeros(sees.shape, dtype=model.dtype, device=device)
        mask.masked_fill_(~sees, torch.finfo(model.dtype).min)
        later = model(
            input_ids=torch.tensor([tree.tokens[:reach]], device=device),
            attention_mask=mask[None, None],
            position_ids=torch.tensor([tree.depths[:reach]], device=device) + shared,
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=torch.tensor(inner, device=device),
        )
        cache.crop(-reach)
        logs = torch.cat([root, later.logits[0].float().log_softmax(-1)])
    row = {-1: 0} | {node: i + 1 for i, node in enumerate(inner)}
    places = torch.tensor([row[p] for p in tree.parents], device=device)
    tokens = torch.tensor(tree.tokens, device=device)
    values: list[float] = logs[places, tokens].tolist()
    return values
