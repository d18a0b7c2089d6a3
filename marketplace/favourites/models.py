"""What a buyer keeps: products, products that are waited for, cooperatives that are followed."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Favourite(models.Model):
    """A product that somebody keeps."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    listing_id = models.UUIDField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "listing_id"], name="favourite_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.listing_id}"


class StockNotice(models.Model):
    """Somebody waits for a product that was sold out in a market; told once, in ``language``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    listing_id = models.UUIDField()
    market = models.CharField(max_length=2)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["listing_id", "user", "market"], name="stock_notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.listing_id} {self.market}"


class Follow(models.Model):
    """A cooperative that somebody follows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    cooperative_id = models.UUIDField()
    followed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "cooperative_id"], name="followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.cooperative_id}"


class NewsWish(models.Model):
    """An account that wants to hear of new products of what it follows, at most once a week."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    market = models.CharField(max_length=2)
    language = models.CharField(max_length=2)
    wished_at = models.DateTimeField(auto_now_add=True)
    # What was published later is new; moves on with each mail.
    told_until = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"news for {self.user_id}"
