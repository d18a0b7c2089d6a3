"""Whose a product is to be, said without code: ``attribute:producer=Coop Tifaout -> tifaout``.

Before the arrow stands what to look at, and what it has to be; after it, the cooperative's slug. A
star stands for anything; capitals do not matter. What can be looked at: ``attribute:SLUG=VALUE``,
``metadata:KEY=VALUE``, ``sku:PATTERN``, ``category:SLUG``, ``collection:SLUG``, ``type:SLUG``,
``name:PATTERN``, ``slug:PATTERN``.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import translate

from django.utils.translation import gettext as _

from catalog.adoption.store import StoreProduct
from catalog.errors import UnreadableRule
from marketplace.core.word_lists import listed

_PLAIN: dict[str, Callable[[StoreProduct], list[str]]] = {
    "sku": lambda product: product.skus,
    "category": lambda product: [product.category_slug],
    "collection": lambda product: product.collections,
    "type": lambda product: [product.type_slug],
    "name": lambda product: [product.name],
    "slug": lambda product: [product.slug],
}
_NAMED: dict[str, Callable[[StoreProduct, str], list[str]]] = {
    "attribute": lambda product, name: product.attributes.get(name, []),
    "metadata": lambda product, name: [product.metadata[name]] if name in product.metadata else [],
}
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
# Arrows as word processors write them.
_ARROW = re.compile(r"->|→|=>")


@dataclass(frozen=True)
class Rule:
    """One rule: matching products go to ``target`` (a cooperative, or a category)."""

    text: str
    kind: str
    name: str
    pattern: str
    target: str

    def matches(self, product: StoreProduct) -> bool:
        """Whether one of the values that the rule looks at matches."""
        values = _NAMED[self.kind](product, self.name) if self.name else _PLAIN[self.kind](product)
        wanted = re.compile(translate(_same(self.pattern)))
        return any(wanted.fullmatch(_same(value)) for value in values)


def parse_rule(text: str) -> Rule:
    """Parse one rule; raises UnreadableRule with the reason."""
    parts = _ARROW.split(text)
    if len(parts) != 2:  # noqa: PLR2004 -- before and after the arrow
        raise _unreadable(text, _("it needs one arrow: sku:TIF-* -> tifaout"))
    condition, target = parts[0].strip(), parts[1].strip()
    kind, colon, rest = condition.partition(":")
    kind, rest = kind.strip().lower(), rest.strip()
    if not _SLUG.fullmatch(target):
        raise _unreadable(text, _("the arrow must be followed by one slug"))
    if not colon or kind not in {*_PLAIN, *_NAMED}:
        known = listed([*_NAMED, *_PLAIN])
        raise _unreadable(text, _("it must begin with one of: %(known)s") % {"known": known})
    name = ""
    if kind in _NAMED:
        name, equals, rest = (part.strip() for part in rest.partition("="))
        if not equals or not name:
            raise _unreadable(text, _("it must name a value: attribute:producer=Coop Tifaout"))
    if not rest:
        raise _unreadable(text, _("the value to look for is empty"))
    return Rule(text.strip(), kind, name, rest, target)


def parse_rules(lines: Iterable[str]) -> list[Rule]:
    """Parse rules, one a line; empty lines and those that begin with # are skipped."""
    wanted = (line.strip() for line in lines)
    return [parse_rule(line) for line in wanted if line and not line.startswith("#")]


def targets(rules: Sequence[Rule], product: StoreProduct) -> dict[str, list[str]]:
    """The targets of all matching rules, with those rules."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        if rule.matches(product):
            found.setdefault(rule.target, []).append(rule.text)
    return found


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


def _unreadable(text: str, why: str) -> UnreadableRule:
    words = _("The rule “%(rule)s” cannot be read: %(why)s.")
    return UnreadableRule({"rule": words % {"rule": text.strip()[:200], "why": why}})
