"""The doctor's check whether PostgreSQL knows letters beyond A to Z, as lists search without case.

A server that Debian sets up on a machine without a locale has the locale C, which does not.
"""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, good, warning


def letters() -> Iterator[Finding]:
    """Whether É is é's capital for the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT upper('é') = 'É'")
        (knows,) = cursor.fetchone()
    if knows:
        yield good("letters", _("The database knows the capitals of all letters."))
    else:
        yield warning(
            "letters",
            _("The database knows capitals from A to Z only: searching lists for É misses é."),
            _("Restore a backup into one made with: createdb --locale=C.UTF-8 (docs/operator)"),
        )
