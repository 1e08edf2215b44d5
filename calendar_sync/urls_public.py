from django.urls import path

from calendar_sync.google import views

urlpatterns = [path("google/callback/", views.google_callback, name="google_callback")]
