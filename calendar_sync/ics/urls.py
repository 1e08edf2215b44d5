"""Outside any business: files whose address is the permission to read them."""

from django.urls import path

from calendar_sync.ics import views

urlpatterns = [
    path("c/<str:token>.ics", views.appointment_file, name="appointment_file"),
    path("feeds/<str:token>.ics", views.practitioner_feed, name="practitioner_feed"),
]
