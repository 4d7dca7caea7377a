"""YAML files with the line of every key, so that an error can name its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from privacyscan.knowledge.compiled import parsed

_DAY = "tag:yaml.org,2002:timestamp"


class KnowledgeError(ValueError):
    """All mistakes found in the knowledge files, one line each: ``file:line: what``."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class YamlFile(NamedTuple):
    """A parsed YAML file; ``problem`` builds the line of an error about one key. Days stand as text ("2026-11-22")."""

    path: Path
    text: str
    data: Any

    @classmethod
    def read(cls, path: Path) -> YamlFile:
        """Return the parsed file; raises ``KnowledgeError`` where it is no YAML."""
        try:
            content = path.read_bytes()
            text = content.decode()
        except (OSError, UnicodeDecodeError) as error:
            raise KnowledgeError([f"{path}:1: can't be read: {error}"]) from None
        data = parsed(content)
        return cls(path, text, parse(path, text) if data is None else data)

    def problem(self, location: Sequence[str | int], message: str) -> str:
        """Return ``file:line: key.path: message`` for the key at ``location``."""
        where = ".".join(str(part) for part in location)
        return f"{self.path}:{self._line(location)}: {where + ': ' if where else ''}{message}"

    def _line(self, location: Sequence[str | int]) -> int:
        import yaml

        node = yaml.compose(self.text, Loader=_loader())
        line = 1
        for part in location:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == str(part):
                        line, node = key.start_mark.line + 1, value
                        break
                else:
                    return line
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line + 1
            else:
                return line
        return line


def parse(path: Path, text: str) -> Any:
    """Return what the YAML in ``text`` holds; raises ``KnowledgeError`` where it is none."""
    # Imported here: a scan with the shipped rules reads no YAML.
    import yaml

    try:
        return yaml.load(text, Loader=_loader())  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeError([f"{path}:{line}: not valid YAML: {error.problem}"]) from None
    except yaml.YAMLError as error:
        raise KnowledgeError([f"{path}:1: can't be read: {error}"]) from None


@cache
def _loader() -> Any:
    import yaml

    # The C loader and its fallback are both safe loaders.
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """Takes no key twice: the first of two values would be lost without a word. Leaves days as they are written."""

        yaml_implicit_resolvers = {
            first: [(tag, pattern) for tag, pattern in resolvers if tag != _DAY]
            for first, resolvers in base.yaml_implicit_resolvers.items()
        }

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
            met: set[str] = set()
            # A key that is no single word is refused by PyYAML itself.
            for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
                if key.value in met:
                    raise yaml.constructor.ConstructorError(
                        problem=f"the key {key.value!r} stands there twice", problem_mark=key.start_mark
                    )
                met.add(key.value)
            return super().construct_mapping(node, deep)

    return Loader
