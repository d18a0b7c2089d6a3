"""Menus of those who work here: sections by address name, each shown to whom it is open."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from marketplace.web.ui.parts import Link


@dataclass(frozen=True)
class Section:
    """A place of the menu: its address name and the permission it needs."""

    name: str
    label: str | Promise
    permission: str
    icon: str = ""


def links(
    sections: Iterable[Section], kwargs: dict[str, str], *, path: str, allowed: frozenset[str]
) -> list[Link]:
    """The menu of what ``allowed`` opens; the section in which ``path`` lies is current."""
    shown = [
        (section, url)
        for section in sections
        if section.permission in allowed and (url := address(section.name, **kwargs))
    ]
    here = max((url for _, url in shown if path.startswith(url)), key=len, default="")
    return [
        Link(str(section.label), url, current=url == here, icon=section.icon)
        for section, url in shown
    ]


def address(name: str, **kwargs: object) -> str:
    """The address of a name, empty when this deployment has no such page."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
