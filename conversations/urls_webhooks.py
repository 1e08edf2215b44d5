from django.urls import path

from conversations import webhooks

urlpatterns = [
    path("<slug:kind>/", webhooks.receive, name="webhook"),
    path("<slug:kind>/<path:tail>", webhooks.receive, name="webhook_below"),
]
