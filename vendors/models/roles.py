"""Roles: members of cooperatives, staff of programmes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vendors.accounts import User
from vendors.models.cooperatives import Cooperative
from vendors.models.programmes import Programme
from vendors.scoping import ScopedModel


class MemberRole(models.TextChoices):
    """A member's role in a cooperative."""

    MANAGER = "manager", _("manager")
    SELLER = "seller", _("seller")
    ACCOUNTANT = "accountant", _("accountant")


class Membership(ScopedModel):
    """A user is a member of a cooperative, in a role."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=12, choices=MemberRole)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "cooperative"], name="membership_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.cooperative_id}"


class StaffRole(models.TextChoices):
    """A role in a programme."""

    COORDINATOR = "coordinator", _("coordinator")
    REGIONAL = "regional", _("regional adviser")
    FINANCE_PREPARER = "finance_preparer", _("finance, preparation")
    FINANCE_APPROVER = "finance_approver", _("finance, approval")
    OBSERVER = "observer", _("observer")
    # For one cooperative each, between dates.
    ADVISER = "adviser", _("adviser")


class StaffGrant(models.Model):
    """A user has a role in a programme: all of it, some regions, or for an adviser a cooperative.

    A role that can lead to money counts once a second person has confirmed it
    (``confirmed_by``) and a day has passed, or since an operator appointed (``appointed_at``).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_grants")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="staff_grants")
    role = models.CharField(max_length=20, choices=StaffRole)
    region_codes = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    cooperative = models.ForeignKey(
        Cooperative, null=True, on_delete=models.CASCADE, related_name="advisers"
    )
    from_on = models.DateField(null=True)
    # The first day without the role.
    to_on = models.DateField(null=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # When it was proposed: who confirms it was in office before.
    granted_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "programme", "role"],
                condition=models.Q(cooperative__isnull=True),
                name="staff_grant_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "cooperative"],
                condition=models.Q(cooperative__isnull=False, to_on__isnull=True),
                name="staff_grant_of_a_cooperative_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role="adviser", cooperative__isnull=False)
                | ~models.Q(role="adviser") & models.Q(cooperative__isnull=True),
                name="adviser_of_a_cooperative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} in {self.programme_id}"
