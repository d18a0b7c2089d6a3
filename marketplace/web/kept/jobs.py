"""The scheduled job of kept forms; the schedule is in ``marketplace/jobs.py``."""

from django.utils import timezone

from marketplace.web.kept.keeping import forget
from marketplace.web.kept.models import KeptForm


def purge() -> None:
    """Delete kept forms, with their files, whose time is over."""
    for form in KeptForm.objects.filter(expires_at__lte=timezone.now()).iterator():
        forget(form)
