"""Roles that were offered, and who brought whom in."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from marketplace.core.models import UUIDModel
from vendors.accounts import User
from vendors.models.cooperatives import Cooperative
from vendors.models.programmes import Programme
from vendors.models.roles import MemberRole, StaffRole


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what became of them."""

    def opened(self) -> Self:
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


InvitationManager = models.Manager.from_queryset(InvitationQuerySet)


class Invitation(UUIDModel):
    """A role offered to the owner of an address; it begins when they accept it.

    Either ``member_role`` in a cooperative, or ``staff_role`` in a programme (an adviser's in a
    cooperative). The link's token is kept as its SHA-256 only.
    """

    email = models.EmailField()
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="invitations")
    cooperative = models.ForeignKey(
        Cooperative, null=True, on_delete=models.CASCADE, related_name="invitations"
    )
    member_role = models.CharField(max_length=12, choices=MemberRole, blank=True)
    staff_role = models.CharField(max_length=20, choices=StaffRole, blank=True)
    region_codes = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "email"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(staff_role="", cooperative__isnull=False)
                & ~models.Q(member_role="")
                | models.Q(member_role="") & ~models.Q(staff_role=""),
                name="invitation_to_one_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_role or self.staff_role} in {self.programme_id}"

    def place_in(self, language: str) -> str:
        """Where the role is: the cooperative's legal name, else the programme's."""
        if self.cooperative is not None:
            return self.cooperative.legal_name
        return self.programme.name_in(language)

    @property
    def has_expired(self) -> bool:
        """Whether the link's time is over: it can be sent again."""
        return self.expires_at <= timezone.now()

    @property
    def role_label(self) -> str:
        """The role in the reader's language."""
        role = MemberRole(self.member_role) if self.member_role else StaffRole(self.staff_role)
        return str(role.label)


class Introduction(models.Model):
    """One person gave another a role: who brings in both is one person, not two.

    Kept when the role ends. ``is_vouched``: a second person had to confirm it.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="introductions")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="introduced")
    is_vouched = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "by", "is_vouched"], name="introduction_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} by {self.by_id}"
