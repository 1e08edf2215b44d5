from django.urls import path

from calendar_sync.google import change_views, truth_views, views

urlpatterns = [
    path("settings/calendars/", views.settings_calendars, name="settings_calendars"),
    path("settings/calendars/connect/", views.connect_google, name="connect_google"),
    path("settings/calendars/write/", views.write_again, name="write_to_google_again"),
    path("settings/calendars/<int:connection_id>/disconnect/", views.disconnect_google, name="disconnect_google"),
    path("settings/calendars/<int:connection_id>/follow/", views.follow_google, name="follow_google"),
    path("settings/calendars/truth/", truth_views.calendar_truth, name="calendar_truth"),
    path("settings/calendars/truth/compare/", truth_views.compare_now, name="compare_calendars"),
    path(
        "settings/calendars/differences/<int:difference_id>/<slug:how>/",
        truth_views.mend_difference,
        name="mend_difference",
    ),
    path("diary/google/", change_views.google_changes, name="google_changes"),
    path("diary/google/<int:proposed_change_id>/accept/", change_views.accept_change, name="accept_google_change"),
    path("diary/google/<int:proposed_change_id>/refuse/", change_views.refuse_change, name="refuse_google_change"),
    path("settings/calendars/practitioners/<int:practitioner_id>/", views.choose_calendar, name="choose_calendar"),
]
