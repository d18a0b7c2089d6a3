"""Addresses of published photographs.

``catalog.photos.public_address``, ``marketplace.core.picture_sizes`` and
``marketplace.reviews.models.ReviewPhoto.address`` and
``vendors.models.ShownMember.photo_address`` write the same.
"""

from django.urls import path

from marketplace.web.storefront.photos import views

app_name = "photos"
urlpatterns = [
    path("media/photos/<uuid:photo_id>.jpg", views.show_photo, name="photo"),
    path("media/photos/<uuid:photo_id>-<int:width>.webp", views.show_in_width, name="in-width"),
    path("media/people/<uuid:photo_key>-<int:width>.webp", views.show_of_person, name="person"),
    path("media/reviews/<uuid:photo_id>-<int:width>.webp", views.show_of_review, name="review"),
]
