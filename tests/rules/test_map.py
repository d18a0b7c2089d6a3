"""The map of the code names what is there, and every room."""

import re

from tests.rules.house.sources import ROOT

TEXT = (ROOT / "docs/developer/map.md").read_text()
STARTS = ("marketplace/", "catalog/", "vendors/", "search/", "tests/")


def named_paths() -> set[str]:
    found = re.findall(r"`([\w./]+)`", TEXT)
    return {path for path in found if path.startswith(STARTS)}


def test_every_path_of_the_map_is_there() -> None:
    assert [path for path in sorted(named_paths()) if not (ROOT / path).exists()] == []


def test_every_room_is_on_the_map() -> None:
    rooms = {f"marketplace/{path.parent.name}/" for path in ROOT.glob("marketplace/*/__init__.py")}
    assert rooms | {"catalog/", "vendors/", "search/"} <= named_paths()


def test_every_flow_is_on_the_map() -> None:
    from tests.rules.flows.five import FLOWS

    headings = {line.partition(":")[0].strip("*").lower() for line in TEXT.splitlines()}
    assert {name.lower().strip("*") for name in FLOWS} <= {name.strip("*") for name in headings}
