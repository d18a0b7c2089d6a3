from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "marketplace.web.lists"
    label = "lists"
