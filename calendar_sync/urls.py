"""Below /b/<slug>/: the diary, and the settings of what is in it."""

from django.urls import include, path

from calendar_sync.pages import appointments, diary, feed, hours, offered_services, practitioners
from tenants.access import staff_page

urlpatterns = [
    path("diary/", diary.diary, name="diary"),
    path("diary/events/", staff_page(feed.DiaryEvents.as_view()), name="diary_events"),
    path("diary/events/<int:appointment_id>/", staff_page(feed.DiaryEvent.as_view()), name="diary_event"),
    path("diary/appointments/new/", appointments.new, name="appointment_new"),
    path("diary/appointments/<int:appointment_id>/", appointments.show, name="appointment"),
    path("diary/appointments/<int:appointment_id>/move/", appointments.move, name="appointment_move"),
    path("diary/appointments/<int:appointment_id>/cancel/", appointments.cancel, name="appointment_cancel"),
    path("diary/appointments/<int:appointment_id>/undo/", appointments.undo, name="appointment_undo"),
    path("settings/services/", offered_services.services, name="settings_services"),
    path("settings/services/new/", offered_services.edit, name="settings_service_new"),
    path("settings/services/<int:service_id>/", offered_services.edit, name="settings_service"),
    path("settings/services/<int:service_id>/offered/", offered_services.offered, name="settings_service_offered"),
    path("settings/practitioners/", practitioners.practitioners, name="settings_practitioners"),
    path("settings/practitioners/new/", practitioners.edit, name="settings_practitioner_new"),
    path("settings/practitioners/<int:practitioner_id>/", practitioners.edit, name="settings_practitioner"),
    path(
        "settings/practitioners/<int:practitioner_id>/active/",
        practitioners.active,
        name="settings_practitioner_active",
    ),
    path("settings/hours/", hours.hours, name="settings_hours"),
    path("settings/hours/exceptions/", hours.add_exception, name="settings_exception_add"),
    path("settings/hours/exceptions/<int:exception_id>/", hours.remove_exception, name="settings_exception_remove"),
    path("settings/hours/time-off/", hours.add_time_off, name="settings_time_off_add"),
    path("settings/hours/time-off/<int:time_off_id>/", hours.remove_time_off, name="settings_time_off_remove"),
    path("", include("calendar_sync.google.urls")),
]
