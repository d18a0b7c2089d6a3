"""What a member sends on the pages of listings."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from catalog.models import ListingRevision
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope


def url(name: str, cooperative: Cooperative, **kwargs: object) -> str:
    return reverse(f"portal:{name}", kwargs={"cooperative": cooperative.slug, **kwargs})


def photograph(size: tuple[int, int] = (2000, 1500)) -> SimpleUploadedFile:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A phone of somebody"
    Image.new("RGB", size, "saddlebrown").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_1.jpg", file.getvalue(), "image/jpeg")


def answers(**changes: object) -> dict[str, object]:
    return {
        "category": "honey",
        "taxonomy": "honey-thyme",
        "name_en": "Thyme honey of the High Atlas",
        "description_en": "Harvested in July.",
        "name_ar": "عسل الزعتر من الأطلس",
        "price_ma": "95.50",
        "price_eu": "١٢",
        "weight_grams": "400",
        "quantity": "6",
        "then": "submit",
        **changes,
    }


def the_revision(cooperative: Cooperative) -> ListingRevision:
    scope = CooperativeScope(cooperative.pk)
    revision: ListingRevision = ListingRevision.objects.within(scope).get()
    return revision
