"""Where vendors fetch what we send."""

from django.urls import path

from conversations.files import links

urlpatterns = [path("<str:token>/<str:name>", links.fetched_by_vendor, name="file_for_vendor")]
