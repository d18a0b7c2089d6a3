"""Members whom a cooperative presents on its page."""

from typing import ClassVar

from django.db import models

from vendors.models.cooperatives import Cooperative
from vendors.scoping import ScopedModel

LONGEST_SENTENCE = 200


class ShownMember(ScopedModel):
    """A member presented with consent: a name, what she does, a sentence, perhaps a photograph."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="shown_members"
    )
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    craft_ar = models.CharField(max_length=80, blank=True)
    craft_fr = models.CharField(max_length=80, blank=True)
    craft_en = models.CharField(max_length=80, blank=True)
    sentence_ar = models.CharField(max_length=LONGEST_SENTENCE, blank=True, default="")
    sentence_fr = models.CharField(max_length=LONGEST_SENTENCE, blank=True, default="")
    sentence_en = models.CharField(max_length=LONGEST_SENTENCE, blank=True, default="")
    since_year = models.PositiveIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to="people/%Y/%m/", blank=True, default="")
    # Names the photograph in its address; another photograph has another one.
    photo_key = models.UUIDField(null=True, unique=True)
    # The day of her consent to what stands here now; none for who was entered before it was kept.
    consented_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def photo_address(self) -> str:
        """Where the shop shows the photograph, without width and ending; empty without one."""
        return f"/media/people/{self.photo_key}" if self.photo_key else ""
