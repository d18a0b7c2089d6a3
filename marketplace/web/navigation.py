"""Menus of the portal and of staff: sections by address name, shown by permission."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from marketplace.web.ui.components import Link


@dataclass(frozen=True)
class Section:
    """A section of the menu: its address name and the permission it needs.

    ``holds`` names pages that belong to it under another path: it is current on them too.
    ``is_root`` is the first page of all: what stands below its path belongs to others.
    """

    name: str
    label: str | Promise
    permission: str
    icon: str = ""
    holds: tuple[str, ...] = ()
    is_root: bool = False


def links(
    sections: Iterable[Section],
    kwargs: dict[str, str],
    *,
    path: str,
    allowed: frozenset[str],
    of_page: Mapping[str, str] | None = None,
) -> list[Link]:
    """The menu of permitted sections; the section of ``path`` is current.

    ``of_page`` is what the page's own address names, such as a cooperative.
    """
    shown = [
        (section, url)
        for section in sections
        if section.permission in allowed and (url := address(section.name, **kwargs))
    ]
    depth = {url: _depth(section, url, (kwargs, of_page or {}), path) for section, url in shown}
    here = max(depth.values(), default=0)
    return [
        Link(str(section.label), url, current=bool(here) and depth[url] == here, icon=section.icon)
        for section, url in shown
    ]


def _depth(section: Section, url: str, known: Iterable[Mapping[str, str]], path: str) -> int:
    """The length of the path's prefix in a section; 0 when it is outside."""
    if section.is_root and path == url:
        return len(url)
    held = [address(name, **kwargs) for name in section.holds for kwargs in known]
    places = held if section.is_root else [url, *held]
    return max((len(place) for place in places if place and path.startswith(place)), default=0)


def address(name: str, **kwargs: object) -> str:
    """The address of a name, empty when this deployment has no such page."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
