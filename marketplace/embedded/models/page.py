"""Pages and their types; the base of every translation table."""

from django.db import models

from marketplace.embedded.models.base import EngineModel, WithDates, WithMetadata


class Translation(EngineModel):
    """Texts of one object in one language (`language_code` like ``ar`` or ``fr-ma``)."""

    language_code = models.CharField(max_length=35)
    slug = models.SlugField(max_length=255, allow_unicode=True, null=True)
    description = models.JSONField(null=True)
    seo_title = models.CharField(max_length=70, blank=True, null=True)
    seo_description = models.CharField(max_length=300, blank=True, null=True)

    class Meta(EngineModel.Meta):
        abstract = True


def one_per_language(owner: str) -> tuple[models.UniqueConstraint, ...]:
    """Return the constraint of one translation per object and language."""
    name = f"embedded_{owner}_translation_unique"
    return (models.UniqueConstraint(fields=[owner, "language_code"], name=name),)


class PageType(WithMetadata):
    """A type of pages, which determines their attributes."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)

    class Meta(EngineModel.Meta):
        ordering = ("slug",)


class Page(WithMetadata, WithDates):
    """A page of content; each cooperative has one."""

    title = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    page_type = models.ForeignKey(PageType, on_delete=models.CASCADE, related_name="pages")
    content = models.JSONField(null=True)
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    seo_title = models.CharField(max_length=70, blank=True, null=True)
    seo_description = models.CharField(max_length=300, blank=True, null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)


class PageTranslation(Translation):
    """A page's texts in a language."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="translations")
    title = models.CharField(max_length=255, null=True)
    content = models.JSONField(null=True)

    class Meta(EngineModel.Meta):
        constraints = one_per_language("page")
