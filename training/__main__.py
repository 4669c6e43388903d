"""`python -m training`: makes `model/` anew from the content. Takes an hour or so on two cores."""

import datetime
import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.content import ContentError, load_content
from bot.operation.model_store import SHIPPED
from bot.understanding.encoder import NETWORK, TOKENIZER
from training.bert import SHA_256, Bert, original_tokenizer
from training.exactness import Exactness, compare
from training.lines import lines_of, read_everyday
from training.network import quantise, write
from training.train import Plan, Trainer

CHECKPOINT, FULL, MADE = "checkpoint.pt", "encoder-full.onnx", "made.json"
CHECKED_EVERY = 20  # one line of so many is read with int8 and in full precision


def main(
    content: Annotated[Path, typer.Option(help="The content folder whose wordings are learnt.")] = Path("content/en"),
    everyday: Annotated[
        list[Path] | None,
        typer.Option(help="Public sets of everyday talk (JSON): keep other subjects apart, and are outside here."),
    ] = None,
    work: Annotated[Path, typer.Option(help="Where checkpoints are kept; a run goes on from there.")] = Path(
        "data/training"
    ),
    seed: Annotated[int, typer.Option(help="The same seed, content and machine give the same weights.")] = 1,
    rounds: Annotated[float, typer.Option(help="How often each wording is seen.")] = 3,
) -> None:
    """Train the encoder, write it to model/, and say how it differs from full precision.

    Afterwards `python -m bot check --ship` learns the content with it, and `python -m bot evaluate FILE` measures both.
    """
    work.mkdir(parents=True, exist_ok=True)
    try:
        lines = lines_of(load_content(content))
        talk = read_everyday(everyday or [], random.Random(seed))  # noqa: S311 - the same order every time
    except (ContentError, OSError, ValueError) as error:
        raise SystemExit(str(error)) from error
    trainer = Trainer(lines, talk, original_tokenizer(), Plan(seed=seed, rounds=rounds))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("training")

        def progress(done: int, total: int, loss: float) -> None:
            bar.update(task, completed=done, total=total, description=f"training, loss {loss:.2f}")

        bert = trainer.run(work / CHECKPOINT, progress)
    found = _ship(bert, trainer, [line.text for line in lines][::CHECKED_EVERY], work / FULL)
    made = {
        "made": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "base": f"all-MiniLM-L6-v2, model.safetensors with SHA-256 {SHA_256}",
        "plan": asdict(trainer.plan),
        "lines": len(lines),
        "everyday": {path.stem: len(json.loads(path.read_text(encoding="utf-8"))) for path in everyday or []},
        "int8 beside full precision": asdict(found),
    }
    (SHIPPED / MADE).write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    Console(stderr=True).print_json(data=made)


def _ship(bert: Bert, trainer: Trainer, texts: list[str], full: Path) -> Exactness:
    """Write the encoder to model/, and compare it with full precision."""
    SHIPPED.mkdir(exist_ok=True)
    write(bert, full)
    quantise(full, SHIPPED / NETWORK)
    tokenizer = original_tokenizer()
    tokenizer.save(str(SHIPPED / TOKENIZER), pretty=False)
    heads = {
        name: (head.weight.detach().numpy(), head.bias.detach().numpy()) for name, head in trainer.state.heads.items()
    }
    return compare(full, SHIPPED / NETWORK, texts, tokenizer, {name: heads[name] for name in ("answers", "dangers")})


if __name__ == "__main__":
    typer.run(main)
