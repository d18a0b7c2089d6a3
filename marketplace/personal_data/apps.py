from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "marketplace.personal_data"
    label = "personal_data"
