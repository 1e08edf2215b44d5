"""What is served outside any business: landing, accounts, sign-up, webhooks, operator."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("tenants.urls_public")),
    path("accounts/", include("allauth.urls")),
    path("webhooks/", include("conversations.urls_webhooks")),
    path("files/", include("conversations.urls_files")),
    path("connect/", include("conversations.urls_public")),
    path("calendar/", include("calendar_sync.urls_public")),
    path("", include("calendar_sync.ics.urls")),
    path("operator/", admin.site.urls),
]
handler500 = "tenants.error_pages.server_error"
