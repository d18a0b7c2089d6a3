"""The API's address, below ``/api/``."""

from django.urls import path

from marketplace.web.api import views

app_name = "api"
urlpatterns = [path("graphql/", views.graphql, name="graphql")]
