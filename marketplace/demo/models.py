"""Progress of the demo's world, so that a killed loader resumes where it stopped."""

from django.db import models

# With how many stages of its world the shop opens.
OPENING = 4


class _Stages(models.Manager["DemoProgress"]):
    def is_open(self) -> bool:
        """Whether the stages with which the shop opens are made."""
        first = self.filter(position__lt=OPENING)
        return first.count() == OPENING and not first.filter(finished_at__isnull=True).exists()


class DemoProgress(models.Model):
    """One stage of the loader: ``done`` of ``total`` items, of a world begun at ``begun_at``."""

    stage = models.CharField(max_length=30, primary_key=True)
    position = models.PositiveSmallIntegerField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = _Stages()

    def __str__(self) -> str:
        return f"{self.stage}: {self.done}/{self.total}"

    @property
    def percent(self) -> int:
        """How much of the stage is done."""
        return 100 if not self.total else self.done * 100 // self.total


class DemoPurchase(models.Model):
    """A purchase that was made through the checkout, so that none is made twice."""

    number = models.PositiveIntegerField(primary_key=True)
    order_id = models.UUIDField()

    def __str__(self) -> str:
        return f"purchase {self.number}"
