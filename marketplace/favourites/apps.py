from django.apps import AppConfig


class FavouritesConfig(AppConfig):
    name = "marketplace.favourites"
    label = "favourites"
