"""Scheduled jobs of this room; the schedule is in ``marketplace/jobs.py``."""

from django.utils import timezone

from vendors.acting_mails import tell_of_acts
from vendors.engine_copies import bring_waiting
from vendors.models import FormerContact
from vendors.safeguards import safeguard
from vendors.scoping import Crossing

__all__ = ["bring_waiting", "forget_former_contacts", "tell_of_acts"]


def forget_former_contacts() -> None:
    """Delete former contacts after the period in which they are told of a new bank account."""
    until = timezone.now() - safeguard("contact_memory")
    rows = FormerContact.objects.crossing(Crossing.SCHEDULED_JOB)
    rows.filter(replaced_at__lt=until).delete()
