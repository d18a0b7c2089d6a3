"""The doctor's check of backups."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, good, shown, warning
from marketplace.core.models import BackupRecord

# One each night, and a night may be missed.
OLDEST = timedelta(days=2)
# A backup that nobody has restored is a hope.
LONGEST_UNPROVEN = timedelta(days=31)


def backups() -> Iterator[Finding]:
    """When the last backup was written, and the last one proven; a demo needs none."""
    if settings.DEMO:
        return
    last = BackupRecord.objects.order_by("-made_at").first()
    if last is None:
        yield warning(
            "backups",
            _("No backup of this shop was ever written."),
            _("Write one each night: twiza backup FILE --check"),
        )
        return
    now, values = timezone.now(), {"moment": shown(last.made_at), "file": last.file}
    proven = BackupRecord.objects.filter(proven_at__gte=now - LONGEST_UNPROVEN)
    if now - last.made_at > OLDEST:
        yield warning(
            "backups",
            _("The last backup is of %(moment)s: %(file)s") % values,
            _("Find out why no newer one was written, and write one: twiza backup FILE --check"),
        )
    elif not proven.exists():
        yield warning(
            "backups",
            _("The last backup is of %(moment)s, and none was restored for a trial in a month.")
            % values,
            _("Prove it: twiza restore %(file)s --check") % values,
        )
    else:
        yield good("backups", _("The last backup is of %(moment)s: %(file)s") % values)
