"""Roles: members of cooperatives, staff of programmes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
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


class StaffGrant(models.Model):
    """A user has a role in a programme, possibly for some regions only."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_grants")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="staff_grants")
    role = models.CharField(max_length=20, choices=StaffRole)
    region_codes = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    # A money role counts only once a second person has confirmed it.
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    effective_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "programme", "role"], name="staff_grant_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} in {self.programme_id}"
