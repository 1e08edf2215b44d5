from django.urls import path

from conversations import webhooks

urlpatterns = [
    path("twilio/", webhooks.twilio_message, name="twilio_message"),
    path("twilio/status/", webhooks.twilio_status, name="twilio_status"),
]
