"""A tiny pack whose entries no method should confuse."""

from pathlib import Path

import pytest

from bot.content import Content, load_content

FAQ = """
- id: bread
  question: How do I bake bread at home?
  verdict: Slowly.
  call: [If it burns or breaks.]
  phrasings: [baking a loaf of bread, what flour for bread, my bread dough does not rise, sourdough bread at home]
- id: bicycle
  question: How do I mend a flat bicycle tyre?
  verdict: With a patch.
  call: [If it burns or breaks.]
  phrasings: [bicycle tyre puncture, pump for my bicycle, patch a flat tyre, bike wheel is flat]
- id: garden
  question: When do I plant tomatoes in the garden?
  verdict: In May.
  call: [If it burns or breaks.]
  phrasings: [tomato seeds in the garden, planting tomatoes outside, garden tomatoes too early, watering tomatoes]
"""
OUTSIDE = """
near: [which oven should I buy, is cycling healthy]
far: [what is the capital of France, tell me a joke]
"""


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder: Path = tmp_path_factory.mktemp("pack")
    (folder / "faq.yaml").write_text(FAQ, encoding="utf-8")
    (folder / "outside.yaml").write_text(OUTSIDE, encoding="utf-8")
    return load_content(folder)
