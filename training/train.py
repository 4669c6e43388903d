"""Training: both heads through the encoder, held near the original on everyday talk.

Sum of the two heads' cross-entropies, of a third head's over everyday intents, and of the distance between the
vectors of everyday lines and those of the original weights, so that other subjects are served too. AdamW
(Loshchilov and Hutter, 2019), linear warm-up and decay; what is kept is the moving average of the weights.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.bert import Bert, original
from training.lines import NO_INTENT, Everyday, Line, as_typed, with_everyday

FIXED = ("embeddings", "encoder.layer.0.")  # parts of the network that stay as they are


@dataclass(frozen=True)
class Plan:
    """How to train. Rates are per step at their highest; `pieces` are those of one batch, filling included."""

    seed: int = 1
    rounds: float = 3
    rate: float = 2e-4
    head_rate: float = 2e-3
    warm_up: int = 100
    pieces: int = 1800
    longest: int = 256
    smoothing: float = 0.02
    dropout: float = 0.1
    nearness: float = 2.0
    intents: float = 0.5
    everyday_batch: int = 32
    average: float = 0.998
    checkpoint_every: int = 200


@dataclass
class State:
    """What a run needs to go on where it was: networks, optimiser, averages, and the steps done."""

    bert: Bert
    heads: nn.ModuleDict
    optimiser: torch.optim.Optimizer
    averages: list[Tensor] = field(default_factory=list)
    step: int = 0
    round: int = 0
    batch: int = 0  # of the round

    @property
    def trained(self) -> list[Tensor]:
        return [each for each in (*self.bert.parameters(), *self.heads.parameters()) if each.requires_grad]


Progress = Callable[[int, int, float], None]  # steps done, steps in all, the loss


class Trainer:
    """One run. Deterministic by the plan's seed on the same machine and number of threads."""

    def __init__(self, lines: Sequence[Line], everyday: Everyday, tokenizer: Tokenizer, plan: Plan) -> None:
        torch.manual_seed(plan.seed)
        self.plan = plan
        self._chance = random.Random(plan.seed)  # noqa: S311 - the same lines every time, not secrets
        self._lines = with_everyday(lines, everyday, self._chance)
        self._everyday = everyday
        self._tokenizer = tokenizer
        self._answers = _numbers(line.answer for line in self._lines)
        self._dangers = _numbers(line.danger for line in self._lines)
        self._intents = _numbers(intent for intent in everyday.intents if intent != NO_INTENT)
        self.state = self._new_state()
        self._originals = self._vectors_of(everyday.texts)

    def run(self, checkpoint: Path, progress: Progress) -> Bert:
        """Train to the end, from the checkpoint where there is one; the averaged network, ready to be used."""
        self._resume(checkpoint)
        state, plan = self.state, self.plan
        total = round(plan.rounds * len(self._round(0)[1]))
        while state.step < total:
            encoded, batches = self._round(state.round)
            for batch in batches[state.batch :]:
                if state.step >= total:
                    break
                loss = self._learn([encoded[at] for at in batch], batch, total)
                state.batch += 1
                progress(state.step, total, loss)
                if state.step % plan.checkpoint_every == 0:
                    self._save(checkpoint)
            state.round, state.batch = state.round + 1, 0
        return self._averaged()

    def _round(self, number: int) -> tuple[list[list[int]], list[list[int]]]:
        """The lines as typed in a round, in pieces, and its batches: by its number alone, so that a run can go on."""
        chance = random.Random(f"{self.plan.seed} {number}")  # noqa: S311
        encoded = self._encoded(chance)
        return encoded, self._batches(encoded, chance)

    def _new_state(self) -> State:
        bert = original(self.plan.dropout)
        for name, weight in bert.named_parameters():
            weight.requires_grad = not name.startswith(FIXED)
        sizes = {"answers": len(self._answers), "dangers": len(self._dangers), "intents": len(self._intents)}
        heads = nn.ModuleDict({name: nn.Linear(bert.shape.width, max(1, size)) for name, size in sizes.items()})
        for head in heads.values():
            nn.init.normal_(head.weight, std=0.02)  # type: ignore[arg-type]  # torch types a Linear's weight loosely
            nn.init.zeros_(head.bias)  # type: ignore[arg-type]
        body = [weight for weight in bert.parameters() if weight.requires_grad]
        groups = [{"params": body, "lr": self.plan.rate}, {"params": heads.parameters(), "lr": self.plan.head_rate}]
        state = State(bert, heads, torch.optim.AdamW(groups, weight_decay=0.01))
        state.averages = [weight.detach().clone() for weight in state.trained]
        return state

    def _learn(self, pieces: Sequence[Sequence[int]], batch: Sequence[int], total: int) -> float:
        plan, state = self.plan, self.state
        share = min(1.0, (state.step + 1) / plan.warm_up) * (1 - state.step / total)
        for group, highest in zip(state.optimiser.param_groups, (plan.rate, plan.head_rate), strict=True):
            group["lr"] = highest * share
        state.bert.train()
        loss = self._loss_of_lines(pieces, [self._lines[at] for at in batch])
        if state.step % 2 == 0 and self._everyday.texts:
            loss = loss + self._loss_of_everyday()
        state.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(state.bert.parameters(), 1.0)
        state.optimiser.step()
        with torch.no_grad():
            # A short average at first: early weights should be forgotten soon.
            kept = min(plan.average, (1 + state.step) / (10 + state.step))
            torch._foreach_lerp_(state.averages, [weight.detach() for weight in state.trained], 1 - kept)
        state.step += 1
        return float(loss.detach())

    def _loss_of_lines(self, pieces: Sequence[Sequence[int]], lines: Sequence[Line]) -> Tensor:
        plan, heads = self.plan, self.state.heads
        vectors = functional.dropout(self._read(pieces), plan.dropout)
        dangers = torch.tensor([self._dangers[line.danger] for line in lines])
        loss = functional.cross_entropy(heads["dangers"](vectors), dangers, label_smoothing=plan.smoothing)
        known = [at for at, line in enumerate(lines) if line.answer is not None]
        if known:
            answers = torch.tensor([self._answers[lines[at].answer] for at in known])
            scores = heads["answers"](vectors[known])
            found = functional.cross_entropy(scores, answers, label_smoothing=plan.smoothing)
            loss = loss + found * len(known) / len(lines)
        return loss

    def _loss_of_everyday(self) -> Tensor:
        plan, texts = self.plan, self._everyday.texts
        first = self.state.step // 2 * plan.everyday_batch
        chosen = [at % len(texts) for at in range(first, first + plan.everyday_batch)]
        vectors = self._read([self._pieces(texts[at]) for at in chosen])
        loss = plan.nearness * (1 - functional.cosine_similarity(vectors, self._originals[chosen])).mean()
        known = [row for row, at in enumerate(chosen) if self._everyday.intents[at] in self._intents]
        if known:
            wanted = torch.tensor([self._intents[self._everyday.intents[chosen[row]]] for row in known])
            scores = self.state.heads["intents"](functional.dropout(vectors[known], plan.dropout))
            loss = loss + plan.intents * functional.cross_entropy(scores, wanted, label_smoothing=0.1)
        return loss

    def _read(self, pieces: Sequence[Sequence[int]]) -> Tensor:
        """Vectors; the network's products are taken in half precision, twice as fast where a processor has it."""
        with torch.autocast("cpu", torch.bfloat16):
            vectors: Tensor = self.state.bert(*_padded(pieces))
        return vectors.float()

    def _encoded(self, chance: random.Random) -> list[list[int]]:
        found = self._tokenizer.encode_batch(as_typed(self._lines, chance))
        return [each.ids[: self.plan.longest] for each in found]

    def _pieces(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text).ids[: self.plan.longest])

    def _batches(self, encoded: Sequence[Sequence[int]], chance: random.Random) -> list[list[int]]:
        """Lines of like length together, otherwise in an order by chance; as many as the plan's pieces hold."""
        order = sorted(range(len(encoded)), key=lambda at: (len(encoded[at]), chance.random()))
        batches: list[list[int]] = [[]]
        for at in order:
            if batches[-1] and (len(batches[-1]) + 1) * len(encoded[at]) > self.plan.pieces:
                batches.append([])
            batches[-1].append(at)
        chance.shuffle(batches)
        return batches

    def _vectors_of(self, texts: Sequence[str]) -> Tensor:
        """The original network's vectors."""
        self.state.bert.eval()
        with torch.inference_mode():
            parts = [self.state.bert(*_padded([self._pieces(text) for text in part])) for part in _parts(texts, 64)]
        return torch.cat(parts).clone() if parts else torch.zeros(0, self.state.bert.shape.width)

    def _averaged(self) -> Bert:
        with torch.no_grad():
            for weight, average in zip(self.state.trained, self.state.averages, strict=True):
                weight.copy_(average)
        return self.state.bert.eval()

    def _save(self, path: Path) -> None:
        state = self.state
        torch.save(
            {
                "bert": state.bert.state_dict(),
                "heads": state.heads.state_dict(),
                "optimiser": state.optimiser.state_dict(),
                "averages": state.averages,
                "step": state.step,
                "round": state.round,
                "batch": state.batch,
                "chance": torch.get_rng_state(),
            },
            path,
        )

    def _resume(self, path: Path) -> None:
        if not path.exists():
            return
        kept, state = torch.load(path, weights_only=True), self.state
        state.bert.load_state_dict(kept["bert"])
        state.heads.load_state_dict(kept["heads"])
        state.optimiser.load_state_dict(kept["optimiser"])
        state.averages, state.step = kept["averages"], kept["step"]
        state.round, state.batch = kept["round"], kept["batch"]
        torch.set_rng_state(kept["chance"])


def _numbers(names: Iterator[str | None] | Sequence[str | None]) -> dict[str | None, int]:
    """A number for each name but None, in the order of the alphabet."""
    known = sorted({name for name in names if name is not None})
    return {name: number for number, name in enumerate(known)}


def _padded(pieces: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Pieces and where they are, each (texts, longest)."""
    longest = max(map(len, pieces))
    filled = torch.zeros(len(pieces), longest, dtype=torch.long)
    seen = torch.zeros(len(pieces), longest)
    for row, part in enumerate(pieces):
        filled[row, : len(part)] = torch.tensor(part)
        seen[row, : len(part)] = 1
    return filled, seen


def _parts(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]
