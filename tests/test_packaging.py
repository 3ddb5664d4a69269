"""Every version is pinned, and nothing but names and versions stands there."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in lines if not line.startswith("#")), "names and exact versions only, no addresses"
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines if not line.startswith("#"))}


def needed() -> dict[str, str]:
    """Everything that the project, its extras and its tests need here, with what those need in turn: name and installed version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"].get("optional-dependencies", {})
    waiting = [Requirement(r) for r in (*project["project"]["dependencies"], *(r for some in extras.values() for r in some), *project["dependency-groups"]["test"])]
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        wanted = [(name, extra) for extra in ("", *requirement.extras)]
        if all(w in seen for w in wanted):
            continue
        seen.update(wanted)
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # an extra that isn't installed here
        found[name] = package.version
        for line in package.requires or ():
            inner = Requirement(line)
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for _, extra in wanted):
                waiting.append(inner)
    return found


def test_constraints_name_all_that_is_needed() -> None:
    """Each package that is installed for us is pinned to the version that is tested."""
    versions, here = pinned(), needed()
    assert len(here) > 80
    assert {name: version for name, version in here.items() if versions.get(name) != version} == {}


def test_make_test_installs_every_extra() -> None:
    """No test of an optional part is skipped for want of it."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    installed = re.search(r'-e "\.\[([\w,-]+)\]" --group test', (ROOT / "Makefile").read_text("utf-8"))
    assert installed
    assert set(installed[1].split(",")) == set(extras)
