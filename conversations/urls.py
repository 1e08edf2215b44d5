"""Below /b/<slug>/: connecting numbers. The conversations themselves are the desk's (escalations.urls)."""

from django.urls import path

from conversations import (
    automatic_pages,
    channel_pages,
    patient_pages,
    sign_pages,
    signup_pages,
    telling_pages,
    template_pages,
)

urlpatterns = [
    path("settings/channels/", channel_pages.settings_channels, name="settings_channels"),
    path("settings/channels/<int:channel_id>/check/", channel_pages.check, name="settings_channel_check"),
    path("settings/channels/<int:channel_id>/test/", channel_pages.send_test, name="settings_channel_test"),
    path(
        "settings/channels/<int:channel_id>/disconnect/", channel_pages.disconnect, name="settings_channel_disconnect"
    ),
    path("settings/channels/<int:channel_id>/signs/", sign_pages.save, name="settings_channel_signs"),
    path("settings/channels/meta/leave/", signup_pages.leave, name="settings_meta_leave"),
    path("settings/channels/meta/", signup_pages.choose, name="settings_meta_choose"),
    path("diary/appointments/<int:appointment_id>/told/", telling_pages.preview, name="appointment_told"),
    path("diary/appointments/<int:appointment_id>/group/told/", telling_pages.preview_group, name="group_told"),
    path("diary/patients/found/", patient_pages.found, name="patients_found"),
    path("settings/templates/", template_pages.templates_page, name="settings_templates"),
    path("settings/templates/<int:channel_id>/read/", template_pages.read_again, name="settings_templates_read"),
    path("settings/messages/", automatic_pages.settings_messages, name="settings_messages"),
    path("settings/messages/offsets/", automatic_pages.offsets, name="settings_messages_offsets"),
    path("settings/messages/<int:channel_id>/approve/", automatic_pages.approve, name="settings_messages_approve"),
    path(
        "settings/messages/<int:channel_id>/templates/",
        automatic_pages.templates_fragment,
        name="settings_messages_templates",
    ),
    path("settings/messages/<int:channel_id>/sample/", automatic_pages.sample, name="settings_messages_sample"),
]
