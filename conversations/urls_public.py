"""Outside any business: where vendors send people back to."""

from django.urls import path

from conversations import signup_pages

urlpatterns = [path("meta/", signup_pages.come_back, name="meta_signup_back")]
