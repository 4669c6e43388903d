"""What an author's edit has made of the content folder: its texts at a glance, then all of it, checked."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.content import Content, ContentError, Loaded
from bot.content.checks.entries import mistakes_across
from bot.content.loader import WORDINGS, document_of, load, load_learnt, names_of
from bot.evaluation.review import review_pack
from bot.operation.model_store import fingerprint, kept_model, older_model
from bot.understanding.learning import Model


@dataclass(frozen=True)
class Edit:
    """A sound state of a folder; `model` was learnt from it as it stands, `older` from an earlier state of it.

    `mark` is the same for the same wordings.
    """

    pack: Loaded
    mark: str
    model: Model | None
    older: Model | None = None

    @property
    def spoken(self) -> Model | None:
        """The model that can answer already."""
        return self.model or self.older


def texts_of(folder: Path) -> Content | None:
    """What the folder says, without what it is learnt from: in a fifth of the time. None where it has mistakes."""
    try:
        names = [name for name in names_of(folder) if name not in WORDINGS]
        documents = {name: document_of(folder, name, is_brief=True) for name in names}
        if any(document.mistakes for document in documents.values()) or any(mistakes_across(documents)):
            return None
        return replace(load_learnt(folder), learnt="")
    except ContentError:
        return None


def edit_of(folder: Path, data: Path, good: Content) -> Edit:
    """All of it. Raises ContentError with every mistake.

    `good`: an earlier state, whose danger signs are known to be sound.
    """
    pack = load(folder)
    _review(pack, good)
    model = kept_model(pack.content, data)
    return Edit(pack, fingerprint(pack.content), model, None if model else older_model(pack.content, data))


def is_understood_alike(content: Content, other: Content) -> bool:
    """Whether what was learnt for one knows the answers and danger signs of the other."""
    return _known(content) == _known(other)


def _known(content: Content) -> tuple[set[str], set[str]]:
    signs = content.danger.signs if content.danger else ()
    return {entry.id for entry in content.entries}, {sign.id for sign in signs}


def _review(pack: Loaded, good: Content) -> None:
    """Raise ContentError where a danger sign's phrase does not prove it. It takes seconds: only where they changed."""
    if good.danger and _phrases(pack.content) == _phrases(good):
        return
    found = review_pack(pack)
    if found.mistakes:
        raise ContentError(found.mistakes)


def _phrases(content: Content) -> tuple[object, ...]:
    """All that tells whether phrases are found."""
    danger = content.danger
    phrases = [(sign.id, sign.phrases) for sign in danger.signs] if danger else []
    return content.grammar, phrases, danger and (danger.negators, danger.baby, danger.unread)
