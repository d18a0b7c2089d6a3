"""Cooperatives: identity, texts, certifications, and their enrolments."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import UUIDModel
from vendors.accounts import User
from vendors.models.programmes import DatedIdentifier, Programme
from vendors.scoping import CooperativeScope, ScopedModel


class Kind(models.TextChoices):
    """Who the members are."""

    WOMEN = "women", _("women's cooperative")
    YOUTH = "youth", _("young people's cooperative")
    MIXED = "mixed", _("mixed cooperative")


class CooperativeStatus(models.TextChoices):
    """A cooperative's status."""

    DRAFT = "draft", _("being set up")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    LEFT = "left", _("left the programme")


class Cooperative(UUIDModel, ScopedModel):
    """A cooperative: registered facts and public data."""

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
    # Whether its advisers act in its name; a manager switches it off and on.
    advisers_may_act = models.BooleanField(default=True, db_default=True)
    # Up to when its managers were told by e-mail what advisers did in its name.
    told_of_acts_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "region_code"])]

    def __str__(self) -> str:
        return self.legal_name

    @property
    def scope(self) -> CooperativeScope:
        """The scope of this cooperative, for code that has already loaded it."""
        return CooperativeScope(self.pk)


class CooperativeText(ScopedModel):
    """Name, tagline and story in one language; a translation may be confirmed by a person."""

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
    """Whether the engine has the current page and warehouse of a cooperative."""

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


class Certification(ScopedModel):
    """A quality mark of a cooperative (IGP, AOP, organic…): its dates and who verified it."""

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
    """Whether a cooperative charges VAT, for a period, and by which rule."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="tax_statuses"
    )
    vat_registered = models.BooleanField(default=False)
    # Rate in basis points (2000 = 20 %).
    vat_rate_bp = models.PositiveIntegerField(default=0)
    # Why not: a code of ``vat_exemptions``, or own words by language.
    exemption_code = models.CharField(max_length=40, blank=True)
    exemption_texts = models.JSONField(default=dict)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.cooperative_id} from {self.valid_from}"


class SellerIdentifier(DatedIdentifier, ScopedModel):
    """An identifier that a cooperative's invoices must show."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="identifiers"
    )

    def __str__(self) -> str:
        return f"{self.kind} of {self.cooperative_id}"
