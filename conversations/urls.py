"""Below /b/<slug>/: connecting numbers. The conversations themselves are the desk's (escalations.urls)."""

from django.urls import path

from conversations import channel_pages

urlpatterns = [
    path("settings/channels/", channel_pages.settings_channels, name="settings_channels"),
    path("settings/channels/<int:channel_id>/check/", channel_pages.check, name="settings_channel_check"),
    path("settings/channels/<int:channel_id>/test/", channel_pages.send_test, name="settings_channel_test"),
    path(
        "settings/channels/<int:channel_id>/disconnect/", channel_pages.disconnect, name="settings_channel_disconnect"
    ),
]
