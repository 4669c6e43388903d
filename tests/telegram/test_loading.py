"""What reads other languages takes a second to load: nobody but the person who called for it waits for that."""

import asyncio
import threading

import pytest

from bot.content import Content
from bot.operation.abroad_store import abroad_reader
from bot.operation.model_store import encoder, kept_model
from bot.preview.server import PretendTelegram
from bot.replies import Speaker
from bot.understanding import Understanding
from bot.understanding.abroad import AbroadReader
from tests.conftest import ROOT
from tests.telegram.conftest import Chat
from tests.telegram.test_languages import PORTUGUESE

SECONDS = 20.0  # longer than anything here takes


class SlowReader:
    """Holds the loading of a reader up until it is let go."""

    def __init__(self, reader: AbroadReader, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.times = 0
        load = reader.load

        def slowly() -> None:
            if not reader.is_ready:
                self.times += 1
                self.begun.set()
                assert self.let_go.wait(SECONDS)
            load()

        monkeypatch.setattr(reader, "load", slowly)


@pytest.fixture
def reader(content: Content) -> AbroadReader:
    found = abroad_reader(content)
    assert found is not None
    return found


@pytest.fixture
def slow(reader: AbroadReader, monkeypatch: pytest.MonkeyPatch) -> SlowReader:
    return SlowReader(reader, monkeypatch)


@pytest.fixture
def speaker(content: Content, reader: AbroadReader) -> Speaker:
    model = kept_model(content, ROOT / "data")
    assert model is not None
    return Speaker(content, Understanding(content, model, encoder(), reader))


async def test_others_are_answered_while_it_is_loaded(telegram: PretendTelegram, slow: SlowReader) -> None:
    ana, ben = Chat(telegram.person("Ana")), await Chat(telegram.person("Ben")).meet()
    asking = asyncio.create_task(ana.say(PORTUGUESE))
    await asyncio.to_thread(slow.begun.wait, SECONDS)
    assert "When to call" in (await ben.say("my baby only crawls backwards, is that normal?"))[-1]
    assert ana.seen == []
    slow.let_go.set()
    seen = await asking
    assert seen[-1].startswith("Leio português")
    assert slow.times == 1


async def test_danger_in_plain_words_does_not_wait_for_it(telegram: PretendTelegram, slow: SlowReader) -> None:
    ana = Chat(telegram.person("Ana"))
    (danger, *_) = await ana.say("meu bebê não respira")
    assert "CPR" in danger
    assert not slow.begun.is_set()


async def test_what_was_asked_before_stays_before(telegram: PretendTelegram, slow: SlowReader) -> None:
    ana = await Chat(telegram.person("Ana")).meet()
    first = asyncio.create_task(ana.say(PORTUGUESE))
    await asyncio.to_thread(slow.begun.wait, SECONDS)
    second = asyncio.create_task(ana.say("thanks"))
    await asyncio.sleep(0.05)
    slow.let_go.set()
    await asyncio.gather(first, second)
    assert ana.seen[-2].startswith("Leio português")


async def test_words_typed_inline_wait_too(telegram: PretendTelegram, slow: SlowReader) -> None:
    ana = telegram.person("Ana")
    typing = asyncio.create_task(ana.query_inline(PORTUGUESE))
    await asyncio.to_thread(slow.begun.wait, SECONDS)
    slow.let_go.set()
    assert telegram.inline_results(await typing)


@pytest.mark.parametrize(
    "text", ["my baby only crawls backwards, is that normal?", "zxqv plorf wubble gnarf", PORTUGUESE]
)
def test_to_tell_whether_it_is_needed_nothing_is_encoded(
    speaker: Speaker, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    def refuse(_: str) -> None:
        raise AssertionError

    monkeypatch.setattr(encoder(), "windows", refuse)
    assert speaker.must_load(text) == (text != "my baby only crawls backwards, is that normal?")
