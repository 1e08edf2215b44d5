from django.urls import path

from calendar_sync.google import views

urlpatterns = [
    path("settings/calendars/", views.settings_calendars, name="settings_calendars"),
    path("settings/calendars/connect/", views.connect_google, name="connect_google"),
    path("settings/calendars/write/", views.write_again, name="write_to_google_again"),
    path("settings/calendars/<int:connection_id>/disconnect/", views.disconnect_google, name="disconnect_google"),
    path("settings/calendars/practitioners/<int:practitioner_id>/", views.choose_calendar, name="choose_calendar"),
]
