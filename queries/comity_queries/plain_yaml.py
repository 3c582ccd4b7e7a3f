"""YAML as people write it by hand: text, lists and mappings, and nothing that unfolds."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

__all__ = ["read_yaml"]


class _TextLoader(yaml.BaseLoader):
    """All scalars are text, a key that stands twice is an error, and so is an alias.

    A few lines of aliases can stand for billions of values, which no message
    could quote and no memory hold.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            alias = self.get_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem=f"*{alias.anchor} refers to another value: write the value itself",
                problem_mark=alias.start_mark,
            )
        node: yaml.Node | None = super().compose_node(parent, index)
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"key {key.value!r} stands twice", problem_mark=key.start_mark
                )
            if isinstance(key.value, str):
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_yaml(text: str) -> Any:
    """Read YAML in which every scalar stays text.

    Parameters
    ----------
    text : str

    Returns
    -------
    str, list or dict
        None for a text without content.

    Raises
    ------
    yaml.YAMLError
        It is no YAML, nested too deep, or has an alias or a key twice.
    """
    try:
        # Makes text, lists and mappings only.
        return yaml.load(text, _TextLoader)  # noqa: S506
    except RecursionError:
        raise yaml.YAMLError("lists and mappings are nested too deep") from None
