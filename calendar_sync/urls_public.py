from django.urls import path

from calendar_sync.google import notifications, views

urlpatterns = [
    path("google/callback/", views.google_callback, name="google_callback"),
    path("google/notifications/", notifications.notification, name="google_notification"),
]
