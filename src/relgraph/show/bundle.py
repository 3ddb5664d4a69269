"""The page's scripts: ES modules, joined into one script in the order in which they need each other.

Node and browsers load the modules as they are, for their own tests; the page gets one script, which runs from a file, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([a-z]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)


def bundled(modules: Mapping[str, str], first: str = "main") -> str:
    """Return one script of the modules that `first` needs, itself last.

    Each module keeps a scope of its own; what it exports are functions and constants, so that they can be handed over once.

    Args:
        modules: Source by name.
        first: The module to start from.

    Raises:
        ValueError: Modules need each other in a circle, or one is missing.
    """
    order: list[str] = []
    _visit(first, modules, order, ())
    return '(() => {\n"use strict";\n' + "".join(_scoped(name, modules[name]) for name in order) + "})();"


def _scoped(name: str, source: str) -> str:
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = from_\2;\n", source))
    return f"const from_{name} = (() => {{\n{body}return {{ {', '.join(_EXPORT.findall(source))} }};\n}})();\n"


def _visit(name: str, modules: Mapping[str, str], order: list[str], above: tuple[str, ...]) -> None:
    if name in above or name not in modules:
        raise ValueError(f"module {name}: {'in a circle with ' + ', '.join(above) if name in above else 'missing'}")
    if name not in order:
        for _, needed in _IMPORT.findall(modules[name]):
            _visit(needed, modules, order, (*above, name))
        order.append(name)
