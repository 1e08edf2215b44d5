"""What is served below /b/<slug>/; membership is checked before any of it by MembershipMiddleware."""

from django.urls import include, path

urlpatterns = [
    path("", include("escalations.urls")),
    path("", include("conversations.urls")),
    path("", include("calendar_sync.urls")),
    path("", include("tenants.urls_business")),
]
