from django.apps import AppConfig


class LongJobsConfig(AppConfig):
    name = "marketplace.long_jobs"
    label = "long_jobs"
