"""Programmes, cooperatives, who belongs to them, and what is known of them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from vendors.accounts import User
from vendors.scoping import CooperativeScope, ScopedModel

__all__ = ["User"]


class Programme(UUIDModel):
    """A public programme: legal payer, time zone, base currency, countries and languages."""

    slug = models.SlugField(unique=True)
    name_ar = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    legal_payer = models.CharField(max_length=160)
    legal_payer_tax_id = models.CharField(max_length=40, blank=True)
    country_codes = ArrayField(models.CharField(max_length=2))
    time_zone = models.CharField(max_length=40, default="Africa/Casablanca")
    base_currency = models.CharField(max_length=3)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    # The account from which payouts leave.
    debtor_account = EncryptedTextField(blank=True)
    debtor_bic = models.CharField(max_length=11, blank=True)

    def __str__(self) -> str:
        return self.name_en


class Kind(models.TextChoices):
    """Who the members are."""

    WOMEN = "women", _("women's cooperative")
    YOUTH = "youth", _("young people's cooperative")
    MIXED = "mixed", _("mixed cooperative")


class CooperativeStatus(models.TextChoices):
    """Where a cooperative stands."""

    DRAFT = "draft", _("being set up")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    LEFT = "left", _("has left")


class Cooperative(UUIDModel, ScopedModel):
    """A cooperative, as registered and as shown."""

    scope_path: ClassVar[str] = ""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cooperatives")
    slug = models.SlugField(unique=True, max_length=80)
    legal_name = models.CharField(max_length=160)
    # Banks take Latin letters only: the account holder's name exactly as the bank knows it.
    legal_name_latin = models.CharField(max_length=140)
    status = models.CharField(
        max_length=10, choices=CooperativeStatus, default=CooperativeStatus.DRAFT
    )
    kind = models.CharField(max_length=10, choices=Kind)
    sector = models.CharField(max_length=40)
    country_code = models.CharField(max_length=2)
    region_code = models.CharField(max_length=8)
    commune_code = models.CharField(max_length=20, blank=True)
    place_name = models.CharField(max_length=80)
    place_name_ar = models.CharField(max_length=80, blank=True)
    is_rural = models.BooleanField(default=True)
    member_count = models.PositiveIntegerField(default=0)
    women_count = models.PositiveIntegerField(default=0)
    founded_year = models.PositiveIntegerField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address_line = models.CharField(max_length=160)
    postal_code = models.CharField(max_length=12, blank=True)
    payout_currency = models.CharField(max_length=3)
    # Days between a confirmed order and the parcel's departure, as the cooperative promises.
    handling_days = models.PositiveSmallIntegerField(default=3)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "region_code"])]

    def __str__(self) -> str:
        return self.legal_name

    @property
    def scope(self) -> CooperativeScope:
        """What belongs to this cooperative, for code that holds it already."""
        return CooperativeScope(self.pk)


class CooperativeText(ScopedModel):
    """Name, promise and story in one language; a person may have confirmed a translation."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=160, blank=True)
    story = models.TextField(blank=True)
    source_language = models.CharField(max_length=2)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative", "language"], name="cooperative_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class EngineCopy(ScopedModel):
    """Whether the commerce engine has a cooperative's page and store as we want them now."""

    cooperative = models.OneToOneField(
        Cooperative, on_delete=models.CASCADE, primary_key=True, related_name="engine_copy"
    )
    wanted_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.cooperative_id} at the engine"


class ShownMember(ScopedModel):
    """A member whom the cooperative presents on its page: a name and a craft, with consent."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="shown_members"
    )
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80)
    craft_ar = models.CharField(max_length=80)
    craft_fr = models.CharField(max_length=80)
    craft_en = models.CharField(max_length=80)
    since_year = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class Certification(ScopedModel):
    """A quality mark of a cooperative (IGP, AOP, organic…), with its dates and who verified it."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="certifications"
    )
    mark = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    verified_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.mark} {self.name}"


class Enrolment(ScopedModel):
    """A cooperative's time in a phase of a programme, with its adviser."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="enrolments")
    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="enrolments"
    )
    phase = models.PositiveSmallIntegerField()
    adviser_name = models.CharField(max_length=120, blank=True)
    adviser_phone = models.CharField(max_length=20, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.cooperative_id} in {self.programme_id} phase {self.phase}"


class TaxStatus(ScopedModel):
    """Whether a cooperative charges VAT, from when until when, and by which rule."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="tax_statuses"
    )
    vat_registered = models.BooleanField(default=False)
    # Rate in basis points (2000 = 20 %).
    vat_rate_bp = models.PositiveIntegerField(default=0)
    exemption_mention = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.cooperative_id} from {self.valid_from}"


class DatedIdentifier(models.Model):
    """A number or words by which the law knows somebody, from when until when."""

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        abstract = True


class PayerIdentifier(DatedIdentifier):
    """What must stand on the papers of a programme's legal payer (see ``legal_mentions``)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="identifiers")

    def __str__(self) -> str:
        return f"{self.kind} of {self.programme_id}"


class SellerIdentifier(DatedIdentifier, ScopedModel):
    """What must stand on the papers of a cooperative."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="identifiers"
    )

    def __str__(self) -> str:
        return f"{self.kind} of {self.cooperative_id}"


class MemberRole(models.TextChoices):
    """What a member may do for their cooperative."""

    MANAGER = "manager", _("manager")
    SELLER = "seller", _("seller")
    ACCOUNTANT = "accountant", _("accountant")


class Membership(ScopedModel):
    """A user acts for a cooperative in a role."""

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
    """What a person may do in a programme."""

    COORDINATOR = "coordinator", _("coordinator")
    REGIONAL = "regional", _("regional companion")
    FINANCE_PREPARER = "finance_preparer", _("finance, preparation")
    FINANCE_APPROVER = "finance_approver", _("finance, approval")
    OBSERVER = "observer", _("observer")


class StaffGrant(models.Model):
    """A user has a role in a programme, perhaps for some regions only."""

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


class BankAccount(ScopedModel):
    """Where a cooperative is paid. The number is encrypted; only its last digits are shown."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="bank_accounts"
    )
    holder_name = models.CharField(max_length=140)
    country_code = models.CharField(max_length=2)
    number = EncryptedTextField()
    last_digits = models.CharField(max_length=4)
    bic = models.CharField(max_length=11, blank=True)
    valid_from = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_current_bank_account",
            )
        ]

    def __str__(self) -> str:
        return f"…{self.last_digits}"


class FormerContact(ScopedModel):
    """How a cooperative was reached before: told for a time when its bank account changes."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="former_contacts"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"former contact of {self.cooperative_id}"


class NoticeChannel(models.TextChoices):
    """How somebody is told."""

    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("phone")


class AccountNotice(ScopedModel):
    """Somebody to be told that a bank account changed: by mail at once, by phone by a person."""

    scope_path: ClassVar[str] = "account__cooperative"

    account = models.ForeignKey(BankAccount, on_delete=models.CASCADE, related_name="notices")
    channel = models.CharField(max_length=5, choices=NoticeChannel)
    address = models.CharField(max_length=254)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "channel", "address"], name="account_notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} of account {self.account_id}"
