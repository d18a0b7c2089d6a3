"""A page as programs outside read it, and what schema.org's own vocabulary says of its data."""

import importlib
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.test import Client
from lxml import html

ORIGIN = "https://shop.example"
# Not in the vocabulary's list of properties, but of its documentation of actions.
_ANNOTATED = {"query-input"}
_TEXTS = {"str", "Text", "URL", "AnyUrl", "Date", "DateTime", "Number"}
_NUMBERS = {"StrictInt", "int", "Integer", "Number", "StrictFloat"}


@dataclass(frozen=True)
class Seen:
    """The head of a page."""

    status: int
    tree: Any
    robots_header: str

    def link(self, rel: str) -> list[str]:
        return [str(each) for each in self.tree.xpath(f'//head/link[@rel="{rel}"]/@href')]

    def meta(self, name: str) -> list[str]:
        path = f'//head/meta[@name="{name}" or @property="{name}"]/@content'
        return [str(each) for each in self.tree.xpath(path)]

    @property
    def title(self) -> str:
        return str(self.tree.findtext(".//title"))

    @property
    def alternates(self) -> dict[str, str]:
        found = self.tree.xpath('//head/link[@rel="alternate"][@hreflang]')
        named = [each.get("hreflang") for each in found]
        assert len(named) == len(set(named))
        return {each.get("hreflang"): each.get("href") for each in found}

    @property
    def is_indexed(self) -> bool:
        said = [*self.meta("robots"), self.robots_header]
        return not any("noindex" in each for each in said)

    @property
    def structured(self) -> dict[str, dict[str, Any]]:
        blocks = self.tree.xpath('//script[@type="application/ld+json"]/text()')
        return {thing["@type"]: thing for thing in map(json.loads, blocks)}


def look(client: Client, path: str) -> Seen:
    """A page, asked for with a host that it must not repeat."""
    response = client.get(path.removeprefix(ORIGIN), headers={"Host": "localhost"})
    tree = html.fromstring(response.content.decode() or "<html></html>")
    return Seen(response.status_code, tree, response.headers.get("X-Robots-Tag", ""))


def vocabulary_faults(thing: dict[str, Any], where: str = "") -> list[str]:
    """What of an object schema.org does not know, or expects otherwise."""
    kind = thing.get("@type", "")
    where = f"{where}{kind}"
    known, faults = _properties(kind), []
    for name, value in thing.items():
        if name.startswith("@") or name in _ANNOTATED:
            continue
        if name not in known:
            faults.append(f"{where}.{name}: no such property")
            continue
        for each in value if isinstance(value, list) else [value]:
            faults += _value_faults(each, known[name], f"{where}.{name}")
    return faults


def _value_faults(value: Any, expected: set[str], where: str) -> list[str]:
    if isinstance(value, dict):
        nested = {base.__name__ for base in _class(value["@type"]).__mro__}
        wrong = [] if nested & expected else [f"{where}: {value['@type']} is none of {expected}"]
        return wrong + vocabulary_faults(value, f"{where} > ")
    allowed = _TEXTS if isinstance(value, str) else _NUMBERS
    return [] if expected & allowed else [f"{where}: {value!r} is none of {expected}"]


@cache
def _class(kind: str) -> Any:
    return getattr(importlib.import_module(f"pydantic2_schemaorg.{kind}"), kind)


@cache
def _properties(kind: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for base in reversed(_class(kind).__mro__):
        for name, said in getattr(base, "__annotations__", {}).items():
            found[name] = set(re.findall(r"\w+", str(said)))
    return found
