"""Address of a published photograph; ``catalog.photos.public_address`` writes the same."""

from django.urls import path

from marketplace.web.storefront.photos import views

app_name = "photos"
urlpatterns = [path("media/photos/<uuid:photo_id>.jpg", views.show_photo, name="photo")]
