"""A line of which there are too few, as the buyer reads it."""

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
