"""Pages of a demo only: the world's progress, and mails that were not sent."""

from django.urls import path

from marketplace.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.show_progress, name="progress"),
    path("outbox/", views.list_mails, name="outbox"),
    path("outbox/<int:mail_id>/", views.show_mail, name="mail"),
]
