"""One public name, one meaning: whoever looks one up in `bot/` finds one thing."""

import ast
from collections import defaultdict

from tests.conftest import ROOT


def test_no_public_class_or_type_is_defined_twice() -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for name in _defined(node):
                if name[0].isupper() and not name.isupper():
                    found[name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.ClassDef():
            return [node.name]
        case ast.Assign():
            return [each.id for each in node.targets if isinstance(each, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []
