"""What is served below /b/<slug>/; membership is checked before any of it by MembershipMiddleware."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("escalations.api.urls")),
    path("", include("escalations.urls")),
    path("", include("conversations.urls")),
    path("", include("calendar_sync.urls")),
    path("", include("tenants.urls_business")),
]
handler500 = "tenants.error_pages.server_error"
