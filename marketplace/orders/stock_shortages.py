"""A line of which there are too few, or too many are wanted, as the buyer reads it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Shortage:
    """A line of which fewer are there than wanted; ``left`` is None where nobody knows."""

    variant_id: str
    title: str
    left: int | None

    def __str__(self) -> str:
        """The listing, with how many are there."""
        if self.left is None:
            return self.title
        if not self.left:
            return _("%(title)s (none left)") % {"title": self.title}
        words = ngettext("%(title)s (%(count)s left)", "%(title)s (%(count)s left)", self.left)
        return words % {"title": self.title, "count": self.left}


@dataclass(frozen=True)
class AboveLimit(Shortage):
    """A line of which one order may hold ``left``; ``slug`` is its listing's, to ask for more."""

    slug: str = ""

    def __str__(self) -> str:
        """The listing, with how many one order may hold."""
        if self.left is None:
            return self.title
        return _("%(title)s (at most %(count)s)") % {"title": self.title, "count": self.left}
